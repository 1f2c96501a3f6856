import { watchLog } from './n8n';
import { at, CONTINUE, create, createBatch, madeIds, onVideos, setUpHarness } from './harness';

const harness = setUpHarness();
const creates = (): number => harness.sandbox.countRequests('create');
const MADE_ID = '6afffb960b39d65808cd2291';
const row = (id: string): object => ({ _id: id, create_time: Date.now(), status: 1, deduction_credit: 20 });
/** Lets Akool answer a batch with these rows, and nothing of what is missing. */
const answerBatch = (successList: object[]): void => {
	harness.sandbox.addFault({
		on: 'batch',
		kind: 'status',
		status: 200,
		body: { code: 1000, msg: 'OK', data: { successList, errorList: [] } },
	});
};

describe('custom data', () => {
	it('holds the IDs of a run with many videos, within n8n’s limits', async () => {
		harness.sandbox.credits = 100_000;
		const { customData } = await harness.run(create({ waitForCompletion: false, options: { concurrency: 20 } }), {
			items: Array.from({ length: 90 }, () => ({})),
		});
		const kept = Object.values(customData);
		expect(kept).toHaveLength(8);
		expect(kept.every((value) => value.length <= 255)).toBe(true);
		expect(kept.join().split(',')).toHaveLength(80);
	});
});

describe('n8n’s log', () => {
	it('names each video with its price and the execution as soon as it is created', async () => {
		const log = watchLog();
		await harness.run(createBatch({ count: 2, waitForCompletion: false }));
		const lines = madeIds(harness.sandbox).map(
			(id) => `info: Akool Image to Video: Akool has created video ${id} for 5 credits for execution 4711`,
		);
		expect(log.filter((line) => line.startsWith('info: '))).toEqual(lines);
	});

	it('names every video in flight when the execution was stopped, and nothing more is sent', async () => {
		const log = watchLog();
		harness.sandbox.addFault({ on: 'create', kind: 'hold', times: 4 });
		let stop: () => void = () => undefined;
		const parameters = create({ prompt: '={{ $json.text }}', options: { waitMode: 'polling', concurrency: 4 } });
		const items = ['a', 'b', 'c', 'd', 'e', 'f'].map((text) => ({ text }));
		const running = harness.run(parameters, { mode: 'trigger', items, onStart: (cancel) => (stop = cancel) });
		await harness.clock.until(() => creates() >= 4);
		stop();
		harness.sandbox.release();
		await running;
		const named = (): string[] => log.filter((line) => line.includes('after the execution was stopped'));
		await harness.clock.until(() => named().length >= 4);
		await harness.clock.settle();
		for (const id of madeIds(harness.sandbox))
			expect(named().join('\n')).toContain(`has created video ${id} for 20 credits`);
		expect(named()).toHaveLength(4);
		expect(creates()).toBe(4);
		expect(harness.sandbox.countRequests('results')).toBe(0);
	});
});

describe('custom data of several runs of a node', () => {
	it('keeps the IDs of two Akool nodes in one workflow', async () => {
		const { customData } = await harness.run(create({ waitForCompletion: false }), { twice: true });
		expect(harness.sandbox.jobs).toHaveLength(2);
		expect(Object.values(customData).join().split(',')).toEqual(madeIds(harness.sandbox));
	});

	it('keeps the IDs of all rounds of a loop, each once', async () => {
		const { customData } = await harness.run(create({ waitForCompletion: false }), {
			loop: true,
			items: [{ a: 1 }, { a: 2 }, { a: 3 }],
		});
		expect(Object.values(customData).join().split(',')).toEqual(madeIds(harness.sandbox));
	});
});

describe('the error of a run with many items', () => {
	const COUNT = 20;

	it('names every item whose video may exist, and every such video', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'resetAfter', times: Infinity });
		const parameters = create({
			prompt: '={{ $json.text }}',
			waitForCompletion: false,
			// An address of the user's own proves nothing.
			options: { concurrency: COUNT, webhookUrl: 'https://example.com/hook' },
		});
		const items = Array.from({ length: COUNT }, (_, item) => ({ text: `image ${Math.floor(item / 2)}` }));
		const { error } = await harness.run(parameters, { items });
		expect(madeIds(harness.sandbox)).toHaveLength(COUNT);
		expect(error?.message).toBe('Akool may have created this video: check before retrying [Item 0]');
		for (let item = 1; item < COUNT; item++)
			expect(error?.description).toContain(`Item ${item}: Akool may have created this video: check before retrying.`);
		for (const id of madeIds(harness.sandbox)) expect(error?.description).toContain(id);
		expect(error?.description).not.toContain('more.');
	});

	it('names what cost nothing once, with ten of its items and the number of the others', async () => {
		const { error } = await harness.run(create({ prompt: '={{ $json.text }}' }), {
			items: [...Array.from({ length: COUNT }, () => ({})), { text: 'turn' }],
		});
		expect(error?.message).toBe("'Prompt' is empty [Item 0]");
		expect(error?.description).toContain('<br><br>The same for items 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 9 more.');
		expect(error?.description).not.toContain("'Prompt' is empty");
	});

	it('names ten kinds of messages, and the number of further items', async () => {
		const { error } = await harness.run(onVideos('get', '={{ "wrong" + $itemIndex }}'), {
			items: Array.from({ length: COUNT }, () => ({})),
		});
		expect(error?.description).toContain("Item 10: 'Video IDs' holds something that is not an ID: wrong10.");
		expect(error?.description).not.toContain('wrong11');
		expect(error?.description).toContain('And 9 more.');
	});
});

describe('a batch whose answer has fewer rows than videos ordered', () => {
	it('returns the created videos, and says in the item that the others are unknown', async () => {
		answerBatch([row(MADE_ID)]);
		const { items } = await harness.run(createBatch({ count: 3, waitForCompletion: false }));
		expect(items.map(({ json }) => json._id ?? json.error)).toEqual([MADE_ID, 'Akool created 1 of 3 videos']);
		expect(at(items, 1).json.error_description).toContain('its answer says nothing about the others');
		expect(at(items, 1).pairedItem).toEqual({ item: 0 });
	});

	it('reports that beside the right item', async () => {
		answerBatch([row(MADE_ID)]);
		const { items } = await harness.run(
			createBatch({ count: 2, waitForCompletion: false, options: { concurrency: 1 } }),
			{ items: [{}, {}], settings: CONTINUE },
		);
		expect(items.map(({ json, pairedItem }) => [json.error !== undefined, pairedItem])).toEqual([
			[false, { item: 0 }],
			[true, { item: 0 }],
			[false, { item: 1 }],
			[false, { item: 1 }],
		]);
	});
});
