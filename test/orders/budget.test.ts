// Who is let out while others are on their way, without a network and in any order of the answers.

import fc from 'fast-check';

import { Budget } from '../../nodes/AkoolImageToVideo/orders/budget';
import { Ledger } from '../../nodes/AkoolImageToVideo/orders/ledger';
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
