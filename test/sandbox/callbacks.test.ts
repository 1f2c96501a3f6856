// When callbacks come, how often, and with which faults. Their encryption is tested in test/contract.
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '../support/localServer';
import { startSandbox, type Json, type Sandbox, type SandboxOptions } from '.';
import { callerOf } from './caller';
import { startReceiver, until } from './receiver';
import { decryptEnvelope } from './envelope';
import { standingClock } from './standingClock';

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

test('repeats a callback, byte by byte the same, until it is answered 200', async () => {
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

test('gives up a callback after its last attempt', async () => {
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
])('sends nothing to %s', async (webhookurl) => {
	await akool.create({ webhookurl });
	await until(() => announced().includes(3), 'the end of the job');
	expect(new Set(sandbox.callbacks.map(({ outcome }) => outcome))).toEqual(new Set(['skipped']));
});

test('calls back for each video of a batch', async () => {
	const receiver = await receive();
	const { data } = await akool.batch({ count: 3, webhookurl: receiver.url });
	await until(() => sandbox.callbacks.length === 6, 'two callbacks a video');
	const ended = sandbox.callbacks.filter(({ status }) => status === 3).map(({ _id }) => _id);
	expect(ended.sort()).toEqual(data.successList.map(({ _id }) => _id).sort());
});

test('finishJob calls back at once, and only once', async () => {
	const receiver = await receive();
	const { data } = await akool.create({ webhookurl: receiver.url, prompt: '[sandbox: queue=1, seconds=0]' });
	sandbox.finishJob(data._id, 4);
	sandbox.finishJob(data._id, 3);
	await until(() => announced().length === 1, 'the callback');
	// Long enough for what would have been announced without it.
	await sleep(1_200);
	expect(announced()).toEqual([4]);
});

test('lost: never sends the callback of that status', async () => {
	sandbox.addFault({ on: 'callback', kind: 'lost', status: 3 });
	const { receiver, id } = await createQuiet();
	sandbox.finishJob(id);
	await sandbox.sendCallback({ id, status: 3 });
	expect(receiver.bodies).toHaveLength(1);
	expect(sandbox.callbacks.map(({ outcome }) => outcome)).toEqual(['lost', 'answered']);
});

test('doubled: sends the same callback twice at once', async () => {
	sandbox.addFault({ on: 'callback', kind: 'doubled', status: 3 });
	const { receiver, id } = await createQuiet();
	sandbox.finishJob(id);
	await receiver.received(2);
	expect(receiver.bodies[0]).toBe(receiver.bodies[1]);
});

test('late: sends the callback well after the end of the job', async () => {
	const ms = 80;
	sandbox.addFault({ on: 'callback', kind: 'late', status: 3, ms });
	await createWithReceiver();
	await until(() => announced().includes(3), 'the late callback');
	const [job] = sandbox.jobs;
	expect(sandbox.callbacks.at(-1)?.atMs).toBeGreaterThanOrEqual((job?.created_ms ?? 0) + JOB_SECONDS * 1000 + ms);
});

test('early: sends "completed" before the create is answered, while the job still runs', async () => {
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

test('forged: sends a broken signature instead of the real one', async () => {
	sandbox.addFault({ on: 'callback', kind: 'forged', status: 3 });
	const { receiver, id } = await createQuiet();
	sandbox.finishJob(id);
	await receiver.received(1);
	const { signature, ...rest } = JSON.parse(receiver.bodies[0] ?? '');
	const honest = JSON.parse(sandbox.makeCallback({ id, status: 3, timestamp: rest.timestamp, nonce: rest.nonce }));
	expect(honest).toMatchObject(rest);
	expect(honest.signature).not.toBe(signature);
});

test('sends a callback by hand with the given content, and returns its answer', async () => {
	const receiver = await receive([401, 200]);
	const order = { url: receiver.url, id: 'any', status: 3, nonce: 7, timestamp: 1, apiKey: 'x'.repeat(16), times: 2 };
	expect((await sandbox.sendCallback(order)).sort()).toEqual([200, 401]);
	expect(JSON.parse(receiver.bodies[0] ?? '')).toMatchObject({ nonce: 7, timestamp: 1 });
});

/** A sandbox whose clock stands, for what takes long. */
async function standing(options: SandboxOptions = {}) {
	const clock = standingClock();
	const slow = await startSandbox({ clock, queueSeconds: 60, jobSeconds: 100, ...options });
	const create = async (changes: Json) => (await callerOf(slow).create(changes)).data._id;
	return { clock, slow, create };
}

test('sends a callback three times at most, or as often as set', async () => {
	const { clock, slow, create } = await standing({ repeatCallbackSeconds: 5 });
	const receiver = await receive([500, 500, 500, 500, 500, 500]);
	const tries = () => slow.callbacks.length;
	slow.finishJob(await create({ webhookurl: receiver.url }));
	for (const wanted of [1, 2, 3]) {
		await until(() => tries() === wanted, `try ${wanted}`);
		clock.advance(5);
	}
	slow.change({ callbackTries: 1 });
	slow.finishJob(await create({ webhookurl: receiver.url }));
	await until(() => tries() === 4, 'the only try');
	clock.advance(500);
	await sleep(QUIET_MS);
	expect(slow.callbacks.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 1]);
	await slow.close();
});

test('sends progress callbacks only if turned on', async () => {
	const { clock, slow, create } = await standing({ progressCallbacks: 3, queueSeconds: 0 });
	const receiver = await receive();
	await create({ webhookurl: receiver.url });
	for (const seconds of [1, 25, 25, 25, 25]) {
		const before = receiver.bodies.length;
		clock.advance(seconds);
		await until(() => slow.callbacks.length > before, 'the next callback');
	}
	const told = receiver.bodies.map((body) => slow.openCallback(body));
	expect(told.map(({ status, progress }) => [status, progress])).toEqual([
		[2, undefined],
		[2, 25],
		[2, 50],
		[2, 75],
		[3, undefined],
	]);
	await slow.close();
});

test('slowBody: holds back half of the body', async () => {
	const { clock, slow, create } = await standing();
	const receiver = await receive();
	slow.addFault({ on: 'callback', kind: 'slowBody', seconds: 120 });
	slow.finishJob(await create({ webhookurl: receiver.url }));
	await sleep(QUIET_MS);
	expect(receiver.bodies).toHaveLength(0);
	clock.advance(120);
	await receiver.received(1);
	expect(slow.openCallback(receiver.bodies[0] ?? '')).toMatchObject({ status: 3 });
	await slow.close();
});

test('hungUp: hangs up before the answer, and calls again', async () => {
	const { clock, slow, create } = await standing({ callbackTries: 2, repeatCallbackSeconds: 5 });
	const seen: string[] = [];
	const held = await serve((_request, response) => {
		seen.push('called');
		response.on('close', () => seen.push('gone'));
	});
	slow.addFault({ on: 'callback', kind: 'hungUp', seconds: 10 });
	slow.finishJob(await create({ webhookurl: `${held.url}/hook` }));
	await sleep(QUIET_MS);
	expect(slow.callbacks).toHaveLength(0);
	clock.advance(10);
	await until(() => slow.callbacks.length === 1, 'the end of the first try');
	expect(slow.callbacks).toMatchObject([{ outcome: 'hungUp', httpStatus: null }]);
	await until(() => clock.sleepers() === 1, 'the pause');
	expect(seen).toEqual(['called', 'gone']);
	clock.advance(5);
	await until(() => seen.length === 3, 'the second try');
	await slow.close();
	await held.close();
});

test('repeated: sends the same callback again after minutes, though it was answered 200', async () => {
	const { clock, slow, create } = await standing();
	const receiver = await receive();
	slow.addFault({ on: 'callback', kind: 'repeated', seconds: 300, status: 3 });
	slow.finishJob(await create({ webhookurl: receiver.url }));
	await receiver.received(1);
	await sleep(QUIET_MS);
	expect(receiver.bodies).toHaveLength(1);
	clock.advance(300);
	await receiver.received(2);
	expect(receiver.bodies[0]).toBe(receiver.bodies[1]);
	await slow.close();
});

test('encrypts callbacks with other keys than the account’s if told to', async () => {
	const receiver = await receive();
	sandbox.change({ callbackApiKey: 'x'.repeat(24), callbackClientId: 'another client' });
	const { data } = await akool.create({ webhookurl: receiver.url, prompt: '[sandbox: queue=60]' });
	sandbox.finishJob(data._id);
	await receiver.received(1);
	sandbox.change({ callbackApiKey: '', callbackClientId: '' });
	const [body = ''] = receiver.bodies;
	expect(() => sandbox.openCallback(body)).toThrow('bad decrypt');
	const keys = { apiKey: 'x'.repeat(24), clientId: 'another client' };
	expect(JSON.parse(decryptEnvelope(body, keys))).toMatchObject({ _id: data._id, status: 3 });
});

test('rotated keys: forgets the old keys, uses the new ones for planned callbacks, and a reset restores the old ones', async () => {
	const { receiver, id } = await createQuiet();
	const old = { apiKey: sandbox.apiKey, clientId: sandbox.clientId };
	sandbox.rotateKeys({ apiKey: 'RotatedKeyRotatedKeyRotatedKey32' });
	expect(await akool.credits()).toHaveProperty('code', 1109);
	sandbox.finishJob(id);
	await receiver.received(1);
	expect(() => decryptEnvelope(receiver.bodies[0] ?? '', old)).toThrow('bad decrypt');
	expect(sandbox.openCallback(receiver.bodies[0] ?? '')).toMatchObject({ _id: id });
	expect(await callerOf(sandbox).credits()).toHaveProperty('code', 1000);
	sandbox.reset();
	expect(await akool.credits()).toHaveProperty('code', 1000);
});
