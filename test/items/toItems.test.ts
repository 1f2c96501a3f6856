import { parseVideo, type AkoolVideo } from '../../nodes/AkoolImageToVideo/akool/video';
import { deliver } from '../../nodes/AkoolImageToVideo/items/toItems';
import { beginRun, type Run } from '../../nodes/AkoolImageToVideo/orders/run';
import type { SpendRequest } from '../../nodes/AkoolImageToVideo/orders/orderRequest';
import { executeContext } from '../integration/engine';
import { createBatch, setStage } from '../integration/stage';

const stage = setStage();
const ORDER: SpendRequest = {
	itemIndex: 0,
	place: '',
	endpoint: 'createBatch',
	body: { prompt: 'again' },
	ownFiles: [],
	images: [],
	videoCount: 2,
	alsoFor: [],
};

function video(id: string, status: number): AkoolVideo {
	const parsed = parseVideo({ _id: id, status });
	if (parsed === undefined) throw new Error('no video');
	return parsed;
}

async function runWithBatch(): Promise<{ run: Run; left: () => string | undefined }> {
	const run = await beginRun(executeContext({ parameters: createBatch(), credential: stage.freshCredential() }));
	const entry = run.ledger.open(ORDER, 0, { credits: undefined, booked: 0 }, '');
	run.ledger.made(entry, [video('a', 1), video('b', 1)], []);
	return { run, left: () => entry.left };
}

describe('a batch that was parked with one video finished', () => {
	it('has left unfinished while the other one is waited for, and whole once that one is finished too', async () => {
		const { run, left } = await runWithBatch();
		const [first] = deliver(run, [
			{ kind: 'video', itemIndex: 0, video: video('a', 3), timedOut: false },
			{ kind: 'video', itemIndex: 0, video: video('b', 2), timedOut: true },
		]);
		expect(left()).toBe('unfinished');
		if (first === undefined) throw new Error('no item');
		deliver(run, [
			{ kind: 'settled', itemIndex: 0, item: first },
			{ kind: 'video', itemIndex: 0, video: video('b', 3), timedOut: false },
		]);
		expect(left()).toBe('whole');
	});

	it('is kept where the item of one video tells of a fault, so that the node takes it up when it runs again', async () => {
		const { run, left } = await runWithBatch();
		deliver(run, [
			{
				kind: 'settled',
				itemIndex: 0,
				item: { json: { _id: 'a', error: 'The file of video a could not be downloaded' } },
			},
			{ kind: 'video', itemIndex: 0, video: video('b', 3), timedOut: false },
		]);
		expect(left()).toBe('no');
	});
});
