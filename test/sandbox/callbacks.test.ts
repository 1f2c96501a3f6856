// When callbacks come, how often, and how they go wrong. Their encryption is held in test/contract.
import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '.';
import { callerOf } from './caller';
import { startReceiver, until } from './receiver';

const JOB_SECONDS = 0.04;
// Long enough for whatever should not come to have come.
const QUIET_MS = 120;

let sandbox: Sandbox;
let akool: ReturnType<typeof callerOf>;
let receivers: Awaited<ReturnType<typeof startReceiver>>[] = [];

beforeAll(async () => {
	sandbox = await startSandbox({
		queueSeconds: 0,
		jobSeconds: JOB_SECONDS,
		repeatCallbackSeconds: 0.02,
		callbackTries: 4,
	});
	akool = callerOf(sandbox);
});
afterEach(async () => {
	sandbox.reset();
	await Promise.all(receivers.map((receiver) => receiver.close()));
	receivers = [];
});
afterAll(() => sandbox.close());

async function receive(statuses?: number[]) {
	const receiver = await startReceiver(statuses);
	receivers.push(receiver);
	return receiver;
}

/** A receiver, and a create that names it. */
async function createWithReceiver() {
	const receiver = await receive();
	const { data } = await akool.create({ webhookurl: receiver.url });
	return { receiver, id: data._id };
}

/** The same, with a job that waits in the queue and so announces nothing before it is ended by hand. */
async function createQuiet() {
	const receiver = await receive();
	const { data } = await akool.create({ webhookurl: receiver.url, prompt: '[sandbox: queue=60]' });
	return { receiver, id: data._id };
}

/** The statuses that were announced so far. */
const announced = () => sandbox.callbacks.map(({ status }) => status);

test('a callback is sent again, byte by byte the same, until it is answered 200', async () => {
	const receiver = await receive([500, 404]);
	await akool.create({ webhookurl: receiver.url, prompt: '[sandbox: seconds=60]' });
	await until(() => sandbox.callbacks.length === 3, 'three tries');
	expect(sandbox.callbacks.map(({ attempt, httpStatus }) => [attempt, httpStatus])).toEqual([
		[1, 500],
		[2, 404],
		[3, 200],
	]);
	expect(receiver.bodies).toHaveLength(3);
	expect(new Set(receiver.bodies).size).toBe(1);
});

test('a callback that nobody takes is given up after its tries', async () => {
	sandbox.change({ callbackTries: 3 });
	await akool.create({ webhookurl: 'http://127.0.0.1:1/nobody', prompt: '[sandbox: seconds=60]' });
	await until(() => sandbox.callbacks.length === 3, 'three tries');
	await sleep(QUIET_MS);
	expect(sandbox.callbacks.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
		[1, 'unreachable'],
		[2, 'unreachable'],
		[3, 'unreachable'],
	]);
});

test.each([
	'https://example.com/hook',
	'http://10.0.0.1/hook',
	'http://127.0.0.1.example.com/',
	'file:///etc/passwd',
	'no address',
])('nothing is ever sent to %s', async (webhookurl) => {
	await akool.create({ webhookurl });
	await until(() => announced().includes(3), 'the end of the job');
	expect(new Set(sandbox.callbacks.map(({ outcome }) => outcome))).toEqual(new Set(['skipped']));
});

test('a batch announces each of its videos', async () => {
	const receiver = await receive();
	const { data } = await akool.batch({ count: 3, webhookurl: receiver.url });
	await until(() => sandbox.callbacks.length === 6, 'two callbacks a video');
	const ended = sandbox.callbacks.filter(({ status }) => status === 3).map(({ _id }) => _id);
	expect(ended.sort()).toEqual(data.successList.map(({ _id }) => _id).sort());
});

test('finishJob announces at once, and only once', async () => {
	const receiver = await receive();
	const { data } = await akool.create({ webhookurl: receiver.url, prompt: '[sandbox: queue=1, seconds=0]' });
	sandbox.finishJob(data._id, 4);
	sandbox.finishJob(data._id, 3);
	await until(() => announced().length === 1, 'the callback');
	// Long enough for what would have been announced without it.
	await sleep(1_200);
	expect(announced()).toEqual([4]);
});

test('lost: the callback of that status never comes', async () => {
	sandbox.addFault({ on: 'callback', kind: 'lost', status: 3 });
	const { receiver, id } = await createQuiet();
	sandbox.finishJob(id);
	await sandbox.sendCallback({ id, status: 3 });
	expect(receiver.bodies).toHaveLength(1);
	expect(sandbox.callbacks.map(({ outcome }) => outcome)).toEqual(['lost', 'answered']);
});

test('doubled: the same callback comes twice at once', async () => {
	sandbox.addFault({ on: 'callback', kind: 'doubled', status: 3 });
	const { receiver, id } = await createQuiet();
	sandbox.finishJob(id);
	await receiver.received(2);
	expect(receiver.bodies[0]).toBe(receiver.bodies[1]);
});

test('late: the callback comes well after the end of the job', async () => {
	const ms = 80;
	sandbox.addFault({ on: 'callback', kind: 'late', status: 3, ms });
	await createWithReceiver();
	await until(() => announced().includes(3), 'the late callback');
	const [job] = sandbox.jobs;
	expect(sandbox.callbacks.at(-1)?.atMs).toBeGreaterThanOrEqual((job?.created_ms ?? 0) + JOB_SECONDS * 1000 + ms);
});

test('early: "completed" is announced before the create was answered, while the job still runs', async () => {
	sandbox.addFault({ on: 'callback', kind: 'early' });
	const { receiver, id } = await createQuiet();
	expect(receiver.bodies).toHaveLength(1);
	expect(sandbox.callbacks).toMatchObject([{ _id: id, status: 3 }]);
	expect(sandbox.jobs[0]?.status).not.toBe(3);
});

test.each([
	[false, [2, 3, 3]],
	[true, [3, 3]],
])('early while processing, with replaces: %s', async (replaces, statuses) => {
	sandbox.addFault({ on: 'callback', kind: 'early', when: 'processing', replaces });
	const { receiver } = await createWithReceiver();
	await receiver.received(statuses.length);
	await until(() => announced().length === statuses.length, 'the log');
	expect(announced().sort()).toEqual(statuses);
});

test('forged: a broken signature instead of the real one', async () => {
	sandbox.addFault({ on: 'callback', kind: 'forged', status: 3 });
	const { receiver, id } = await createQuiet();
	sandbox.finishJob(id);
	await receiver.received(1);
	const { signature, ...rest } = JSON.parse(receiver.bodies[0] ?? '');
	const honest = JSON.parse(sandbox.sealCallback({ id, status: 3, timestamp: rest.timestamp, nonce: rest.nonce }));
	expect(honest).toMatchObject(rest);
	expect(honest.signature).not.toBe(signature);
});

test('a callback by hand carries what it is told and says how it was taken', async () => {
	const receiver = await receive([401, 200]);
	const order = { url: receiver.url, id: 'any', status: 3, nonce: 7, timestamp: 1, apiKey: 'x'.repeat(16), times: 2 };
	expect((await sandbox.sendCallback(order)).sort()).toEqual([200, 401]);
	expect(JSON.parse(receiver.bodies[0] ?? '')).toMatchObject({ nonce: 7, timestamp: 1 });
});
