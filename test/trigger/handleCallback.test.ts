import { TriggerWorkflow } from '../integration/calls';
import { credentialFor } from '../integration/engine';
import { watchLog } from '../integration/n8n';
import { at, create, setUpHarness, UNKNOWN_ID } from '../integration/harness';

const LONG = '[sandbox: seconds=100000]';
const DAY_MS = 24 * 60 * 60_000;
const ALL = ['completed', 'failed', 'progress'];
const harness = setUpHarness();
const statusRequests = (): number => harness.sandbox.countRequests('results');
const call = (id: string, status: number, more: object = {}): string =>
	harness.sandbox.makeCallback({ id, status, ...more });
const workflow = (parameters: ConstructorParameters<typeof TriggerWorkflow>[1] = {}): TriggerWorkflow =>
	new TriggerWorkflow(credentialFor(harness.sandbox), parameters);
const started = (items: unknown): boolean => items !== undefined;

async function videoInTheMaking(): Promise<string> {
	const { json } = await harness.run(create({ prompt: LONG, waitForCompletion: false }));
	// It is queued for half a second.
	await harness.clock.sleep(1_000);
	return String(at(json, 0)._id);
}

async function failedVideo(): Promise<string> {
	const id = await videoInTheMaking();
	harness.sandbox.finishJob(id, 4);
	return id;
}

describe('starts the workflow with', () => {
	it('a completed video as Akool itself describes it, after one status request', async () => {
		const id = await harness.finishedVideo();
		const answer = await workflow().call(call(id, 3, { videoUrl: 'https://example.com/not-akools.mp4' }));
		expect(answer.httpStatus).toBe(200);
		expect(answer.items).toEqual([
			{
				json: expect.objectContaining({
					_id: id,
					status: 3,
					status_name: 'completed',
					video_url: expect.stringContaining(harness.sandbox.url),
				}),
			},
		]);
		expect(statusRequests()).toBe(1);
	});

	it('a failed video', async () => {
		const id = await failedVideo();
		const { httpStatus, items } = await workflow().call(call(id, 4));
		expect(httpStatus).toBe(200);
		expect(items?.map(({ json }) => [json._id, json.status_name])).toEqual([[id, 'failed']]);
	});

	it('a video in progress, if selected', async () => {
		const id = await videoInTheMaking();
		const { items } = await workflow({ triggerOn: ['progress'] }).call(call(id, 2));
		expect(items?.map(({ json }) => json._id)).toEqual([id]);
	});

	it('a completed video with its file, if selected', async () => {
		const id = await harness.finishedVideo();
		const { items } = await workflow({ options: { downloadVideo: true, outputBinaryField: 'clip' } }).call(call(id, 3));
		expect(at(items ?? [], 0).binary?.clip).toMatchObject({ fileName: `${id}.mp4`, mimeType: 'video/mp4' });
	});

	it('Akool’s own row, if Raw is selected', async () => {
		const id = await harness.finishedVideo();
		const { items } = await workflow({ options: { output: 'raw' } }).call(call(id, 3));
		expect(at(items ?? [], 0).json).toMatchObject({ _id: id, uid: 101400, prompt: 'made before' });
	});

	it('the call’s own content, if it is not to be verified with Akool', async () => {
		const { httpStatus, items } = await workflow({ options: { verifyByReading: false } }).call(
			call(UNKNOWN_ID, 3, { videoUrl: 'https://example.com/1.mp4' }),
		);
		expect(httpStatus).toBe(200);
		expect(at(items ?? [], 0).json).toMatchObject({ _id: UNKNOWN_ID, status: 3 });
		expect(statusRequests()).toBe(0);
	});
});

describe('answers 200 and starts nothing for', () => {
	it.each([
		['a failed video where only completed ones are wanted', ['completed'], failedVideo, 4],
		['a completed video where only failed ones are wanted', ['failed'], async () => await harness.finishedVideo(), 3],
		['a video in the making where only ends are wanted', ['completed', 'failed'], videoInTheMaking, 2],
		['a status that no page lists', ALL, async () => await harness.finishedVideo(), 7],
		['a status below all', ALL, async () => await harness.finishedVideo(), 0],
	])('%s, without a request to Akool', async (_, triggerOn, video, status) => {
		const id = await video();
		const { httpStatus, items } = await workflow({ triggerOn }).call(call(id, status));
		expect(httpStatus).toBe(200);
		expect(started(items)).toBe(false);
		expect(statusRequests()).toBe(0);
	});

	it('progress of a video that has finished meanwhile', async () => {
		const id = await harness.finishedVideo();
		const { httpStatus, items } = await workflow({ triggerOn: ALL }).call(call(id, 2));
		expect(httpStatus).toBe(200);
		expect(started(items)).toBe(false);
	});

	it('a status in Akool’s results that no page lists', async () => {
		const id = await videoInTheMaking();
		harness.sandbox.addFault({ on: 'results', kind: 'unknownStatus', status: 7 });
		const { httpStatus, items } = await workflow({ triggerOn: ALL }).call(call(id, 2));
		expect(httpStatus).toBe(200);
		expect(started(items)).toBe(false);
	});
});

describe('refuses', () => {
	it.each([
		['no body', () => undefined, 400],
		['a body that is no call', () => '{"_id":"6891abe782f7cd2a890c44ba","status":3}', 400],
		['an envelope whose signature is none', () => call(UNKNOWN_ID, 3).replace(/[0-9a-f]{40}/, 'invalid'), 401],
		['an envelope whose timestamp is none', () => call(UNKNOWN_ID, 3).replace(/\d{13}/, '1'), 401],
		['a payload without an ID', () => call(UNKNOWN_ID, 3, { plaintext: '{"status":3}' }), 401],
		['a payload without a status', () => call(UNKNOWN_ID, 3, { plaintext: `{"_id":"${UNKNOWN_ID}"}` }), 401],
		['a payload that is no JSON', () => call(UNKNOWN_ID, 3, { plaintext: 'done' }), 401],
		['a wrong signature', () => call(UNKNOWN_ID, 3, { breakSignature: true }), 401],
		['another account’s Client ID', () => call(UNKNOWN_ID, 3, { clientId: 'QW5vdGhlckNsaWVudElkMQ==' }), 401],
		['another account’s key', () => call(UNKNOWN_ID, 3, { apiKey: 'x'.repeat(32) }), 401],
		['a call older than a day', () => call(UNKNOWN_ID, 3, { timestamp: Date.now() - DAY_MS - 60_000 }), 401],
	])('%s, without a request to Akool', async (_, body, httpStatus) => {
		const answer = await workflow({ triggerOn: ALL }).call(body());
		expect(answer.httpStatus).toBe(httpStatus);
		expect(started(answer.items)).toBe(false);
		expect(harness.sandbox.requests).toEqual([]);
	});

	it('a video that Akool does not know, after a status request', async () => {
		const { httpStatus, items } = await workflow().call(call(UNKNOWN_ID, 3));
		expect(httpStatus).toBe(401);
		expect(started(items)).toBe(false);
		expect(statusRequests()).toBe(1);
	});

	it('everything if the credential has no Client ID, and the log says what to fill in', async () => {
		const id = await harness.finishedVideo();
		const log = watchLog();
		const withoutClientId = new TriggerWorkflow(credentialFor(harness.sandbox, { clientId: '' }));
		const { httpStatus, items } = await withoutClientId.call(call(id, 3));
		expect(httpStatus).toBe(401);
		expect(started(items)).toBe(false);
		expect(log.filter((line) => line.startsWith('error: ')).join()).toContain("has no 'Client ID'");
		expect(statusRequests()).toBe(0);
	});

	it('no old call if Maximum Age is 0', async () => {
		const id = await harness.finishedVideo();
		const { items } = await workflow({ options: { maxAgeMinutes: 0 } }).call(
			call(id, 3, { timestamp: Date.now() - 400 * DAY_MS }),
		);
		expect(started(items)).toBe(true);
	});

	it('without telling the caller why', async () => {
		for (const body of ['{}', call(UNKNOWN_ID, 3, { breakSignature: true })]) {
			const { text } = await workflow().call(body);
			expect(text).toBe('{}');
		}
	});
});

describe('answers 503, and accepts the repeated call,', () => {
	const OPTIONS = { options: { downloadVideo: true } };

	it.each([
		['Akool cannot be asked', { on: 'results', kind: 'status', times: 2 }],
		['Akool is too busy', { on: 'results', kind: 'rateLimit', times: 2 }],
		['Akool refuses', { on: 'results', kind: 'code', code: 1109, times: 1 }],
		['the results lag behind', { on: 'results', kind: 'unknownStatus', status: 2, times: 1 }],
	])('while %s', async (_, fault) => {
		const id = await harness.finishedVideo();
		harness.sandbox.addFault(fault);
		const hook = workflow(OPTIONS);
		const body = call(id, 3);
		expect(await hook.call(body)).toMatchObject({ httpStatus: 503, items: undefined });
		const { httpStatus, items } = await hook.call(body);
		expect(httpStatus).toBe(200);
		expect(items?.map(({ json, binary }) => [json._id, binary !== undefined])).toEqual([[id, true]]);
	});

	it('but starts the workflow without a file that cannot be had, says so in the item, and the log warns', async () => {
		const id = await harness.finishedVideo();
		harness.sandbox.expireFiles();
		const log = watchLog();
		const { httpStatus, items } = await workflow(OPTIONS).call(call(id, 3));
		expect(httpStatus).toBe(200);
		expect(items?.map(({ json, binary }) => [json._id, binary])).toEqual([[id, undefined]]);
		expect(items?.[0]?.json.download_error).toContain('404');
		expect(log.filter((line) => line.startsWith('warn: ')).join()).toContain(`without the file of video ${id}`);
	});
});

describe('an event', () => {
	it('starts the workflow once, however often it comes, also encrypted anew', async () => {
		const id = await harness.finishedVideo();
		const hook = workflow();
		const body = call(id, 3);
		expect(started((await hook.call(body)).items)).toBe(true);
		for (const again of [body, body, call(id, 3)])
			expect(await hook.call(again)).toMatchObject({ httpStatus: 200, items: undefined });
		expect(statusRequests()).toBe(1);
	});

	it('starts the workflow once if several calls come at the same time', async () => {
		const id = await harness.finishedVideo();
		const hook = workflow();
		const body = call(id, 3);
		const answers = await Promise.all([hook.call(body), hook.call(body), hook.call(body)]);
		expect(answers.filter(({ items }) => started(items))).toHaveLength(1);
		expect(answers.map(({ httpStatus }) => httpStatus).sort()).toEqual([200, 503, 503]);
		expect(await hook.call(body)).toMatchObject({ httpStatus: 200, items: undefined });
	});

	it('starts the workflow once if two calls about different states find the same one', async () => {
		const id = await videoInTheMaking();
		const hook = workflow({ triggerOn: ['progress'] });
		const answers = await Promise.all([hook.call(call(id, 1)), hook.call(call(id, 2))]);
		expect(answers.filter(({ items }) => started(items))).toHaveLength(1);
		expect(answers.map(({ httpStatus }) => httpStatus)).toEqual([200, 200]);
	});

	it('is stored with the workflow, so that a restart changes nothing', async () => {
		const id = await harness.finishedVideo();
		const before = workflow();
		await before.call(call(id, 3));
		const after = workflow();
		after.staticData = before.staticData;
		expect(await after.call(call(id, 3))).toMatchObject({ httpStatus: 200, items: undefined });
	});

	it('is stored if several videos come at the same time and each call saves what it knows', async () => {
		const ids = [await harness.finishedVideo(), await harness.finishedVideo(), await harness.finishedVideo()];
		const before = workflow();
		await Promise.all(ids.map(async (id) => await before.call(call(id, 3))));
		const after = workflow();
		after.staticData = before.staticData;
		for (const id of ids) expect(started((await after.call(call(id, 3))).items)).toBe(false);
	});

	it('is stored with the workflow like the event before it', async () => {
		const ids = [await harness.finishedVideo(), await harness.finishedVideo(), await harness.finishedVideo()];
		const before = workflow();
		for (const id of ids) await before.call(call(id, 3));
		const after = workflow();
		after.staticData = before.staticData;
		for (const id of ids) expect(started((await after.call(call(id, 3))).items)).toBe(false);
	});

	it('starts the workflow when it is repeated if n8n could not start it before', async () => {
		const id = await harness.finishedVideo();
		const hook = workflow();
		expect(await hook.call(call(id, 3), 'webhook', { canStart: false })).toMatchObject({
			httpStatus: 500,
			items: undefined,
		});
		expect(started((await hook.call(call(id, 3))).items)).toBe(true);
		expect(await hook.call(call(id, 3))).toMatchObject({ httpStatus: 200, items: undefined });
	});

	it('starts the workflow when it is repeated even if another call has saved it meanwhile', async () => {
		const lost = await harness.finishedVideo();
		const other = await harness.finishedVideo();
		const hook = workflow();
		const answers = await Promise.all([
			hook.call(call(lost, 3), 'webhook', { canStart: false }),
			hook.call(call(other, 3)),
		]);
		expect(answers.map(({ httpStatus }) => httpStatus)).toEqual([500, 200]);
		expect(JSON.stringify(hook.staticData)).toContain(lost);
		expect(started((await hook.call(call(lost, 3))).items)).toBe(true);
		expect(started((await hook.call(call(lost, 3))).items)).toBe(false);
	});

	it('starts another trigger’s workflow as well', async () => {
		const id = await harness.finishedVideo();
		for (const hook of [workflow(), workflow()]) expect(started((await hook.call(call(id, 3))).items)).toBe(true);
	});

	it('can be repeated while the editor listens, and still starts the published workflow', async () => {
		const id = await harness.finishedVideo();
		const hook = workflow();
		const body = call(id, 3);
		for (let time = 0; time < 2; time++) expect(started((await hook.call(body, 'manual')).items)).toBe(true);
		expect(started((await hook.call(body)).items)).toBe(true);
		expect(started((await hook.call(body)).items)).toBe(false);
		expect(started((await hook.call(body, 'manual')).items)).toBe(true);
	});

	it('is another one if the state differs', async () => {
		const id = await videoInTheMaking();
		const hook = workflow({ triggerOn: ALL });
		expect(started((await hook.call(call(id, 2))).items)).toBe(true);
		harness.sandbox.finishJob(id);
		expect(started((await hook.call(call(id, 3))).items)).toBe(true);
	});
});

it('is checked with the credential as it is, also right after a change', async () => {
	const id = await harness.finishedVideo();
	const hook = workflow();
	const before = hook.credential.kept;
	hook.credential.kept = { ...before, clientId: 'AnotherClientIdAnother==' };
	expect((await hook.call(call(id, 3))).httpStatus).toBe(401);
	hook.credential.kept = before;
	expect((await hook.call(call(id, 3))).httpStatus).toBe(200);
});
