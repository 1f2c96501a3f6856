// What users ran into with money: prices that differ by kind, prices that are none, failed videos, orders that come back, and state that cannot be read.

import type { IDataObject } from 'n8n-workflow';

import { credentialFor, executeContext, retry } from '../../integration/engine';
import {
	at,
	CONTINUE,
	create,
	createBatch,
	madeIds,
	RETRY,
	setUpHarness,
	updateAudio,
} from '../../integration/harness';
import { execute } from '../../../nodes/AkoolImageToVideo/actions/router';

const harness = setUpHarness();
const NO_WAIT = { waitForCompletion: false };
const spent = (): number => harness.sandbox.jobs.reduce((sum, job) => sum + job.deduction_credit, 0);
const prompts = (count: number): IDataObject[] => Array.from({ length: count }, (_, n) => ({ n }));

afterEach(() => harness.sandbox.change({ prices: [], listEnabled: true }));

describe('Maximum Credits', () => {
	it('is passed by at most one order if the first item is cheap and the others are expensive', async () => {
		harness.sandbox.change({ prices: [{ credits: 300, match: { resolution: '4k' } }] });
		const parameters = create({
			...NO_WAIT,
			prompt: '={{ $json.n }}',
			resolution: '={{ $json.n === 0 ? "720p" : "4k" }}',
			options: { maxCredits: 500, concurrency: 20 },
		});
		const { json } = await harness.run(parameters, { items: prompts(21), settings: CONTINUE });
		expect(spent()).toBe(320);
		expect(json).toHaveLength(21);
	});

	it.each([0, -5, null, 'free'])('creates nothing more after an answer that names the price %j', async (price) => {
		harness.sandbox.addFault({ on: 'create', kind: 'price', price, times: Infinity });
		const parameters = create({ ...NO_WAIT, prompt: '={{ $json.n }}', options: { maxCredits: 100 } });
		const { json } = await harness.run(parameters, { items: prompts(30), settings: CONTINUE });
		expect(harness.sandbox.jobs).toHaveLength(1);
		expect(json.filter(({ error }) => error !== undefined)).toHaveLength(29);
	});

	it('uses the price from later answers in the next round of a loop', async () => {
		harness.sandbox.change({ prices: [{ credits: 20, said: 20, later: 90 }] });
		const parameters = create({ prompt: '={{ $json.n }}', options: { waitMode: 'polling', maxCredits: 100 } });
		await harness.run(parameters, { items: prompts(3), loop: true, settings: CONTINUE });
		expect(harness.sandbox.jobs).toHaveLength(1);
	});

	it('treats audio for a long and for a short video as different kinds', async () => {
		const short = await harness.finishedVideo();
		const { json } = await harness.run(create({ ...NO_WAIT, videoLength: 10 }));
		harness.sandbox.finishAll();
		const long = String(at(json, 0)._id);
		const before = spent();
		const parameters = updateAudio('={{ $json.id }}', { ...NO_WAIT, options: { maxCredits: 9, concurrency: 4 } });
		await harness.run(parameters, { items: [{ id: short }, { id: long }], settings: CONTINUE });
		expect(spent() - before).toBeLessThanOrEqual(15);
	});
});

describe('Minimum Balance', () => {
	it('does not count locked credits', async () => {
		harness.sandbox.credits = 120;
		harness.sandbox.change({ lockCredit: 50 });
		const { error } = await harness.run(create({ ...NO_WAIT, options: { minBalance: 100 } }));
		harness.sandbox.change({ lockCredit: null });
		expect(error?.message).toContain('but the account has 70');
	});
});

describe('a successful answer', () => {
	it.each(['number', 'uuid', 'nested', 'short'])(
		'is kept and waited for if its ID has another form: %s',
		async (shape) => {
			harness.sandbox.addFault({ on: 'create', kind: 'oddId', shape });
			const { json } = await harness.run(create());
			expect(json).toEqual([expect.objectContaining({ _id: expect.any(String), status: 3 })]);
			expect(harness.sandbox.countRequests('create')).toBe(1);
		},
	);
});

describe('a rate limit', () => {
	it('of a minute delays all orders of a run, and each is sent until it is accepted', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1005, times: Infinity, forSeconds: 60 });
		const parameters = create({ ...NO_WAIT, prompt: '={{ $json.n }}', options: { concurrency: 10 } });
		const { json, error } = await harness.run(parameters, { items: prompts(10) });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(10);
		expect(harness.sandbox.countRequests('create')).toBeLessThan(40);
	});

	it('on orders per minute slows down a run that has more', async () => {
		harness.sandbox.change({ ordersPerMinute: 6 });
		const { json } = await harness.run(create({ ...NO_WAIT, prompt: '={{ $json.n }}' }), { items: prompts(15) });
		harness.sandbox.change({ ordersPerMinute: Infinity });
		expect(json).toHaveLength(15);
		expect(harness.sandbox.jobs).toHaveLength(15);
	});
});

describe('a failed video', () => {
	const FAILS = create({ prompt: '[sandbox: fail]' });
	const again = { credential: credentialFor, executionId: '4712' };
	const retried = (failed: Parameters<typeof retry>[0], parameters: typeof FAILS) =>
		retry(failed, { ...again, parameters, credential: credentialFor(harness.sandbox) });

	it('is ordered anew if the image was corrected before the execution was retried, and never by Retry On Fail', async () => {
		const failed = await harness.run(FAILS, { settings: RETRY });
		expect(harness.sandbox.jobs).toHaveLength(1);
		const { json } = await retried(failed, create({ prompt: 'fine', imageUrl: 'https://example.com/other.png' }));
		expect(harness.sandbox.jobs).toHaveLength(2);
		expect(json.map(({ _id, status }) => [_id, status])).toEqual([[madeIds(harness.sandbox)[1], 3]]);
	});

	it('is reported again if the execution is retried without a change', async () => {
		const failed = await harness.run(FAILS);
		const { error } = await retried(failed, FAILS);
		expect(error?.message).toContain(at(madeIds(harness.sandbox), 0));
		expect(harness.sandbox.jobs).toHaveLength(1);
	});
});

describe('an incoming order key', () => {
	it('takes its order up in a later run of the node, whatever the item asks for, and orders nothing', async () => {
		const first = await harness.run(
			create({ prompt: '[sandbox: seconds=900]', options: { waitMode: 'polling', waitTimeout: 0.1 } }),
		);
		const [item] = first.json;
		expect(item).toMatchObject({ timed_out: true, order_key: expect.any(String) });
		harness.sandbox.finishAll();
		const context = executeContext({
			parameters: create({ prompt: 'another', imageUrl: '={{ $json.nothing }}' }),
			credential: credentialFor(harness.sandbox),
			items: [item ?? {}],
		});
		const kept = Object.values(first.data.executionData?.contextData ?? {})[0];
		Object.assign(context.getContext('node'), structuredClone(kept));
		const [items = []] = await execute(context);
		expect(items.map(({ json }) => [json._id, json.status])).toEqual([[madeIds(harness.sandbox)[0], 3]]);
		expect(harness.sandbox.jobs).toHaveLength(1);
	});
});

describe('a ledger that cannot be read', () => {
	it.each([
		[
			'of another version',
			{ version: 99, salt: 's', orders: [{ videos: [{ row: { _id: '6891abe782f7cd2a890c44ba' } }] }] },
		],
		['that is damaged', [{ rows: [{ _id: '6891abe782f7cd2a890c44ba' }] }]],
		['that is cut', '{"orders":[{"_id":"6891abe782f7cd2a890c44ba"'],
	])('%s stops new orders, and the message names every ID in it', async (_, state) => {
		const context = executeContext({ parameters: create(NO_WAIT), credential: credentialFor(harness.sandbox) });
		const store = context.getContext('node');
		store.akoolLedger = state;
		await expect(execute(context)).rejects.toMatchObject({
			message: expect.stringContaining('Nothing was ordered'),
			description: expect.stringContaining('6891abe782f7cd2a890c44ba'),
		});
		expect(store.akoolLedger).toBe(state);
		expect(harness.sandbox.jobs).toHaveLength(0);
	});
});

describe('an order that was refused or not sent', () => {
	it('is placed again by Retry On Fail and by a retried execution', async () => {
		harness.sandbox.addFault({ on: 'batch', kind: 'code', code: 1006, times: 2 });
		const failed = await harness.run(createBatch({ ...NO_WAIT, count: 2 }), { settings: RETRY });
		expect(failed.error?.message).toContain('credits');
		const parameters = createBatch({ ...NO_WAIT, count: 2 });
		const credential = credentialFor(harness.sandbox);
		const { json } = await retry(failed, { parameters, credential, executionId: '4712' });
		expect(json.map(({ _id }) => _id)).toEqual(madeIds(harness.sandbox));
	});
});
