// Who is let out while others are on their way, without a network and in any order of the answers.

import fc from 'fast-check';

import { Budget, type Admission } from '../../nodes/AkoolImageToVideo/orders/budget';
import { Ledger } from '../../nodes/AkoolImageToVideo/orders/ledger';
import type { KeptOrder } from '../../nodes/AkoolImageToVideo/orders/ledgerSchema';
import { priceKindOf } from '../../nodes/AkoolImageToVideo/orders/orderKey';
import { requestFor, videoOf } from './samples';

describe('the price kind of an order', () => {
	const kind = (body: object, source = ''): string => priceKindOf(requestFor(0, { body: { ...body } }), source);
	it.each([
		['a prompt', { prompt: 'a' }, { prompt: 'b' }, true],
		['a negative prompt', { negative_prompt: 'a' }, { negative_prompt: '' }, true],
		['an image', { image_url: 'https://example.com/a' }, { image_url: 'https://example.com/b' }, true],
		['the order of fields', { a: 1, b: 2 }, { b: 2, a: 1 }, true],
		['a last image, or none', { last_image_url: 'https://example.com/a' }, {}, false],
		['a switch named like a text', { extend_prompt: true }, { extend_prompt: false }, false],
		['a list named like a text', { multi_prompt: [{ duration: 3 }] }, { multi_prompt: [{ duration: 15 }] }, false],
		[
			'a list of addresses',
			{ ref_url: ['https://example.com/a'] },
			{ ref_url: ['https://example.com/a', 'https://example.com/b'] },
			false,
		],
		[
			'other addresses of the same number',
			{ ref_url: ['https://example.com/a'] },
			{ ref_url: ['https://example.com/b'] },
			true,
		],
		['a resolution', { resolution: '720p' }, { resolution: '4k' }, false],
		['a field that nobody knows', { quality: 'high' }, { quality: 'low' }, false],
		['a nested field', { more: { fps: 24 } }, { more: { fps: 60 } }, false],
	])('depends on everything but texts and addresses: %s', (_, one, other, isSame) => {
		expect(kind(one) === kind(other)).toBe(isSame);
	});

	it('depends on the source and the operation', () => {
		expect(kind({}, '5')).not.toBe(kind({}, '10'));
		expect(priceKindOf(requestFor(0, { body: {}, endpoint: 'createBatch' }), '')).not.toBe(kind({}));
	});
});

it('lets at most one order pass the limit, whatever the kinds cost and whenever the answers come', async () => {
	const plan = fc.record({
		prices: fc.array(fc.constantFrom(0, 5, 20, 90, 300), { minLength: 3, maxLength: 3 }),
		kinds: fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 12 }),
		maxCredits: fc.integer({ min: 1, max: 400 }),
	});
	await fc.assert(
		fc.asyncProperty(plan, fc.scheduler(), async ({ prices, kinds, maxCredits }, scheduler) => {
			const ledger = new Ledger({}, '1');
			const budget = new Budget(ledger, maxCredits);
			let total = 0;
			let passed = 0;
			const orders = kinds.map(async (kind, n) => {
				const facts = {
					run: 'r0',
					slot: `s${n}`,
					contentHash: 'c',
					carriesKey: false,
					isCalledBack: false,
					replaces: [],
					atMs: 1,
				};
				const admission = await budget.admit({ priceKind: `p${kind}`, videoCount: 1 }, () =>
					ledger.place(requestFor(0), { ...facts, priceKind: `p${kind}`, before: undefined }),
				);
				if (admission.kind === 'refused') return;
				await scheduler.schedule(Promise.resolve(), `answer ${n}`);
				const price = prices[kind] ?? 0;
				total += price;
				if (total > maxCredits) passed++;
				ledger.created(admission.order, [videoOf(`v${n}`, { deduction_credit: price })], []);
				budget.release();
			});
			await scheduler.waitFor(Promise.all(orders));
			expect(passed).toBeLessThanOrEqual(1);
		}),
		{ numRuns: 200 },
	);
});

describe('an order under Maximum Credits', () => {
	const NOT_PRICED = 'Video not created: Akool has not said what a video costs';
	const REACHED = "Video not created: it would exceed 'Limit: Maximum Credits'";
	const SPENT = "Video not created: 'Limit: Maximum Credits' is reached";

	function place(ledger: Ledger, slot: string, priceKind: string): KeptOrder {
		const facts = { run: 'r0', contentHash: 'c', carriesKey: false, isCalledBack: false, replaces: [], atMs: 1 };
		return ledger.place(requestFor(0), { ...facts, slot, priceKind, before: undefined });
	}

	/** A ledger with one video of the kind `known`. */
	function spent(deduction_credit: number | undefined): Ledger {
		const ledger = new Ledger({}, '1');
		ledger.created(place(ledger, 'first', 'known'), [videoOf('first', { deduction_credit })], []);
		return ledger;
	}

	const wordsOf = (admission: Admission): string =>
		admission.kind === 'refused' ? `${admission.message.title}. ${admission.message.description}` : 'admitted';

	it.each<[string, number | undefined, string, number, number | undefined, string[]]>([
		['without a limit', 20, 'known', 9, undefined, ['admitted']],
		['of a known price that just fits', 20, 'known', 1, 40, ['admitted']],
		['of a known price that does not', 20, 'known', 1, 39, [REACHED, 'spent 20 of 39', 'expected to cost 20']],
		['of several videos that just fit', 20, 'known', 2, 60, ['admitted']],
		['of several videos that do not', 20, 'known', 2, 59, [REACHED, 'expected to cost 40']],
		['of a new kind below the limit', 20, 'new', 1, 21, ['admitted']],
		['of a new kind at the limit', 20, 'new', 1, 20, [SPENT, 'spent 20 of 20']],
		['where a price is not known', undefined, 'known', 1, 1_000, [NOT_PRICED]],
		['where a price of nothing was named', 0, 'new', 1, 1_000, [NOT_PRICED]],
	])('is admitted or refused %s', async (_, credits, priceKind, videoCount, limit, words) => {
		const ledger = spent(credits);
		const admission = await new Budget(ledger, limit).admit({ priceKind, videoCount }, () =>
			place(ledger, 's', priceKind),
		);
		for (const word of words) expect(wordsOf(admission)).toContain(word);
		expect(ledger.ofSlot('s')).toHaveLength(admission.kind === 'admitted' ? 1 : 0);
	});

	it.each([
		[59, REACHED],
		[60, 'admitted'],
	])('counts one of unknown outcome with the price of its kind (limit %d)', async (limit, words) => {
		const ledger = spent(20);
		ledger.note(place(ledger, 'unknown', 'known'), { state: 'unknown' });
		const budget = new Budget(ledger, limit);
		const admission = await budget.admit({ priceKind: 'known', videoCount: 1 }, () => place(ledger, 's', 'known'));
		expect(wordsOf(admission)).toContain(words);
	});

	it.each<[string, string, string, number, (ledger: Ledger, order: KeptOrder) => void, string]>([
		['the price is known', 'new', 'new', 60, (ledger, order) => ledger.created(order, [videoOf('v')], []), 'admitted'],
		['it is refused', 'new', 'new', 60, (ledger, order) => ledger.note(order, { state: 'refused' }), 'admitted'],
		['it is unknown', 'new', 'new', 60, (ledger, order) => ledger.note(order, { state: 'unknown' }), NOT_PRICED],
		['a place is free', 'known', 'known', 40, (ledger, order) => ledger.note(order, { state: 'refused' }), 'admitted'],
		['no place is free', 'known', 'known', 40, (ledger, order) => ledger.created(order, [videoOf('v')], []), REACHED],
		['nothing else is', 'known', 'new', 60, (ledger, order) => ledger.created(order, [videoOf('v')], []), 'admitted'],
	])('waits for one that is on its way until %s', async (_, firstKind, priceKind, limit, answer, words) => {
		const ledger = spent(20);
		const budget = new Budget(ledger, limit);
		const first = await budget.admit({ priceKind: firstKind, videoCount: 1 }, () => place(ledger, 'a', firstKind));
		if (first.kind === 'refused') throw new Error('the first was refused');
		const seen: string[] = [];
		const second = budget.admit({ priceKind, videoCount: 1 }, () => place(ledger, 'b', priceKind));
		const done = second.then((admission) => seen.push(wordsOf(admission)));
		await new Promise(setImmediate);
		expect(seen).toEqual([]);
		answer(ledger, first.order);
		budget.release();
		await done;
		expect(seen[0]).toContain(words);
	});
});
