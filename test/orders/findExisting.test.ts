// What is taken up and what is placed: an order that exists or may exist is never placed again.

import type { IDataObject } from 'n8n-workflow';

import type { OrderState } from '../../nodes/AkoolImageToVideo/orders/ledgerSchema';
import { Ledger, LEDGER_FIELD } from '../../nodes/AkoolImageToVideo/orders/ledger';
import type { OrderRequest } from '../../nodes/AkoolImageToVideo/orders/orderRequest';
import type { Run } from '../../nodes/AkoolImageToVideo/orders/run';
import { findExisting, type FoundOrders } from '../../nodes/AkoolImageToVideo/orders/findExisting';
import { placed, RUN_KEY, runFor } from './runFor';
import { requestFor, videoOf } from './samples';

const ID = '6891abe782f7cd2a890c44ba';
const OTHER_ID = '6891abe782f7cd2a890c44bb';
const MESSAGE = { title: "'Prompt' is empty", description: 'Fill it in.' };

const taken = (
	run: Run,
	requests: readonly OrderRequest[],
	unread: Parameters<typeof findExisting>[3] = [],
): FoundOrders => findExisting(run, RUN_KEY, requests, unread);
const idsOf = ({ results }: FoundOrders): string[] =>
	results.flatMap(({ videos }) => videos.map(({ video }) => video.id));

it('places an order that does not exist yet', () => {
	const { pending, results, unknownOrders } = taken(runFor([{}, {}]), [requestFor(0), requestFor(1)]);
	expect(pending.map(({ request, replaces }) => [request.itemIndex, replaces])).toEqual([
		[0, []],
		[1, []],
	]);
	expect([results, unknownOrders]).toEqual([[], []]);
});

it.each<[OrderState, 'pending' | 'results' | 'unknownOrders']>([
	['created', 'results'],
	['unknown', 'unknownOrders'],
	['sent', 'unknownOrders'],
	['refused', 'pending'],
	['cleared', 'pending'],
])('returns an order that is %s among the %s', (state, where) => {
	const run = runFor([{}]);
	const order = placed(run, requestFor(0));
	if (state === 'created') run.ledger.created(order, [videoOf(ID)], []);
	else run.ledger.note(order, { state });
	const { results, unknownOrders, pending } = taken(run, [requestFor(0, { body: { prompt: 'b' } })]);
	expect({ results: results.length, unknownOrders: unknownOrders.length, pending: pending.length }).toEqual({
		results: 0,
		unknownOrders: 0,
		pending: 0,
		[where]: 1,
	});
});

it.each<[string, (key: string) => IDataObject[string]]>([
	['as it was', (key) => key],
	['with blanks around it', (key) => ` ${key}\u00A0\n`],
	['in quotes', (key) => `"${key}"`],
	['in a list', (key) => [key]],
	['twice in a list', (key) => [key, key]],
])('takes up the order whose key an item carries, whichever item and run it was: %s', (_, written) => {
	const run = runFor([{}, {}]);
	placed(run, requestFor(1));
	const order = placed(run, requestFor(0));
	run.ledger.created(order, [videoOf(ID)], []);
	const later = { ...run, items: [{ json: {} }, { json: { order_key: written(order.key) } }] };
	const found = findExisting(later, 'r1', [requestFor(0), requestFor(1)], []);
	expect(found.pending.map(({ request }) => request.itemIndex)).toEqual([0]);
	expect(found.results.map(({ itemIndex }) => itemIndex)).toEqual([1]);
});

it('takes up only the video of a batch that an item names', () => {
	const run = runFor([{}]);
	const order = placed(run, requestFor(0, { endpoint: 'createBatch', videoCount: 2 }));
	run.ledger.created(order, [videoOf(ID), videoOf(OTHER_ID)], []);
	const later = { ...run, items: [{ json: { order_key: order.key, _id: OTHER_ID } }] };
	expect(idsOf(taken(later, [requestFor(0, { endpoint: 'createBatch', videoCount: 2 })]))).toEqual([OTHER_ID]);
});

it('takes up all videos of a batch if an item names none of them', () => {
	const run = runFor([{}]);
	const order = placed(run, requestFor(0, { endpoint: 'createBatch', videoCount: 2 }));
	run.ledger.created(order, [videoOf(ID), videoOf(OTHER_ID)], []);
	const later = { ...run, items: [{ json: { order_key: order.key, _id: 'a row of a database' } }] };
	expect(idsOf(taken(later, []))).toEqual([ID, OTHER_ID]);
});

it('tells each item which videos its order did not get', () => {
	const run = runFor([{}]);
	const order = placed(run, requestFor(0, { endpoint: 'createBatch', videoCount: 2 }));
	run.ledger.created(order, [videoOf(ID)], ['flagged']);
	const [result] = taken(run, [requestFor(0, { endpoint: 'createBatch', videoCount: 2 })]).results;
	expect(result?.messages).toEqual([
		{
			message: expect.objectContaining({ description: expect.stringContaining('flagged') }),
			orderKey: order.key,
			endsRun: false,
		},
	]);
});

describe('an item with the key of a refused order', () => {
	const audio = (place: string): OrderRequest =>
		requestFor(0, { endpoint: 'updateAudio', place, body: { pre_video_id: place } });
	const requests = [audio(OTHER_ID), audio(ID)];

	function refused(): Run {
		const run = runFor([{}]);
		const { key } = placed(run, audio(ID), { state: 'refused' });
		return { ...run, items: [{ json: { order_key: key } }] };
	}

	it('orders that key’s request again', () => {
		const run = refused();
		const { pending } = findExisting(run, 'r1', requests, []);
		expect(pending.map(({ request, slot }) => [request.place, slot])).toEqual([[ID, run.ledger.orders()[0]?.slot]]);
	});

	it('says why nothing is ordered if its parameters cannot be read', () => {
		const unread = [{ itemIndex: 0, message: MESSAGE }];
		expect(findExisting(refused(), 'r1', [], unread)).toEqual({ results: [], unknownOrders: [], pending: [], unread });
	});
});

it('ignores a key of no order', () => {
	const run = runFor([{ order_key: 'x'.repeat(30) }]);
	expect(taken(run, [requestFor(0)]).pending).toHaveLength(1);
});

it('returns an existing video instead of a message about a parameter', () => {
	const run = runFor([{}, {}]);
	run.ledger.created(placed(run, requestFor(0)), [videoOf(ID)], []);
	const found = taken(
		run,
		[],
		[0, 1].map((itemIndex) => ({ itemIndex, message: MESSAGE })),
	);
	expect([idsOf(found), found.unread.map(({ itemIndex }) => itemIndex)]).toEqual([[ID], [1]]);
});

it('takes no video of an earlier run for an item whose parameters cannot be read', () => {
	const run = runFor([{}]);
	run.ledger.created(placed(run, requestFor(0)), [videoOf(ID)], []);
	const found = findExisting(run, 'r1', [], [{ itemIndex: 0, message: MESSAGE }]);
	expect([found.results, found.unread.length]).toEqual([[], 1]);
});

describe('a failed video', () => {
	/** The execution with this ID, which begins with what another has left. */
	function retried(executionId: string, count = 1): Run {
		const store: Record<string, unknown> = {};
		const first = runFor([{}], { ledger: new Ledger(store, '1') });
		const videos = [videoOf(ID, { status: 4 }), videoOf(OTHER_ID)].slice(0, count);
		const batch = count > 1 ? ({ endpoint: 'createBatch', videoCount: count } as const) : {};
		first.ledger.created(placed(first, requestFor(0, batch)), videos, []);
		const kept: Record<string, unknown> = JSON.parse(JSON.stringify({ [LEDGER_FIELD]: store[LEDGER_FIELD] }));
		return runFor([{}], { ledger: new Ledger(kept, executionId) });
	}
	const changed = { body: { prompt: 'b', count: 2 } };

	it.each([
		['by another execution, and what is asked for has changed', '2', changed, 1],
		['by another execution, and the same is asked for', '2', {}, 0],
		['by the same execution, as Retry On Fail does', '1', changed, 0],
	])('is ordered anew only after a change in another execution: it was ordered %s', (_, executionId, more, count) => {
		const { pending } = taken(retried(executionId), [requestFor(0, more)]);
		expect(pending.map(({ replaces }) => replaces)).toEqual(count === 1 ? [[ID]] : []);
	});

	it('of a batch is ordered anew alone', () => {
		const batch = requestFor(0, { endpoint: 'createBatch', videoCount: 2, ...changed });
		const found = taken(retried('2', 2), [batch]);
		expect(found.pending.map(({ request }) => [request.videoCount, request.body.count])).toEqual([[1, 1]]);
		expect(idsOf(found)).toEqual([OTHER_ID]);
	});

	it('of a batch is not ordered anew while a replacement is of unknown outcome', () => {
		const run = retried('2', 2);
		const batch = requestFor(0, { endpoint: 'createBatch', videoCount: 2, ...changed });
		const again = placed(run, batch, { replaces: [ID], state: 'unknown' });
		run.ledger.learn([videoOf(OTHER_ID, { status: 4 })]);
		const { pending, unknownOrders } = taken(run, [batch]);
		expect([pending, unknownOrders]).toEqual([[], [{ itemIndex: 0, order: again }]]);
	});

	it('of a batch was replaced: an item that names another of its videos gets only that one', () => {
		const run = retried('2', 2);
		const batch = requestFor(0, { endpoint: 'createBatch', videoCount: 2, ...changed });
		const again = placed(run, batch, { replaces: [ID] });
		run.ledger.created(again, [videoOf('new')], []);
		const later = { ...run, items: [{ json: { order_key: again.key, _id: OTHER_ID } }] };
		expect(idsOf(taken(later, [batch]))).toEqual([OTHER_ID]);
	});

	it('is not ordered anew a second time', () => {
		const run = retried('2');
		const again = placed(run, requestFor(0, changed), { replaces: [ID] });
		run.ledger.created(again, [videoOf(OTHER_ID)], []);
		const found = taken(run, [requestFor(0, { body: { prompt: 'c' } })]);
		expect([found.pending, idsOf(found)]).toEqual([[], [OTHER_ID]]);
	});
});

describe('an audio update', () => {
	const SONG = 'https://example.com/a.mp3';
	const audio = (itemIndex: number, place = ID, audio_url = SONG): OrderRequest =>
		requestFor(itemIndex, { endpoint: 'updateAudio', place, body: { pre_video_id: place, audio_url } });

	function bought(): Run {
		const run = runFor([{}, {}]);
		run.ledger.created(placed(run, audio(0)), [videoOf(OTHER_ID)], []);
		return run;
	}

	it.each<[string, string, OrderRequest, boolean]>([
		['for the same video', RUN_KEY, audio(1), true],
		['of another file', RUN_KEY, audio(1, ID, 'https://example.com/b.mp3'), false],
		['for another video', RUN_KEY, audio(1, OTHER_ID), false],
		['in a later run', 'r1', audio(1), false],
	])('is taken for another item only if it is identical: %s', (_, runKey, other, isSame) => {
		const { pending, results } = findExisting(bought(), runKey, [other], []);
		expect([results.map(({ itemIndex }) => itemIndex), pending.length]).toEqual(isSame ? [[1], 0] : [[], 1]);
	});

	it('of an item’s own takes precedence over another item’s', () => {
		const run = bought();
		run.ledger.created(placed(run, audio(1, ID, 'https://example.com/b.mp3')), [videoOf('own')], []);
		expect(idsOf(taken(run, [audio(0), audio(1)]))).toEqual([OTHER_ID, 'own']);
	});

	it('is the only order that two items share: two equal creates are two videos', () => {
		const run = runFor([{}, {}]);
		run.ledger.created(placed(run, requestFor(0)), [videoOf(ID)], []);
		expect(taken(run, [requestFor(0), requestFor(1)]).pending.map(({ request }) => request.itemIndex)).toEqual([1]);
	});

	it.each([
		['may be missing', true, audio(0)],
		['are none of a create', false, requestFor(0)],
	])('for an item with unreadable parameters is taken up; others %s', (_, isSaid, request) => {
		const run = runFor([{}]);
		run.ledger.created(placed(run, request), [videoOf(OTHER_ID)], []);
		placed(run, { ...request, place: OTHER_ID, endpoint: 'create' }, { state: 'refused' });
		const found = taken(run, [], [{ itemIndex: 0, message: MESSAGE }]);
		expect([idsOf(found), found.unread]).toEqual([[OTHER_ID], []]);
		expect(found.results.flatMap(({ messages }) => messages)).toEqual(
			isSaid ? [{ message: MESSAGE, orderKey: undefined, endsRun: false }] : [],
		);
	});
});
