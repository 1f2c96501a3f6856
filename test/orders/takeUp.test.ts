// What is taken up and what is placed: an order that exists or may exist is never placed again.

import type { IDataObject } from 'n8n-workflow';

import type { OrderState } from '../../nodes/AkoolImageToVideo/orders/ledgerSchema';
import { Ledger, LEDGER_FIELD } from '../../nodes/AkoolImageToVideo/orders/ledger';
import type { OrderRequest } from '../../nodes/AkoolImageToVideo/orders/orderRequest';
import type { Run } from '../../nodes/AkoolImageToVideo/orders/run';
import { takeUp, type TakenUp } from '../../nodes/AkoolImageToVideo/orders/takeUp';
import { placed, requestFor, RUN_KEY, runFor, videoOf } from './runFor';

const ID = '6891abe782f7cd2a890c44ba';
const OTHER_ID = '6891abe782f7cd2a890c44bb';
const MESSAGE = { title: "'Prompt' is empty", description: 'Fill it in.' };

const taken = (run: Run, requests: readonly OrderRequest[], unread: Parameters<typeof takeUp>[3] = []): TakenUp =>
	takeUp(run, RUN_KEY, requests, unread);
const idsOf = ({ results }: TakenUp): string[] => results.flatMap(({ videos }) => videos.map(({ video }) => video.id));

it('places an order that does not exist yet', () => {
	const { pending, results, unknownOrders } = taken(runFor([{}, {}]), [requestFor(0), requestFor(1)]);
	expect([pending.map(({ request }) => request.itemIndex), results, unknownOrders]).toEqual([[0, 1], [], []]);
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
	const order = placed(run, requestFor(0));
	run.ledger.created(order, [videoOf(ID)], []);
	const later = { ...run, items: [{ json: {} }, { json: { order_key: written(order.key) } }] };
	const found = takeUp(later, 'r1', [requestFor(0), requestFor(1)], []);
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

	it('is not ordered anew a second time', () => {
		const run = retried('2');
		const again = placed(run, requestFor(0, changed), { replaces: [ID] });
		run.ledger.created(again, [videoOf(OTHER_ID)], []);
		const found = taken(run, [requestFor(0, { body: { prompt: 'c' } })]);
		expect([found.pending, idsOf(found)]).toEqual([[], [OTHER_ID]]);
	});
});

describe('an audio update', () => {
	const audio = (itemIndex: number): OrderRequest =>
		requestFor(itemIndex, { endpoint: 'updateAudio', place: ID, body: { pre_video_id: ID, audio_type: 1 } });

	it('for the same video is bought once, for whichever items', () => {
		const run = runFor([{}, {}]);
		run.ledger.created(placed(run, audio(0)), [videoOf(OTHER_ID)], []);
		const { pending, results } = taken(run, [audio(0), audio(1)]);
		expect([pending, results.map(({ itemIndex }) => itemIndex)]).toEqual([[], [0, 1]]);
	});
});
