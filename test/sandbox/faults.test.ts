// Every kind of fault of an answer: what the client sees, and what Akool has done.
import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '.';
import { callerOf } from './caller';
import { until } from './receiver';

const START_CREDITS = 500;
const SHORT_WAIT_MS = 60;

let sandbox: Sandbox;
let akool: ReturnType<typeof callerOf>;

beforeAll(async () => {
	sandbox = await startSandbox({ credits: START_CREDITS });
	akool = callerOf(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const spent = () => START_CREDITS - sandbox.credits;

async function isPending(answer: Promise<unknown>) {
	const silence = sleep(SHORT_WAIT_MS, 'silence');
	return (await Promise.race([answer.catch(() => 'broken'), silence])) === 'silence';
}

/** A create whose answer is not parsed. */
function rawCredits() {
	return fetch(`${sandbox.url}/api/open/v3/faceswap/quota/info`, { headers: { 'x-api-key': sandbox.apiKey } });
}

test.each([
	['resetBefore', 0, 0],
	['resetAfter', 1, 20],
])('%s breaks the connection with %i jobs made and %i credits spent', async (kind, jobs, credits) => {
	const fault = sandbox.addFault({ on: 'create', kind });
	await expect(akool.create()).rejects.toThrow('fetch failed');
	expect(sandbox.jobs).toHaveLength(jobs);
	expect(spent()).toBe(credits);
	expect(fault.hits).toBe(1);
	expect(sandbox.requests[0]).toMatchObject({ answered: kind, fault: kind });
});

test('code with ids applies only if one of these IDs is requested', async () => {
	const mine = (await akool.create()).data._id;
	const strange = (await akool.create()).data._id;
	const fault = sandbox.addFault({ on: 'results', kind: 'code', code: 1009, ids: [strange], times: Infinity });
	expect((await akool.results(mine)).code).toBe(1000);
	expect((await akool.results(mine, strange)).code).toBe(1009);
	expect(fault.hits).toBe(1);
});

test.each([
	[false, 0],
	[true, 1],
])('hang with accepted: %s never answers and makes %i jobs', async (accepted, jobs) => {
	sandbox.addFault({ on: 'create', kind: 'hang', accepted });
	const answer = akool.create();
	await until(() => sandbox.requests[0]?.answered === 'hang', 'the request');
	expect(await isPending(answer)).toBe(true);
	expect(sandbox.jobs).toHaveLength(jobs);
	expect(sandbox.requests[0]).toHaveProperty('answered', 'hang');
});

test('hang does not prevent the sandbox from closing', async () => {
	const other = await startSandbox();
	other.addFault({ on: 'credits', kind: 'hang' });
	const closing = sleep(SHORT_WAIT_MS).then(async () => await other.close());
	await Promise.all([expect(callerOf(other).credits()).rejects.toThrow('fetch failed'), closing]);
});

test('shut refuses connections, and open continues at the same address', async () => {
	const { data } = await akool.create();
	await sandbox.shut();
	await expect(akool.credits()).rejects.toHaveProperty('cause.code', 'ECONNREFUSED');
	await sandbox.open();
	expect((await akool.results(data._id)).data.result).toHaveLength(1);
	expect(sandbox.countRequests('credits')).toBe(0);
});

test.each([
	[false, 0],
	[true, 1],
])('status with accepted: %s is an HTML page of HTTP 502 with %i jobs made', async (accepted, jobs) => {
	sandbox.addFault({ on: 'create', kind: 'status', status: 502, accepted });
	await expect(akool.create()).rejects.toThrow(SyntaxError);
	expect(sandbox.jobs).toHaveLength(jobs);
	expect(sandbox.requests[0]).toHaveProperty('answered', 502);
});

test('rateLimit is HTTP 429 with Retry-After, or code 1005', async () => {
	sandbox.addFault({ on: 'credits', kind: 'rateLimit', retryAfterSeconds: 3 });
	sandbox.addFault({ on: 'credits', kind: 'rateLimit', code: 1005 });
	const limited = await rawCredits();
	expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '3']);
	expect(await akool.credits()).toEqual({ code: 1005, msg: 'Operation is too frequent' });
	expect(await akool.credits()).toHaveProperty('code', 1000);
});

test.each([
	[undefined, 1],
	[false, 0],
])('cutJson with accepted: %s is JSON that stops in the middle, %i jobs made', async (accepted, jobs) => {
	sandbox.addFault({ on: 'create', kind: 'cutJson', accepted });
	await expect(akool.create()).rejects.toThrow(SyntaxError);
	expect(sandbox.jobs).toHaveLength(jobs);
});

test('code is any refusal, with its usual or other words, and nothing made', async () => {
	sandbox.addFault({ on: '*', kind: 'code', code: 1200 });
	sandbox.addFault({ on: 'create', kind: 'code', code: 1015, msg: 'create avatar video error' });
	expect(await akool.create()).toEqual({ code: 1200, msg: 'The account has been banned' });
	expect(await akool.create()).toEqual({ code: 1015, msg: 'create avatar video error' });
	expect(sandbox.jobs).toEqual([]);
});

test('delay gives the right answer late', async () => {
	sandbox.addFault({ on: 'credits', kind: 'delay', ms: 2 * SHORT_WAIT_MS });
	const answer = akool.credits();
	expect(await isPending(answer)).toBe(true);
	expect(await answer).toHaveProperty('code', 1000);
});

test('hold works and answers once it is released', async () => {
	const held = sandbox.addFault({ on: 'create', kind: 'hold' });
	const answer = akool.create();
	await until(() => held.hits === 1, 'the request');
	expect(await isPending(answer)).toBe(true);
	expect([held.hits, sandbox.jobs.length]).toEqual([1, 0]);
	sandbox.release();
	expect(await answer).toHaveProperty('code', 1000);
	expect(sandbox.jobs).toHaveLength(1);
});

test.each([
	[2, 2],
	[0, 0],
])('partialBatch makes and charges %i of three, the others are in errorList', async (made, jobs) => {
	sandbox.addFault({ on: 'batch', kind: 'partialBatch', made });
	const { code, data } = await akool.batch({ count: 3 });
	expect(code).toBe(1000);
	expect([data.successList.length, data.errorList.length]).toEqual([made, 3 - made]);
	expect(sandbox.jobs).toHaveLength(jobs);
	expect(spent()).toBe(made * 5);
});

test('unknownStatus and missingRow change only the rows that they name', async () => {
	const { data: one } = await akool.create();
	const { data: two } = await akool.create({ prompt: '[sandbox: queue=1000]' });
	sandbox.addFault({ on: 'results', kind: 'unknownStatus', status: 7, ids: [one._id] });
	sandbox.addFault({ on: 'results', kind: 'missingRow', ids: [one._id] });
	sandbox.addFault({ on: 'results', kind: 'missingRow' });
	const statuses = async () =>
		(await akool.results(one._id, two._id)).data.result.map(({ _id, status }) => [_id, status]);
	expect(await statuses()).toEqual([
		[one._id, 7],
		[two._id, 1],
	]);
	expect(await statuses()).toEqual([[two._id, expect.any(Number)]]);
	expect(await statuses()).toEqual([]);
	expect(await statuses()).toHaveLength(2);
});

test('emptyList empties effects and models', async () => {
	sandbox.addFault({ on: '*', kind: 'emptyList', times: 2 });
	expect((await akool.effects()).data).toEqual({ result: [], count: 0 });
	expect((await akool.models()).data).toEqual([]);
});

test('a fault applies after its turn and as often as set, and is counted', async () => {
	const fault = sandbox.addFault({ on: 'credits', kind: 'code', code: 1005, after: 1, times: 2 });
	const codes = [];
	for (let call = 0; call < 4; call += 1) codes.push((await akool.credits()).code);
	expect(codes).toEqual([1000, 1005, 1005, 1000]);
	expect(fault.hits).toBe(2);
});

test('a fault can last until it is cleared, and affects only its endpoint', async () => {
	sandbox.addFault({ on: 'credits', kind: 'code', code: 1005, times: null });
	for (let call = 0; call < 3; call += 1) expect(await akool.credits()).toHaveProperty('code', 1005);
	expect(await akool.effects()).toHaveProperty('code', 1000);
	sandbox.clearFaults();
	expect(await akool.credits()).toHaveProperty('code', 1000);
});

test.each([
	[{ on: 'create', kind: 'earthquake' }, 'There is no fault "earthquake"'],
	[{ on: 'credits', kind: 'partialBatch' }, '"partialBatch" can not happen on "credits"'],
	[{ on: 'creat', kind: 'code' }, '"code" can not happen on "creat"'],
])('a fault that could never occur is refused: %j', (fault, message) => {
	expect(() => sandbox.addFault(fault)).toThrow(message);
});
