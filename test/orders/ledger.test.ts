// What is kept of orders, without a network: read whole or not at all, and summed up as it changes.

import type { AkoolVideo } from '../../nodes/AkoolImageToVideo/akool/video';
import { Ledger, LEDGER_FIELD } from '../../nodes/AkoolImageToVideo/orders/ledger';
import {
	isIncomplete,
	isLedger,
	type KeptOrder,
	type OrderState,
} from '../../nodes/AkoolImageToVideo/orders/ledgerSchema';
import type { OrderRequest } from '../../nodes/AkoolImageToVideo/orders/orderRequest';
import { requestFor, videoOf } from './samples';

const ID = '6891abe782f7cd2a890c44ba';

const video = (more: object = {}): AkoolVideo => videoOf(ID, more);

function place(
	ledger: Ledger,
	slot = 'r0.0.create.0',
	more: Partial<OrderRequest> = {},
	replaces: string[] = [],
): KeptOrder {
	const facts = {
		run: 'r0',
		slot,
		contentHash: 'c',
		priceKind: 'p',
		carriesKey: false,
		isCalledBack: false,
		replaces,
		atMs: 1,
	};
	return ledger.place(requestFor(0, more), { ...facts, before: undefined });
}

/** As n8n keeps it. */
const kept = (store: Record<string, unknown>): Record<string, unknown> => JSON.parse(JSON.stringify(store));

describe('a stored ledger', () => {
	it.each<[OrderState, OrderState]>([
		['reserved', 'refused'],
		['sent', 'unknown'],
		['created', 'created'],
		['refused', 'refused'],
		['unknown', 'unknown'],
		['cleared', 'cleared'],
	])('loads an order that was %s as %s', (before, after) => {
		const store: Record<string, unknown> = {};
		const ledger = new Ledger(store, '1');
		ledger.note(place(ledger), { state: before });
		expect(new Ledger(kept(store), '1').orders().map(({ state }) => state)).toEqual([after]);
	});

	it('is written with the first order and not before', () => {
		const store: Record<string, unknown> = {};
		const ledger = new Ledger(store, '1');
		expect(store).toEqual({});
		place(ledger);
		expect(isLedger(store[LEDGER_FIELD])).toBe(true);
	});

	it('cannot be read if any field of an order is missing or of another type', () => {
		const store: Record<string, unknown> = {};
		const ledger = new Ledger(store, '1');
		const order = place(ledger);
		ledger.created(order, [video()], []);
		const optional = ['code', 'before'];
		for (const name of Object.keys(order).filter((field) => !optional.includes(field))) {
			for (const damage of [undefined, {}, Number.NaN]) {
				const damaged = kept(store);
				const found = structuredClone(damaged[LEDGER_FIELD]);
				if (!isLedger(found) || found.orders[0] === undefined) throw new Error('the ledger was damaged before');
				Object.assign(found.orders[0], { [name]: damage });
				if (name === 'comparedFields' && damage !== undefined && !Number.isNaN(damage)) continue;
				damaged[LEDGER_FIELD] = found;
				const read = new Ledger(damaged, '1');
				expect([name, read.unreadable === undefined, read.orders()]).toEqual([name, false, []]);
				if (name !== 'videos') expect(read.unreadable).toContain(ID);
				expect(() => place(read)).toThrow('cannot be read');
				expect(damaged[LEDGER_FIELD]).toBe(found);
			}
		}
	});

	it.each<[string, object]>([
		['an order without a key', { key: '' }],
		['a place of an item below the first', { item: -1 }],
		['half a video', { asked: 0.5 }],
		['a code that is a text', { code: '1003' }],
		['a balance without an account', { before: { credits: 1, booked: 0, atMs: 1, account: '' } }],
		['a video without an ID', { videos: [{ id: '', row: {} }] }],
		['a price that is a text', { videos: [{ id: ID, row: {}, price: '20' }] }],
		['a reason that is none', { shortfalls: [1] }],
	])('is not read with %s', (_, damage) => {
		const store: Record<string, unknown> = {};
		Object.assign(place(new Ledger(store, '1')), damage);
		expect(new Ledger(kept(store), '1').unreadable).toBeDefined();
	});

	it('names every video ID if it cannot be read, whatever the form of the ID', () => {
		const store = {
			[LEDGER_FIELD]: {
				orders: [{ videos: [{ row: { _id: 'v-2', team_id: '6891abe782f7cd2a890c44ff' } }, { row: { _id: 7 } }] }],
				note: `saw ${ID}, ${ID}`,
			},
		};
		expect(new Ledger(store, '1').unreadable).toEqual(['v-2', '7', ID]);
	});

	it('is not current for another execution, or if n8n’s stored data was replaced', () => {
		const store: Record<string, unknown> = {};
		const ledger = new Ledger(store, '1');
		place(ledger);
		expect([ledger.isCurrent('1'), ledger.isCurrent('2')]).toEqual([true, false]);
		Object.assign(store, kept(store));
		expect(ledger.isCurrent('1')).toBe(false);
		store[LEDGER_FIELD] = 'damaged';
		expect(new Ledger(store, '1').isCurrent('1')).toBe(false);
	});

	it.each([1, undefined])('of version %j cannot be read', (version) => {
		const store = { [LEDGER_FIELD]: { version, salt: 's', orders: [] } };
		expect(new Ledger(store, '1').unreadable).toEqual([]);
	});
});

describe('an order', () => {
	it.each<[OrderState, boolean]>([
		['reserved', true],
		['refused', true],
		['cleared', true],
		['unknown', false],
		['created', false],
		['sent', false],
	])('that was %s is replaced by the next one of its slot: %s', (state, isSame) => {
		const ledger = new Ledger({}, '1');
		const first = place(ledger);
		ledger.note(first, { state });
		const second = place(ledger);
		expect([second === first, ledger.orders().length, second.turn]).toEqual([isSame, isSame ? 1 : 2, isSame ? 0 : 1]);
	});

	it('has a different key in every ledger, execution, slot and turn', () => {
		const keys = ['1', '2'].flatMap((execution) => {
			const ledger = new Ledger({}, execution);
			return ['r0.0.create.0', 'r0.1.create.0'].map((slot) => place(ledger, slot).key);
		});
		expect(new Set(keys).size).toBe(4);
	});
});

it.each<[string, boolean, Partial<KeptOrder>]>([
	['does not mention one', true, {}],
	['mentions all', false, { unmentioned: 0 }],
	['does not mention one of an order without a key', false, { carriesKey: false }],
	['does not come', false, { state: 'unknown' }],
])('an order is worth a search if Akool’s answer %s: %p', (_, isWorthIt, more) => {
	const order = { ...place(new Ledger({}, '1')), state: 'created' as const, unmentioned: 1, carriesKey: true };
	expect(isIncomplete({ ...order, ...more })).toBe(isWorthIt);
});

describe('later answers about videos', () => {
	const OTHER_ID = '6891abe782f7cd2a890c44bb';
	const prices = ({ videos }: KeptOrder) => videos.map(({ id, price }) => [id, price]);

	it('change only these videos, and none of another ledger', () => {
		const ledger = new Ledger({}, '1');
		const order = place(ledger, 's', { videoCount: 2 });
		ledger.created(order, [video(), video({ _id: OTHER_ID })], []);
		ledger.learn([video({ _id: 'other' }), video({ deduction_credit: 30 })]);
		expect(prices(order)).toEqual([
			[ID, 30],
			[OTHER_ID, 20],
		]);
	});

	it('add videos to an order, and never remove one or its price', () => {
		const ledger = new Ledger({}, '1');
		const order = place(ledger, 's', { videoCount: 2 });
		ledger.created(order, [video()], []);
		ledger.created(order, [video({ deduction_credit: 0 }), video({ _id: OTHER_ID })], []);
		expect(prices(order)).toEqual([
			[ID, 20],
			[OTHER_ID, 20],
		]);
		expect(ledger.firstIds(1)).toEqual([ID]);
	});

	it.each([
		['one of this execution', [ID], '1', true],
		['one that was ordered before a retry', [ID], '2', false],
		['one that was ordered without an address', [OTHER_ID], '1', false],
		['one of each', [ID, OTHER_ID], '1', false],
		['one of nobody', ['other'], '1', false],
	])('say whether Akool calls this execution about %s', (_, ids, executionId, isCalledBack) => {
		const ledger = new Ledger({}, '1');
		const called = place(ledger, 's');
		called.isCalledBack = true;
		ledger.created(called, [video()], []);
		ledger.created(place(ledger, 't'), [video({ _id: OTHER_ID })], []);
		expect(ledger.isCalledBackAbout(ids, executionId)).toBe(isCalledBack);
	});
});

describe('the sums of a ledger', () => {
	const sums = (ledger: Ledger) => {
		const { spent, charged, videos } = ledger.sums;
		return { spent, charged, videos, unsettled: ledger.sums.unsettled() };
	};

	it('follow an order from its reservation to its price, and back', () => {
		const ledger = new Ledger({}, '1');
		const order = place(ledger, 's', { videoCount: 2 });
		expect(sums(ledger)).toEqual({ spent: 0, charged: 0, videos: 2, unsettled: undefined });
		ledger.created(order, [video()], ['flagged']);
		expect(sums(ledger)).toEqual({ spent: 20, charged: 20, videos: 1, unsettled: 0 });
		place(ledger, 't');
		expect(sums(ledger)).toEqual({ spent: 20, charged: 20, videos: 2, unsettled: 20 });
		ledger.learn([video({ deduction_credit: 90 })]);
		expect(sums(ledger)).toEqual({ spent: 90, charged: 90, videos: 2, unsettled: 90 });
		ledger.learn([video({ deduction_credit: 0, status: 4 })]);
		expect(sums(ledger)).toEqual({ spent: 0, charged: 90, videos: 2, unsettled: 90 });
	});

	it.each<[OrderState, { videos: number; unsettled: number | undefined }]>([
		['reserved', { videos: 1, unsettled: undefined }],
		['sent', { videos: 1, unsettled: undefined }],
		['unknown', { videos: 1, unsettled: undefined }],
		['refused', { videos: 0, unsettled: 0 }],
		['cleared', { videos: 0, unsettled: 0 }],
	])('count an order of unknown price that is %s while it may be charged', (state, expected) => {
		const ledger = new Ledger({}, '1');
		ledger.note(place(ledger), { state });
		expect(sums(ledger)).toEqual({ spent: 0, charged: 0, ...expected });
	});

	it('count a video that Akool’s answer does not mention until it is known', () => {
		const ledger = new Ledger({}, '1');
		const order = place(ledger, 's', { videoCount: 3 });
		ledger.created(order, [video()], ['flagged']);
		expect(sums(ledger)).toEqual({ spent: 20, charged: 20, videos: 2, unsettled: 20 });
		expect(order.shortfalls).toEqual(['flagged', 'its answer says nothing about the others']);
		ledger.created(order, [video({ _id: 'other' })], ['flagged']);
		expect(sums(ledger)).toEqual({ spent: 40, charged: 40, videos: 2, unsettled: 0 });
		expect(order.shortfalls).toEqual(['flagged']);
	});

	it('know no total if a price is missing', () => {
		const ledger = new Ledger({}, '1');
		ledger.created(place(ledger), [video({ deduction_credit: -1 })], []);
		expect(sums(ledger)).toEqual({ spent: 0, charged: 0, videos: 1, unsettled: undefined });
		ledger.learn([video({ deduction_credit: '25' })]);
		expect(sums(ledger)).toEqual({ spent: 25, charged: 25, videos: 1, unsettled: 0 });
	});

	it('count a replaced failed video once', () => {
		const ledger = new Ledger({}, '1');
		ledger.created(place(ledger), [video({ status: 4 })], []);
		const again = place(ledger, 'r0.0.create.0', {}, [ID]);
		expect(ledger.sums.videos).toBe(1);
		ledger.note(again, { state: 'refused' });
		expect(ledger.sums.videos).toBe(1);
		ledger.created(again, [video({ _id: 'other' })], []);
		expect(ledger.sums.videos).toBe(1);
		expect(
			new Ledger(kept({ [LEDGER_FIELD]: { version: 2, salt: 's', orders: ledger.orders() } }), '1').sums.videos,
		).toBe(1);
	});
});
