// An execution that was parked, failed over a video, and is begun again. What it was parked with took the place of its input items; without them nothing
// could be ordered for them, and the parameters could not be read.
import type { INodeParameters } from 'n8n-workflow';

import { credentialFor, resumeParked, retry, type Outcome, type RunRequest } from '../integration/engine';
import { at, CONTINUE, create, madeIds, RETRY, setUpHarness, type Settings } from '../integration/harness';

const LONG = '[sandbox: seconds=1000000]';
const harness = setUpHarness();
const ITEMS = [{ text: 'one' }, { text: 'two' }];

const parametersWith = (words: string): INodeParameters =>
	create({ prompt: `={{ $json.text }} ${words} ${LONG}`, options: { waitMode: 'callback', concurrency: 1 } });

const requestFor = (parameters: INodeParameters, settings: Settings): RunRequest => ({
	parameters,
	credential: credentialFor(harness.sandbox),
	items: ITEMS,
	settings,
});

/** An execution of two videos that was parked, and has gone on when the first was finished and the second had failed. */
async function failedAfterParking(settings: Settings = {}): Promise<Outcome> {
	const parameters = parametersWith('as it was');
	const parked = await harness.run(parameters, { items: ITEMS, settings });
	expect(parked.status).toBe('waiting');
	const [first, second] = madeIds(harness.sandbox);
	harness.sandbox.finishJob(String(first));
	harness.sandbox.finishJob(String(second), 4);
	return await resumeParked(requestFor(parameters, settings), parked, parked.parked);
}

const retried = async (failed: Outcome, parameters: INodeParameters, executionId = '4712'): Promise<Outcome> =>
	await retry(failed, { ...requestFor(parameters, {}), executionId });

const prompts = (): unknown[] => harness.sandbox.jobs.map(({ body }) => body.prompt);

it('orders only the failed video anew if its request has changed', async () => {
	const failed = await failedAfterParking();
	expect(failed.error?.message).toContain(`could not create video ${at(madeIds(harness.sandbox), 1)}`);
	const changed = parametersWith('with another image');
	const parkedAgain = await retried(failed, changed);
	expect(parkedAgain.status).toBe('waiting');
	harness.sandbox.finishAll();
	const request = { ...requestFor(changed, {}), executionId: '4712' };
	const { status, json, items } = await resumeParked(request, parkedAgain, parkedAgain.parked);
	expect(prompts()).toEqual([`one as it was ${LONG}`, `two as it was ${LONG}`, `two with another image ${LONG}`]);
	expect(status).toBe('success');
	const [first, , third] = madeIds(harness.sandbox);
	expect(json.map(({ _id, status: state }) => [_id, state])).toEqual([
		[first, 3],
		[third, 3],
	]);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
});

it('reports the failed video again if nothing has changed, however often it is retried', async () => {
	const failed = await failedAfterParking();
	const second = await retried(failed, parametersWith('as it was'));
	const third = await retried(second, parametersWith('as it was'), '4713');
	for (const { error } of [second, third]) {
		expect(error?.message).toContain(`could not create video ${at(madeIds(harness.sandbox), 1)}`);
		expect(error?.description).toContain('To order the same once more, run the workflow anew');
	}
	expect(harness.sandbox.jobs).toHaveLength(2);
});

it('orders nothing anew by Retry On Fail', async () => {
	const { status, error } = await failedAfterParking(RETRY);
	expect(status).toBe('error');
	for (const id of madeIds(harness.sandbox)) expect(JSON.stringify(error)).toContain(id);
	expect(harness.sandbox.jobs).toHaveLength(2);
});

it('returns each item with its ID under Continue On Fail', async () => {
	const { status, json } = await failedAfterParking(CONTINUE);
	expect(status).toBe('success');
	expect(json.map(({ _id }) => _id)).toEqual(madeIds(harness.sandbox));
});

it('starts again with its parked items if n8n does not show the input, and orders nothing', async () => {
	const parameters = parametersWith('as it was');
	const parked = await harness.run(parameters, { items: ITEMS });
	const [first, second] = madeIds(harness.sandbox);
	harness.sandbox.finishJob(String(first));
	harness.sandbox.finishJob(String(second), 4);
	delete parked.data.resultData.runData.Start;
	const failed = await resumeParked(requestFor(parameters, {}), parked, parked.parked);
	const { error } = await retried(failed, parametersWith('with another image'));
	expect(error?.message).toContain(`could not create video ${String(second)}`);
	expect(harness.sandbox.jobs).toHaveLength(2);
});
