import type { INodeParameters } from 'n8n-workflow';

import { credentialFor, retry, type Outcome } from './engine';
import { create, madeIds, setUpHarness } from './harness';

const harness = setUpHarness();
const LONG = '[sandbox: seconds=300]';
const parametersFor = (waitMode: string): INodeParameters =>
	create({ prompt: '={{ $json.text }}', options: { waitMode, concurrency: 1 } });

/** An execution that makes a video of the first item and fails with the second. */
async function failing(waitMode: string): Promise<Outcome> {
	harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1006, after: 1, times: 1 });
	const failed = await harness.run(parametersFor(waitMode), { items: [{ text: LONG }, { text: 'b' }] });
	expect([failed.status, harness.sandbox.jobs.length]).toEqual(['error', 1]);
	return failed;
}

const retried = async (failed: Outcome, waitMode: string): Promise<Outcome> =>
	await retry(failed, {
		parameters: parametersFor(waitMode),
		credential: credentialFor(harness.sandbox),
		executionId: '4712',
	});

describe('an execution that was retried', () => {
	it.each(['callback', 'auto'])(
		'does not park for a callback that goes to the failed one, and says why: %s',
		async (waitMode) => {
			const { status, json, hints } = await retried(await failing(waitMode), waitMode);
			expect(status).toBe('success');
			expect(json.map(({ _id, status: state }) => [_id, state])).toEqual(madeIds(harness.sandbox).map((id) => [id, 3]));
			expect(hints.join()).toContain('Akool calls another execution, or none');
		},
	);

	it('parks for videos that it has ordered itself', async () => {
		const failed = await failing('callback');
		harness.sandbox.finishAll();
		const { status, parked } = await retried(failed, 'callback');
		expect(status).toBe('waiting');
		expect(parked.map(({ json }) => [json._id, json.timed_out])).toEqual([
			[madeIds(harness.sandbox)[0], undefined],
			[madeIds(harness.sandbox)[1], true],
		]);
	});

	it('does not park for orders without a callback address', async () => {
		const { status, hints } = await retried(await failing('polling'), 'callback');
		expect(status).toBe('success');
		expect(hints.join()).toContain('which keeps n8n busy');
	});
});
