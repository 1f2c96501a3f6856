// The states of a job and of the account, as a client sees them.
import { startSandbox, type Sandbox } from '.';
import { callerOf } from './caller';

const START_CREDITS = 500;
const START_MS = 1_800_000_000_000;

let nowMs = START_MS;
let sandbox: Sandbox;
let akool: ReturnType<typeof callerOf>;

beforeAll(async () => {
	sandbox = await startSandbox({ credits: START_CREDITS, queueSeconds: 2, jobSeconds: 30, now: () => nowMs });
	akool = callerOf(sandbox);
});
beforeEach(() => {
	sandbox.reset();
	sandbox.change({ queueSeconds: 2, jobSeconds: 30, listEnabled: true, refundFailed: false });
	nowMs = START_MS;
});
afterAll(() => sandbox.close());

function pass(seconds: number) {
	nowMs += seconds * 1000;
}

async function statusOf(id: string) {
	const { data } = await akool.results(id);
	return data.result[0];
}

test('queues, processes and completes a job with a link, by the clock alone', async () => {
	const { data } = await akool.create();
	expect(await statusOf(data._id)).toMatchObject({ status: 1 });
	pass(2);
	expect(await statusOf(data._id)).toMatchObject({ status: 2 });
	expect(await statusOf(data._id)).not.toHaveProperty('video_url');
	pass(30);
	expect(await statusOf(data._id)).toMatchObject({
		status: 3,
		update_time: START_MS + 32_000,
		video_url: expect.stringContaining(`${sandbox.url}/files/`),
	});
});

test('applies a marker in the prompt to that job only', async () => {
	const { data: marked } = await akool.create({ prompt: 'A turn [sandbox: queue=0, seconds=5, fail]' });
	const { data: plain } = await akool.create();
	expect(await statusOf(marked._id)).toMatchObject({ status: 2 });
	pass(5);
	expect(await statusOf(marked._id)).toMatchObject({ status: 4 });
	expect(await statusOf(marked._id)).not.toHaveProperty('video_url');
	expect(await statusOf(plain._id)).toMatchObject({ status: 2 });
});

test('ends a job by hand, completed or failed', async () => {
	sandbox.change({ jobSeconds: null });
	const { data: good } = await akool.create();
	const { data: bad } = await akool.create();
	pass(1_000_000);
	expect(sandbox.jobs.map(({ status }) => status)).toEqual([2, 2]);
	sandbox.finishJob(bad._id, 4);
	sandbox.finishAll();
	expect(await statusOf(good._id)).toMatchObject({ status: 3, update_time: nowMs });
	expect(await statusOf(bad._id)).toMatchObject({ status: 4 });
});

test.each([
	['720p', 5, 20],
	['1080p', 5, 25],
	['4k', 5, 30],
	['720p', 10, 40],
	['1080p', 10, 50],
	['4k', 10, 60],
])('charges a single video of %s and %i s %i credits', async (resolution, video_length, price) => {
	const { data } = await akool.create({ resolution, video_length });
	expect(data).toHaveProperty('deduction_credit', price);
	expect(sandbox.credits).toBe(START_CREDITS - price);
});

test('charges each video of a batch its model’s unit_credit, and audio its multiplier', async () => {
	await akool.batch({ count: 3 });
	expect(sandbox.credits).toBe(START_CREDITS - 3 * 5);
	const withAudio = {
		model_name: 'doubao-seedance-2-0-fast-260128/image-to-video',
		video_length: 4,
		generate_audio: true,
	};
	const { data } = await akool.batch(withAudio);
	expect(data.successList[0]).toHaveProperty('deduction_credit', 15);
});

test('makes part of a batch if the credits suffice only for that', async () => {
	sandbox.credits = 12;
	const { code, data } = await akool.batch({ count: 3 });
	expect(code).toBe(1000);
	expect(data.successList).toHaveLength(2);
	expect(data.errorList).toEqual([expect.objectContaining({ code: 1006 })]);
	expect(sandbox.credits).toBe(2);
});

test('charges new audio 5 credits for 5 seconds and 10 for 10', async () => {
	const { data: short } = await akool.create();
	const { data: long } = await akool.create({ video_length: 10 });
	sandbox.finishAll();
	sandbox.credits = 100;
	await akool.updateAudio(short._id);
	expect(sandbox.credits).toBe(95);
	await akool.updateAudio(long._id);
	expect(sandbox.credits).toBe(85);
});

test('charges a failed video, and refunds it once if refunds are on', async () => {
	const { data } = await akool.create({ prompt: '[sandbox: queue=0, seconds=0, fail]' });
	await statusOf(data._id);
	expect(sandbox.credits).toBe(START_CREDITS - 20);
	sandbox.change({ refundFailed: true });
	await statusOf(data._id);
	await statusOf(data._id);
	expect(sandbox.credits).toBe(START_CREDITS);
});

test('reads only the lower-case webhookurl', async () => {
	const url = 'http://127.0.0.1:9/x';
	expect((await akool.create({ webhookUrl: url })).data).toHaveProperty('webhookUrl', '');
	expect((await akool.create({ webhookurl: url })).data).toHaveProperty('webhookUrl', url);
});

test('removes a deleted video from results and list, but not a running one', async () => {
	const { data: done } = await akool.create();
	sandbox.finishAll();
	const { data: running } = await akool.create();
	await akool.remove(done._id, running._id);
	const { data } = await akool.results(done._id, running._id);
	expect(data.result.map(({ _id }) => _id)).toEqual([running._id]);
	expect((await akool.list()).data).toMatchObject({
		count: 1,
		result: [{ _id: running._id, type: 15, video_status: 1, video: '' }],
	});
});

test('lists the newest first, page by page, and can have no list', async () => {
	const ids = [];
	for (let made = 0; made < 3; made += 1) ids.unshift((await akool.create()).data._id);
	const first = await akool.list(1, 2);
	const second = await akool.list(2, 2);
	expect([...first.data.result, ...second.data.result].map(({ _id }) => _id)).toEqual(ids);
	sandbox.change({ listEnabled: false });
	const response = await fetch(`${sandbox.url}/api/open/v3/content/video/list?page=1`, {
		headers: { 'x-api-key': sandbox.apiKey },
	});
	expect(response.status).toBe(404);
});

test('logs every request with its answer, and counts them by name or end of path', async () => {
	await akool.create();
	await akool.results('none');
	await akool.results('none');
	expect(sandbox.countRequests('results')).toBe(2);
	expect(sandbox.countRequests('resultsByIds')).toBe(2);
	expect(sandbox.requests[0]).toMatchObject({
		endpoint: 'create',
		method: 'POST',
		path: '/api/open/v4/image2Video/createBySourcePrompt',
		body: { resolution: '720p' },
		atMs: START_MS,
		answered: 200,
	});
});

test('forgets all jobs and the log on a reset, and restores the credits', async () => {
	await akool.create();
	sandbox.addFault({ on: 'create', kind: 'code' });
	sandbox.reset();
	expect([sandbox.jobs, sandbox.requests, sandbox.callbacks, sandbox.faults]).toEqual([[], [], [], []]);
	expect(sandbox.credits).toBe(START_CREDITS);
});
