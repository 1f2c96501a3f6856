// What can be known of an order without an answer: proof and evidence, at an Akool that was written for this file alone.

import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../nodes/AkoolImageToVideo/clock';
import type { BalanceBefore, KeptOrder } from '../../nodes/AkoolImageToVideo/orders/ledgerSchema';
import { reconcile } from '../../nodes/AkoolImageToVideo/orders/reconcile';
import type { Run } from '../../nodes/AkoolImageToVideo/orders/run';
import { accountKey } from '../../nodes/AkoolImageToVideo/transport/credentials';
import { readText } from '../sandbox/http';
import { serve, type LocalServer } from '../support/localServer';
import { TestClock } from '../support/testClock';
import { placed, runFor } from './runFor';
import { requestFor, videoOf } from './samples';

const ID = '6891abe782f7cd2a890c44ba';
const OTHER_ID = '6891abe782f7cd2a890c44bb';

let time: TestClock;
let server: LocalServer;
let asked: string[] = [];
/** What this Akool answers, by how often it was asked; undefined is no answer. */
let akool: {
	list: (attempt: number, page: number) => IDataObject[] | undefined;
	credit: (attempt: number) => number | undefined;
	results: (attempt: number) => IDataObject[] | undefined;
};

beforeAll(async () => {
	time = new TestClock();
	server = await serve(async (request, response) => {
		const path = String(request.url);
		const name = ['quota', 'resultsByIds', 'video/list'].find((part) => path.includes(part)) ?? path;
		asked.push(name);
		const attempt = asked.filter((other) => other === name).length;
		const page = Number(new URL(path, server.url).searchParams.get('page'));
		const body = await readText(request);
		const results = (): IDataObject[] | undefined =>
			akool.results(attempt)?.filter(({ _id }) => body.includes(String(_id)));
		const rows = name === 'video/list' ? akool.list(attempt, page) : name === 'quota' ? [] : results();
		const data = name === 'quota' ? { credit: akool.credit(attempt) } : { result: rows };
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
	akool = { list: () => [], credit: () => 1_000, results: () => [] };
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
const idsOf = ({ videos }: KeptOrder): string[] => videos.map(({ id }) => id);
const unknownOrder = (run: Run, more: Partial<KeptOrder> = {}): KeptOrder =>
	placed(run, requestFor(0), { state: 'unknown', sentAtMs: clock.now(), ...more });

it('takes the video whose callback address has the key of the order', async () => {
	const run = begin();
	const order = unknownOrder(run);
	akool.list = () => [rowOf(OTHER_ID, 'another'), rowOf(ID, order.key)];
	akool.results = () => [rowOf(ID, order.key)];
	const messages = await reconcile(run, [order]);
	expect([messages.size, order.state, idsOf(order)]).toEqual([0, 'created', [ID]]);
});

it('takes for each order only the videos with its own key', async () => {
	const run = begin();
	const [one, two] = [0, 1].map((item) =>
		placed(run, requestFor(item), { state: 'unknown', sentAtMs: clock.now() - 10_000 * item }),
	);
	if (one === undefined || two === undefined) throw new Error('no orders');
	const rows = [rowOf('c'.repeat(24), 'another'), rowOf(ID, one.key), rowOf(OTHER_ID, two.key)];
	akool.list = () => [...rows, { _id: 'd'.repeat(24), create_time: clock.now() }];
	akool.results = () => [...rows, { _id: 'd'.repeat(24) }];
	await reconcile(run, [one, two]);
	expect([idsOf(one), idsOf(two)]).toEqual([[ID], [OTHER_ID]]);
});

describe('a batch', () => {
	const batch = (run: Run, videoCount: number, more: Partial<KeptOrder> = {}): KeptOrder =>
		placed(run, requestFor(0, { endpoint: 'createBatch', videoCount }), { sentAtMs: clock.now(), ...more });

	it('gets all its videos as soon as they are listed, the oldest first', async () => {
		const run = begin();
		const order = batch(run, 2, { state: 'unknown' });
		akool.list = () => [rowOf(OTHER_ID, order.key, { create_time: clock.now() + 5 }), rowOf(ID, order.key)];
		akool.results = () => [rowOf(ID, order.key), rowOf(OTHER_ID, order.key)];
		const beganMs = clock.now();
		await reconcile(run, [order]);
		expect([idsOf(order), order.unmentioned, clock.now() - beganMs]).toEqual([[ID, OTHER_ID], 0, 0]);
	});

	it('counts Akool’s reasons for videos that it did not create', async () => {
		const run = begin();
		const order = batch(run, 3);
		run.ledger.created(order, [videoOf(ID)], ['flagged']);
		akool.list = () => [rowOf(ID, order.key), rowOf(OTHER_ID, order.key)];
		akool.results = () => [rowOf(ID, order.key), rowOf(OTHER_ID, order.key)];
		const beganMs = clock.now();
		await reconcile(run, [order]);
		expect([idsOf(order), order.shortfalls, clock.now() - beganMs]).toEqual([[ID, OTHER_ID], ['flagged'], 0]);
	});

	it.each([
		['the second list shows no more', 2],
		['the second list does not answer', 1],
	])('gets its listed videos at the last check, if %s', async (_, lists) => {
		const run = begin();
		const order = batch(run, 2, { state: 'unknown' });
		akool.list = (attempt) => (attempt > lists ? undefined : [rowOf(ID, order.key)]);
		akool.results = () => [rowOf(ID, order.key)];
		const messages = await reconcile(run, [order]);
		expect([messages.size, idsOf(order), order.unmentioned]).toEqual([0, [ID], 1]);
	});

	it('gets no part if the execution is stopped meanwhile, so that a retry finds all', async () => {
		const user = new AbortController();
		const run = begin({ signal: user.signal });
		const order = batch(run, 2, { state: 'unknown' });
		akool.list = () => [rowOf(ID, order.key)];
		akool.results = () => [rowOf(ID, order.key)];
		akool.credit = () => {
			user.abort();
			return 1_000;
		};
		const messages = await reconcile(run, [order]);
		expect([messages.size, order.state, order.videos]).toEqual([1, 'unknown', []]);
	});

	it('with missing videos does not prevent another order from being cleared', async () => {
		const run = begin();
		const incomplete = batch(run, 2);
		run.ledger.created(incomplete, [videoOf(ID, { status: 3 })], []);
		const order = placed(run, requestFor(1), {
			state: 'unknown',
			sentAtMs: clock.now(),
			before: before(run, { booked: 20 }),
		});
		akool.list = () => [rowOf(ID, incomplete.key)];
		akool.results = () => [rowOf(ID, incomplete.key, { status: 3 })];
		const info = jest.spyOn(run.context.logger, 'info');
		const messages = await reconcile(run, [incomplete, order]);
		expect(info).not.toHaveBeenCalled();
		expect([[...messages.keys()], order.state, incomplete.state]).toEqual([[order], 'cleared', 'created']);
	});
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

it('does not take a video with new audio, even if only the list shows that', async () => {
	const run = begin();
	const order = unknownOrder(run);
	akool.list = () => [rowOf(ID, order.key, { only_add_audio: true })];
	akool.results = () => [rowOf(ID, order.key)];
	await reconcile(run, [order]);
	expect([order.state, order.videos]).toEqual(['unknown', []]);
});

it('reads the list back to a minute before the first order', async () => {
	const run = begin();
	const sentAtMs = clock.now() - 10 * 60_000;
	const first = unknownOrder(run, { sentAtMs });
	const last = placed(run, requestFor(1), { state: 'unknown', sentAtMs: clock.now() });
	const before = Array.from({ length: 50 }, (_, n) => ({ _id: `job-${n}`, create_time: sentAtMs - 59_000 }));
	akool.list = (_, page) => (page === 1 ? before : [rowOf(ID, first.key)]);
	akool.results = () => [rowOf(ID, first.key)];
	await reconcile(run, [first, last]);
	expect([idsOf(first), idsOf(last)]).toEqual([[ID], []]);
});

it('waits for an order with a key even if another one was charged and has none', async () => {
	const run = begin();
	const charged = unknownOrder(run, { before: before(run, { credits: 1_040 }) });
	charged.carriesKey = false;
	const order = placed(run, requestFor(1), { state: 'unknown', sentAtMs: clock.now() });
	akool.list = (attempt) => (attempt === 1 ? [] : [rowOf(ID, order.key)]);
	akool.results = () => [rowOf(ID, order.key)];
	await reconcile(run, [charged, order]);
	expect([charged.state, idsOf(order)]).toEqual(['unknown', [ID]]);
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

	it.each([
		['the price of a video that was created since', 0, 980, 'cleared'],
		['more than that', 0, 979, 'unknown'],
		['nothing, though one was created since', 0, 1_000, 'unknown'],
		['nothing, where all videos were created before', 20, 1_000, 'cleared'],
		['the price of one that was created before', 20, 980, 'unknown'],
		['a fraction that is none', 20, 1_000.0004, 'cleared'],
	])('if the balance lacks %s', async (_, booked, credit, state) => {
		const run = begin();
		run.ledger.created(placed(run, requestFor(1)), [videoOf(ID, { status: 3 })], []);
		const order = unknownOrder(run, { before: before(run, { booked }) });
		akool.credit = () => credit;
		const message = (await reconcile(run, [order])).get(order);
		expect(order.state).toBe(state);
		const since = `the balance was 1000 credits before, the videos that are known since cost ${20 - booked}, two checks at least 30 seconds apart found ${credit} credits`;
		expect(message?.title === 'Akool did not create this video').toBe(state === 'cleared');
		expect(message?.description.includes(since)).toBe(state === 'cleared');
	});

	it('if another video is still in progress', async () => {
		const run = begin();
		run.ledger.created(placed(run, requestFor(1)), [videoOf(ID)], []);
		const order = unknownOrder(run, { before: before(run, { booked: 20 }) });
		akool.results = () => [{ _id: ID, status: 2, deduction_credit: 20 }];
		await reconcile(run, [order]);
		expect(order.state).toBe('cleared');
	});

	it.each<[string, object, Partial<typeof akool>]>([
		['has failed, whose price may be refunded', { status: 4 }, {}],
		['has no price', { deduction_credit: undefined, status: 3 }, {}],
		['turns out to have failed', {}, { results: () => [{ _id: ID, status: 4 }] }],
		['turns out to have failed meanwhile', {}, { results: (n) => [{ _id: ID, status: n === 1 ? 2 : 4 }] }],
		['cannot be read', {}, { results: () => undefined }],
		['cannot be read at first', {}, { results: (n) => (n === 1 ? undefined : [{ _id: ID, status: 3 }]) }],
		['is not among the results', {}, { results: () => [{ _id: OTHER_ID, status: 3 }] }],
	])('but not if another video %s', async (_, video, answers) => {
		const run = begin();
		run.ledger.created(placed(run, requestFor(1)), [videoOf(ID, video)], []);
		const order = unknownOrder(run, { before: before(run, { booked: run.ledger.sums.spent }) });
		Object.assign(akool, answers);
		await reconcile(run, [order]);
		expect(order.state).toBe('unknown');
	});

	it.each<[string, Array<number | undefined>]>([
		['is not shown at first', [undefined, 1_000]],
		['is not shown again', [1_000, undefined]],
		['is less at first', [980, 1_000]],
		['is less in the end', [1_000, 980]],
	])('but not if the balance %s', async (_, credits) => {
		akool.credit = (attempt) => credits[attempt - 1];
		expect(await stateWith({})).toBe('unknown');
	});

	it('but not if Akool’s answer to it names a video', async () => {
		const run = begin();
		const order = unknownOrder(run, { before: before(run) });
		run.ledger.note(order, { answer: JSON.stringify({ _id: ID }) });
		const message = (await reconcile(run, [order])).get(order);
		expect([order.state, message?.description]).toEqual(['unknown', expect.stringContaining(ID)]);
	});

	it.each([
		['at once where its charge shows and no key can', 980, 'unknown', 0],
		['after both checks where no charge shows', 1_000, 'cleared', 30_000],
	])('or not, without a key: %s', async (_, credit, state, waitedMs) => {
		const run = begin();
		const order = unknownOrder(run, { before: before(run) });
		order.carriesKey = false;
		akool.credit = () => credit;
		const beganMs = clock.now();
		const message = (await reconcile(run, [order])).get(order);
		expect([order.state, clock.now() - beganMs]).toEqual([state, waitedMs]);
		expect(message?.description.includes('The balance is 980 credits, 20 less')).toBe(state === 'unknown');
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

describe('the message of an order that stays unknown', () => {
	const LESS = 'The balance is 980 credits, 20 less than the known videos explain';
	const SAME = 'The balance (1000 credits) shows no charge';
	it.each<[string, Array<number | undefined>, boolean, string | undefined]>([
		['is less', [980, 980], true, LESS],
		['is the same', [1_000, 1_000], true, SAME],
		['is shown at first alone', [980, undefined], true, LESS],
		['is less in the end', [1_000, 980], true, LESS],
		['is never shown', [undefined, undefined], true, undefined],
		['was not read before', [980, 980], false, undefined],
	])('says what the balance shows if it %s', async (_, credits, wasRead, words) => {
		const run = begin();
		const warn = jest.spyOn(run.context.logger, 'warn');
		const order = unknownOrder(run, wasRead ? { before: before(run) } : {});
		akool.list = () => [{ _id: ID, create_time: clock.now() }];
		akool.credit = (attempt) => credits[attempt - 1];
		const message = (await reconcile(run, [order])).get(order);
		expect(message?.description).toContain(words ?? "Akool's list of videos does not show it so far");
		if (words === undefined) expect(message?.description).not.toContain('The balance');
		expect(warn).toHaveBeenCalledWith(`${run.node.name}: ${message?.title} (item 0). ${message?.description}`);
	});
});

describe('an audio update, whose job shows the image and prompt of its source', () => {
	const audio = requestFor(0, { endpoint: 'updateAudio', place: OTHER_ID, body: { pre_video_id: OTHER_ID } });
	const source = { _id: OTHER_ID, image_url: 'https://example.com/a.png', prompt: 'a' };
	it.each<[string, IDataObject, IDataObject | undefined, string]>([
		['no job is listed', source, undefined, 'cleared'],
		['the source shows its image alone', { ...source, prompt: '' }, undefined, 'cleared'],
		['the source shows its prompt alone', { ...source, image_url: '' }, undefined, 'cleared'],
		['the source shows neither', { _id: OTHER_ID }, undefined, 'unknown'],
		['one with that image is listed', source, { image_url: source.image_url }, 'named'],
		['one with that prompt is listed', source, { prompt: 'a' }, 'named'],
	])('is cleared, named or unknown if %s', async (_, row, job, expected) => {
		const run = begin();
		const order = placed(run, audio, { state: 'unknown', sentAtMs: clock.now(), before: before(run) });
		akool.results = () => [row];
		akool.list = () => (job === undefined ? [] : [{ _id: ID, create_time: clock.now(), ...job }]);
		const message = (await reconcile(run, [order])).get(order);
		const isNamed = message?.description.includes(`shows ${ID}`) === true;
		expect(isNamed ? 'named' : order.state).toBe(expected);
	});
});
