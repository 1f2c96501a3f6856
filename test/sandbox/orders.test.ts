// Faults of orders, their prices, and what a client sees of them.
import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, type Json, type Sandbox } from '.';
import { callerOf, WANTED } from './caller';
import { until } from './receiver';
import { standingClock } from './standingClock';

const CREATE_PATH = '/api/open/v4/image2Video/createBySourcePrompt';
const START_CREDITS = 5_000;
const ID = /^[0-9a-f]{24}$/;
const SHORT_WAIT_MS = 60;

const clock = standingClock();
let sandbox: Sandbox;
let akool: ReturnType<typeof callerOf>;

beforeAll(async () => {
	sandbox = await startSandbox({ clock, credits: START_CREDITS, queueSeconds: Infinity });
	akool = callerOf(sandbox);
});
beforeEach(() => {
	sandbox.reset();
	sandbox.change({
		prices: [],
		lockCredit: null,
		balanceLagSeconds: 0,
		ordersPerMinute: null,
		runningJobs: null,
	});
});
afterAll(() => sandbox.close());

const spent = () => START_CREDITS - sandbox.credits;

/** A create as the wire has it; redirects are not followed. */
async function rawCreate(changes: Json = {}) {
	const response = await fetch(sandbox.url + CREATE_PATH, {
		method: 'POST',
		redirect: 'manual',
		headers: { 'x-api-key': sandbox.apiKey, 'content-type': 'application/json' },
		body: JSON.stringify({ ...WANTED, ...changes }),
	});
	return response;
}

async function isPending(answer: Promise<unknown>) {
	const silence = sleep(SHORT_WAIT_MS, 'silence');
	return (await Promise.race([answer.catch(() => 'broken'), silence])) === 'silence';
}

test.each([429, 502, 500, 404, 302])('wrongStatus answers a success with its video at HTTP %i', async (status) => {
	sandbox.addFault({ on: 'create', kind: 'wrongStatus', status });
	const response = await rawCreate();
	expect(response.status).toBe(status);
	expect(await response.json()).toMatchObject({ code: 1000, data: { _id: sandbox.jobs[0]?._id } });
	expect(spent()).toBe(20);
});

test.each([
	[1015, 200],
	[2001, 500],
	[9999, 403],
	[1003, 502],
])('code %i at HTTP %i makes nothing, or the video all the same', async (code, status) => {
	sandbox.addFault({ on: 'order', kind: 'code', code, status });
	sandbox.addFault({ on: 'order', kind: 'code', code, status, accepted: true });
	const refused = await rawCreate();
	expect([refused.status, await refused.json()]).toEqual([status, { code, msg: expect.any(String) }]);
	expect(sandbox.jobs).toHaveLength(0);
	await rawCreate();
	expect(sandbox.jobs).toHaveLength(1);
});

test.each([
	['number', expect.any(Number)],
	['uuid', expect.stringMatching(/^[0-9a-f]{8}-/)],
	['short', expect.stringMatching(/^[0-9a-f]{6}$/)],
	['long', expect.stringMatching(/^[0-9a-f]{72}$/)],
])('oddId gives an ID of the shape %s, under which the video is known', async (shape, expected) => {
	sandbox.addFault({ on: 'create', kind: 'oddId', shape });
	const { data } = await akool.create();
	expect(data._id).toEqual(expected);
	const { data: later } = await akool.results(String(data._id));
	expect(later.result.map(({ _id }) => _id)).toEqual([data._id]);
});

test.each([
	['null', { _id: null }],
	['empty', { _id: '' }],
	['nested', { _id: { $oid: expect.stringMatching(ID) } }],
])('oddId gives an ID that is %s, though the video was charged', async (shape, expected) => {
	sandbox.addFault({ on: 'order', kind: 'oddId', shape });
	expect((await akool.create()).data).toMatchObject(expected);
	expect(spent()).toBe(20);
});

test('oddId gives no ID at all, for a single video and each video of a batch', async () => {
	sandbox.addFault({ on: 'order', kind: 'oddId', shape: 'missing', times: 2 });
	expect((await akool.create()).data).not.toHaveProperty('_id');
	for (const row of (await akool.batch({ count: 2 })).data.successList) expect(row).not.toHaveProperty('_id');
	expect(sandbox.jobs).toHaveLength(3);
});

test.each([0, -5, '20 credits', null])(
	'price answers deduction_credit %j, and charges the true price',
	async (price) => {
		sandbox.addFault({ on: 'order', kind: 'price', price, times: 2 });
		expect((await akool.create()).data).toHaveProperty('deduction_credit', price);
		expect((await akool.batch()).data.successList[0]).toHaveProperty('deduction_credit', price);
		expect(spent()).toBe(25);
	},
);

test('price can omit deduction_credit', async () => {
	sandbox.addFault({ on: 'create', kind: 'price' });
	expect((await akool.create()).data).not.toHaveProperty('deduction_credit');
	expect(spent()).toBe(20);
});

test.each([
	['resetBefore', 0],
	['resetAfter', 1],
])('%s, hard: resets the connection with %i jobs made', async (kind, jobs) => {
	sandbox.addFault({ on: 'create', kind, hard: true });
	await expect(akool.create()).rejects.toHaveProperty('cause.code', 'ECONNRESET');
	expect(sandbox.jobs).toHaveLength(jobs);
});

test('slowBody sends the headers at once and the body late', async () => {
	sandbox.addFault({ on: 'create', kind: 'slowBody', seconds: 90 });
	const response = await rawCreate();
	expect(response.status).toBe(200);
	const body = response.json();
	expect(await isPending(body)).toBe(true);
	clock.advance(90);
	expect(await body).toHaveProperty('code', 1000);
});

test.each([
	['delay', 0],
	['lateAnswer', 1],
])('%s answers after ten minutes, with %i jobs made before', async (kind, jobs) => {
	sandbox.addFault({ on: 'create', kind, seconds: 600 });
	const answer = akool.create();
	await until(() => clock.sleepers() > 0, 'the request');
	expect(sandbox.jobs).toHaveLength(jobs);
	clock.advance(599);
	expect(await isPending(answer)).toBe(true);
	clock.advance(1);
	expect(await answer).toHaveProperty('code', 1000);
	expect(sandbox.jobs).toHaveLength(1);
});

test.each([
	[{ kind: 'rateLimit', retryAfterSeconds: 60 }, 429],
	[{ kind: 'rateLimit', code: 1005 }, 200],
])('a fault lasts for a minute of the clock: %j', async (fault, status) => {
	const { hits } = sandbox.addFault({ on: 'create', ...fault, forSeconds: 60 });
	expect(hits).toBe(0);
	clock.advance(100);
	for (const seconds of [0, 30, 29]) {
		clock.advance(seconds);
		expect((await rawCreate()).status).toBe(status);
	}
	expect(sandbox.jobs).toHaveLength(0);
	clock.advance(1);
	expect(await akool.create()).toHaveProperty('code', 1000);
});

test.each([
	[{ data: null }, { code: 1000, data: null }],
	[{ code: '1000' }, { code: '1000' }],
	[{ data: [] }, { data: [] }],
])('answer changes the right answer by %j', async (answer, expected) => {
	sandbox.addFault({ on: 'create', kind: 'answer', answer });
	expect(await akool.create()).toMatchObject(expected);
	expect(sandbox.jobs).toHaveLength(1);
});

test.each(['msg', 'message', 'error', 'detail'])('partialBatch puts the reason into %s', async (field) => {
	sandbox.addFault({ on: 'batch', kind: 'partialBatch', made: 1, msg: 'flagged', field });
	expect((await akool.batch({ count: 2 })).data.errorList).toEqual([expect.objectContaining({ [field]: 'flagged' })]);
});

test('partialBatch can give the reason as the whole item', async () => {
	sandbox.addFault({ on: 'batch', kind: 'partialBatch', made: 0, msg: 'flagged', field: 'text' });
	expect((await akool.batch()).data.errorList).toEqual(['flagged']);
});

describe('prices', () => {
	test('follow the number of the order: the first 20 credits, all others 300', async () => {
		sandbox.change({ prices: [{ to: 1, credits: 20 }, { credits: 300 }] });
		const said = [];
		for (let order = 0; order < 3; order += 1) said.push((await akool.create()).data['deduction_credit']);
		expect(said).toEqual([20, 300, 300]);
		expect(spent()).toBe(620);
	});

	test('follow the request, each video of a batch by itself', async () => {
		sandbox.change({
			prices: [
				{ on: 'batch', match: { model_name: 'seedance-1-0-lite-i2v-250428' }, credits: 4 },
				{ match: { resolution: '4k', video_length: 10 }, credits: 700 },
			],
		});
		await akool.batch({ count: 3 });
		expect(spent()).toBe(12);
		await akool.create({ resolution: '4k', video_length: 10 });
		expect(spent()).toBe(712);
		await akool.create();
		expect(spent()).toBe(732);
	});

	test('can differ between answer, charge and results', async () => {
		sandbox.change({ prices: [{ credits: 100, said: 20, later: 120 }] });
		const { data } = await akool.create();
		expect(data).toHaveProperty('deduction_credit', 20);
		expect(spent()).toBe(100);
		expect((await akool.results(data._id)).data.result[0]).toHaveProperty('deduction_credit', 120);
		expect((await akool.list()).data.result[0]).toHaveProperty('deduction_credit', 120);
	});

	test.each([[{ credits: 'many' }], [{ on: 'delete', credits: 1 }], ['20']])(
		'are refused if they make no sense: %j',
		(rule) => {
			expect(() => sandbox.change({ prices: [rule] })).toThrow('prices must be a list of');
		},
	);
});

describe('the balance', () => {
	test('shows an order after the set delay', async () => {
		sandbox.change({ balanceLagSeconds: 45 });
		await akool.create();
		const credit = async () => (await akool.credits()).data['credit'];
		expect(await credit()).toBe(START_CREDITS);
		clock.advance(44);
		expect(await credit()).toBe(START_CREDITS);
		clock.advance(1);
		expect(await credit()).toBe(START_CREDITS - 20);
	});

	test('names locked credits only if set', async () => {
		expect((await akool.credits()).data).not.toHaveProperty('lock_credit');
		sandbox.change({ lockCredit: 300 });
		expect((await akool.credits()).data).toMatchObject({ lock_credit: 300 });
	});
});

test('ordersPerMinute refuses more orders until the minute is over', async () => {
	sandbox.change({ ordersPerMinute: 2 });
	const code = async () => (await akool.create()).code;
	expect([await code(), await code(), await code()]).toEqual([1000, 1000, 1005]);
	clock.advance(60);
	expect(await code()).toBe(1000);
	expect(spent()).toBe(60);
});

test('runningJobs refuses more orders until one is done', async () => {
	sandbox.change({ runningJobs: 1 });
	await akool.create();
	expect(await akool.batch()).toHaveProperty('code', 1005);
	sandbox.finishAll();
	expect(await akool.batch()).toHaveProperty('code', 1000);
});
