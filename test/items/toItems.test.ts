import { parseVideo, type AkoolVideo } from '../../nodes/AkoolImageToVideo/akool/video';
import { deliver } from '../../nodes/AkoolImageToVideo/items/toItems';
import type { ItemResult } from '../../nodes/AkoolImageToVideo/items/itemResult';
import { beginRun, type Run } from '../../nodes/AkoolImageToVideo/orders/run';
import { executeContext } from '../integration/engine';
import { CONTINUE, createBatch, ERROR_OUTPUT, setUpHarness, type Settings } from '../integration/harness';

const harness = setUpHarness();
const ORDER_KEY = 'salt.4711.r0.0.createBatch.0.0';
const OWNED = {
	kind: 'video',
	orderKey: ORDER_KEY,
	delivery: { onVideoFailure: 'error', output: 'simplified' },
} as const;
const MESSAGE = { title: 'It did not work out', description: 'Do something.' };

function video(id: string, status: number): AkoolVideo {
	const parsed = parseVideo({ _id: id, status });
	if (parsed === undefined) throw new Error('no video');
	return parsed;
}

async function runWith(settings: Settings): Promise<Run> {
	return await beginRun(executeContext({ parameters: createBatch(), credential: harness.freshCredential(), settings }));
}

const error = (more: Partial<Extract<ItemResult, { kind: 'error' }>>): ItemResult => ({
	kind: 'error',
	itemIndex: 0,
	message: MESSAGE,
	orderKey: ORDER_KEY,
	...more,
});

describe('an item with an order', () => {
	it('carries the order’s key if its wait timed out, and not if it is finished', async () => {
		const items = deliver(await runWith({}), [
			{ ...OWNED, itemIndex: 0, video: video('a', 3), timedOut: false },
			{ ...OWNED, itemIndex: 1, video: video('b', 2), timedOut: true },
		]);
		expect(items.map(({ json }) => [json._id, json.timed_out, json.order_key])).toEqual([
			['a', undefined, undefined],
			['b', true, ORDER_KEY],
		]);
	});

	it('carries the key and the ID if it is returned with an error', async () => {
		const items = deliver(await runWith(CONTINUE), [error({}), error({ video: video('a', 4) })]);
		expect(items.map(({ json }) => [json._id, json.order_key])).toEqual([
			[undefined, ORDER_KEY],
			['a', ORDER_KEY],
		]);
	});

	it('has the key in its message on the error output, which takes no further fields', async () => {
		const [item] = deliver(await runWith(ERROR_OUTPUT), [error({ video: video('a', 4) })]);
		expect(Object.keys(item?.json ?? {})).toEqual(['error', 'message']);
		expect(item?.json.message).toContain(`\n\nVideo ID: a\n\norder_key: ${ORDER_KEY}`);
	});
});
