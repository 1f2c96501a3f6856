// What can be known of an order without an answer: proof and evidence, at an Akool that was written for this file alone.

import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../nodes/AkoolImageToVideo/clock';
import type { BalanceBefore, KeptOrder } from '../../nodes/AkoolImageToVideo/orders/ledgerSchema';
import { reconcile } from '../../nodes/AkoolImageToVideo/orders/reconcile';
import type { Run } from '../../nodes/AkoolImageToVideo/orders/run';
import { accountKey } from '../../nodes/AkoolImageToVideo/transport/credentials';
import { serve, type LocalServer } from '../support/localServer';
import { TestClock } from '../support/testClock';
import { placed, runFor } from './runFor';
import { requestFor, videoOf } from './samples';

const ID = '6891abe782f7cd2a890c44ba';
const OTHER_ID = '6891abe782f7cd2a890c44bb';

let time: TestClock;
let server: LocalServer;
let asked: string[] = [];
let akool: { list: (attempt: number) => IDataObject[] | undefined; credit: number; results: () => IDataObject[] };

beforeAll(async () => {
	time = new TestClock();
	server = await serve((request, response) => {
		const path = String(request.url);
		const name = ['quota', 'resultsByIds', 'video/list'].find((part) => path.includes(part)) ?? path;
		asked.push(name);
		const attempt = asked.filter((other) => other === name).length;
		const rows = name === 'video/list' ? akool.list(attempt) : akool.results();
		const data = name === 'quota' ? { credit: akool.credit } : { result: rows, count: rows?.length };
		response.writeHead(rows === undefined ? 404 : 200, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ code: 1000, data }));
	});
});
afterAll(async () => {
	await server.close();
	time.close();
});
beforeEach(() => {
	asked = [];
	akool = { list: () => [], credit: 1_000, results: () => [] };
});

const begin = (more: Partial<Run> = {}): Run => runFor([{}], more, server.url);
const rowOf = (_id: string, key: string, more: IDataObject = {}): IDataObject => ({
	_id,
	status: 1,
	deduction_credit: 20,
	create_time: clock.now(),
	webhookUrl: `https://n8n.example.com/webhook-waiting/1/akool?signature=s&order=${key}`,
	...more,
});
const before = (run: Run, more: Partial<BalanceBefore> = {}): BalanceBefore => ({
	credits: 1_000,
	booked: 0,
	atMs: clock.now(),
	account: accountKey(run.account),
	...more,
});
const unknownOrder = (run: Run, more: Partial<KeptOrder> = {}): KeptOrder =>
	placed(run, requestFor(0), { state: 'unknown', sentAtMs: clock.now(), ...more });

it('takes the video whose callback address has the key of the order', async () => {
	const run = begin();
	const order = unknownOrder(run);
	akool.list = () => [rowOf(OTHER_ID, 'another'), rowOf(ID, order.key)];
	akool.results = () => [rowOf(ID, order.key)];
	const messages = await reconcile(run, [order]);
	expect([messages.size, order.state, order.videos.map(({ id }) => id)]).toEqual([0, 'created', [ID]]);
});

it.each([
	['adds audio to another one', { only_add_audio: true }],
	['is made from another one', { pre_video_id: OTHER_ID }],
])('does not take a video that %s, though it has the key, and clears nothing', async (_, more) => {
	const run = begin();
	const order = unknownOrder(run, { before: before(run) });
	akool.list = () => [rowOf(ID, order.key)];
	akool.results = () => [rowOf(ID, order.key, more)];
	await reconcile(run, [order]);
	expect([order.state, order.videos]).toEqual(['unknown', []]);
});

it('names similar videos, and does not take them', async () => {
	const run = begin();
	const order = unknownOrder(run, { before: before(run) });
	akool.list = () => [{ _id: ID, create_time: clock.now(), prompt: 'a' }];
	const messages = await reconcile(run, [order]);
	expect([order.state, messages.get(order)?.description]).toEqual(['unknown', expect.stringContaining(ID)]);
});

describe('an order is cleared', () => {
	const stateWith = async (balance: Partial<BalanceBefore> | undefined, more: Partial<Run> = {}): Promise<string> => {
		const run = begin(more);
		const order = unknownOrder(run, balance === undefined ? {} : { before: before(run, balance) });
		await reconcile(run, [order]);
		return order.state;
	};

	it('if two balances 30 seconds apart and the list show no trace of it', async () => {
		const beganMs = clock.now();
		expect(await stateWith({})).toBe('cleared');
		expect(clock.now() - beganMs).toBeGreaterThanOrEqual(30_000);
		expect(asked.filter((name) => name !== 'resultsByIds')).toEqual(['video/list', 'quota', 'video/list', 'quota']);
	});

	it.each<[string, Partial<BalanceBefore> | undefined]>([
		['without a balance from before', undefined],
		['where less is left than before', { credits: 1_020 }],
		['with the balance of another account', { account: 'another' }],
	])('but not %s', async (_, balance) => {
		expect(await stateWith(balance)).toBe('unknown');
	});

	it('but not if the list does not answer', async () => {
		akool.list = () => undefined;
		expect(await stateWith({})).toBe('unknown');
	});

	it('but not if the second list shows a candidate', async () => {
		akool.list = (attempt) => (attempt === 1 ? [] : [{ _id: ID, create_time: clock.now() }]);
		expect(await stateWith({})).toBe('unknown');
	});

	it('but not in a stopped execution, which sends no request', async () => {
		const user = new AbortController();
		user.abort();
		expect(await stateWith({}, { signal: user.signal })).toBe('unknown');
		expect(asked).toEqual([]);
	});
});

it('takes at the second check the videos missing from a batch’s answer, and requests no balance', async () => {
	const run = begin();
	const order = placed(run, requestFor(0, { endpoint: 'createBatch', videoCount: 2 }), { sentAtMs: clock.now() });
	run.ledger.created(order, [videoOf(ID)], []);
	const rows = (): IDataObject[] => [rowOf(ID, order.key), rowOf(OTHER_ID, order.key)];
	akool.list = (attempt) => rows().slice(0, attempt);
	akool.results = rows;
	const messages = await reconcile(run, [order]);
	expect([messages.size, order.unmentioned, order.shortfalls]).toEqual([0, 0, []]);
	expect(order.videos.map(({ id }) => id)).toEqual([ID, OTHER_ID]);
	expect(asked).not.toContain('quota');
});
