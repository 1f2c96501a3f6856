// The rows of results and of the undocumented list: delays, malformed rows, and the fields of a failure.
import { startSandbox, type Sandbox } from '.';
import { callerOf } from './caller';
import { startReceiver, until } from './receiver';
import { standingClock } from './standingClock';

const clock = standingClock();
let sandbox: Sandbox;
let akool: ReturnType<typeof callerOf>;

beforeAll(async () => {
	sandbox = await startSandbox({ clock, queueSeconds: 0, jobSeconds: 30 });
	akool = callerOf(sandbox);
});
beforeEach(() => {
	sandbox.reset();
	sandbox.change({
		resultLagSeconds: 0,
		listLagSeconds: 0,
		listCode: 1000,
		failureField: '',
		failureReason: 'flagged',
	});
});
afterAll(() => sandbox.close());

/** Two videos that run. */
async function makeTwo() {
	return [(await akool.create()).data._id, (await akool.create()).data._id] as const;
}

test.each([
	['null', null],
	['text', 'internal error'],
	['number', 42],
	['array', [expect.objectContaining({ status: 2 })]],
	['empty', {}],
])('oddRow adds one of the shape %s before the good rows', async (shape, odd) => {
	const [first, second] = await makeTwo();
	sandbox.addFault({ on: 'results', kind: 'oddRow', shape });
	const { data } = await akool.results(first, second);
	expect(data.result).toEqual([odd, expect.objectContaining({ _id: first }), expect.objectContaining({ _id: second })]);
});

test('oddRow replaces a good row by one without an ID, in results and list', async () => {
	const [first, second] = await makeTwo();
	sandbox.addFault({ on: 'results', kind: 'oddRow', shape: 'noId', ids: [first] });
	sandbox.addFault({ on: 'list', kind: 'oddRow', shape: 'noId', ids: [second] });
	const { data } = await akool.results(first, second);
	expect(data.result[0]).toHaveProperty('status', 2);
	expect(data.result.map((row) => '_id' in row)).toEqual([false, true]);
	expect((await akool.list()).data.result.map((row) => '_id' in row)).toEqual([false, true]);
});

test('oddRow with an unknown shape throws in the test', async () => {
	const [first] = await makeTwo();
	sandbox.addFault({ on: 'results', kind: 'oddRow', shape: 'round' });
	expect(await akool.results(first)).toEqual({ sandboxError: expect.stringContaining('"round"') });
});

test.each(['3', null, 99, { code: 3 }])('unknownStatus gives a status of any type, here %j', async (value) => {
	const [first] = await makeTwo();
	sandbox.addFault({ on: 'results', kind: 'unknownStatus', value });
	const expected = value ?? 7;
	expect((await akool.results(first)).data.result[0]).toMatchObject({ status: expected });
});

test.each(['http://127.0.0.1:9/video.mp4', 'data:video/mp4;base64,AAAA', 'ftp://example.com/video.mp4'])(
	'link gives rows that lead to %s',
	async (url) => {
		const [first] = await makeTwo();
		sandbox.finishAll();
		sandbox.addFault({ on: '*', kind: 'link', url, times: 3 });
		expect((await akool.results(first)).data.result[0]).toMatchObject({ status: 3, video_url: url });
		expect((await akool.effects()).data.result[0]).toMatchObject({ logo: url, video_url: url });
		expect((await akool.list()).data.result[0]).toMatchObject({ video: url, external_video: url });
	},
);

test.each(['error_reason', 'error_message', 'error_code', 'fail_msg', 'error', 'msg', 'message', 'failed_reason'])(
	'failureField: reports a failure in %s, and only if there is one',
	async (failureField) => {
		sandbox.change({ failureField, failureReason: 'content was flagged' });
		const [first, second] = await makeTwo();
		sandbox.finishJob(first, 4);
		const [failed, running] = (await akool.results(first, second)).data.result;
		expect(failed).toHaveProperty(failureField, 'content was flagged');
		expect(running).not.toHaveProperty(failureField);
	},
);

test('failureReason: reports a failure in the callback too, as any value', async () => {
	const receiver = await startReceiver();
	sandbox.change({ failureField: 'error_code', failureReason: 1015 });
	const { data } = await akool.create({ webhookurl: receiver.url });
	sandbox.finishJob(data._id, 4);
	await receiver.received(1);
	const told = sandbox.openCallback(receiver.bodies.at(-1) ?? '');
	expect(told).toMatchObject({ _id: data._id, status: 4, error_code: 1015 });
	await receiver.close();
});

test('resultLagSeconds: results and list still say 2 when the callback said 3 and the file is there', async () => {
	sandbox.change({ resultLagSeconds: 15 });
	const receiver = await startReceiver();
	const { data } = await akool.create({ webhookurl: receiver.url });
	clock.advance(20);
	await receiver.received(1);
	sandbox.finishJob(data._id);
	await until(() => sandbox.callbacks.length === 2, 'the last callback');
	expect(sandbox.callbacks.at(-1)).toMatchObject({ status: 3, httpStatus: 200 });
	const statuses = async () => [
		(await akool.results(data._id)).data.result[0]?.status,
		(await akool.list()).data.result[0]?.['video_status'],
	];
	expect((await fetch(sandbox.jobs[0]?.video_url ?? '')).status).toBe(200);
	expect(await statuses()).toEqual([2, 2]);
	clock.advance(14);
	expect(await statuses()).toEqual([2, 2]);
	clock.advance(1);
	expect(await statuses()).toEqual([3, 3]);
	await receiver.close();
});

test('listLagSeconds: lists a new video late', async () => {
	sandbox.change({ listLagSeconds: 20 });
	await makeTwo();
	expect((await akool.list()).data).toMatchObject({ count: 0, result: [] });
	clock.advance(20);
	expect((await akool.list()).data.result).toHaveLength(2);
});

test('listCode: refuses the list', async () => {
	sandbox.change({ listCode: 1009 });
	expect(await akool.list()).toEqual({ code: 1009, msg: 'You do not have permission to operate' });
});

test('lists a video with new audio as such, with its callback address', async () => {
	const webhookurl = 'http://127.0.0.1:9/hook?order=7';
	const { data: video } = await akool.create({ webhookurl });
	sandbox.finishAll();
	const { data: audio } = await akool.updateAudio(video._id);
	expect((await akool.list()).data.result).toMatchObject([
		{ _id: audio._id, only_add_audio: true, pre_video_id: video._id, webhookUrl: webhookurl },
		{ _id: video._id, only_add_audio: false, webhookUrl: webhookurl },
	]);
	expect((await akool.list()).data.result[1]).not.toHaveProperty('pre_video_id');
});
