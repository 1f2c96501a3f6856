import isEqual from 'lodash/isEqual';

import type { INodeParameters } from 'n8n-workflow';

import { at, CONTINUE, create, createBatch, madeIds, RETRY, setUpHarness, updateAudio } from './harness';

const harness = setUpHarness();
/** Lets the first try fail once its videos are paid for. */
const firstTryFails = (): void => void harness.sandbox.addFault({ on: 'results', kind: 'code', code: 1200 });
const creates = (): number => harness.sandbox.countRequests('create');

describe('a binary image, whose signed link differs on each try', () => {
	const IMAGE = { imageSource: 'binary', imageBinaryField: 'data' };
	const image = {
		mimeType: 'image/png',
		data: 'filesystem-v2',
		id: 'filesystem-v2:some/file',
		fileName: 'bottle.png',
	};
	const inputs = [{ json: {}, binary: { data: image } }];

	it('is one order under Retry On Fail if the file did not arrive', async () => {
		firstTryFails();
		const { items } = await harness.run(create({ ...IMAGE, downloadVideo: true }), { inputs, settings: RETRY });
		expect(items.map(({ json, binary }) => [json._id, binary !== undefined])).toEqual([
			[at(madeIds(harness.sandbox), 0), true],
		]);
		expect(harness.sandbox.jobs).toHaveLength(1);
	});

	it('is found again on the next try if the first answer never came', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'resetAfter' });
		harness.sandbox.addFault({ on: 'list', kind: 'status', status: 404 });
		const { json, error } = await harness.run(create(IMAGE), { inputs, settings: RETRY });
		expect(error).toBeUndefined();
		expect(json.map(({ _id }) => _id)).toEqual(madeIds(harness.sandbox));
		expect(creates()).toBe(1);
	});
});

describe('parameters that differ on each try', () => {
	const CHANGING: ReadonlyArray<readonly [string, INodeParameters]> = [
		['a prompt with a random number', create({ downloadVideo: true, prompt: '=turn {{ Math.random() }} times' })],
		[
			'custom body fields with a random number',
			create({
				downloadVideo: true,
				options: { waitMode: 'polling', customBodyFields: '={{ { seed: Math.random() } }}' },
			}),
		],
		['a batch with a random number', createBatch({ downloadVideo: true, prompt: '=turn {{ Math.random() }} times' })],
	];

	it.each(CHANGING)('are one order under Retry On Fail: %s', async (_, parameters) => {
		firstTryFails();
		const { json, error } = await harness.run(parameters, { settings: RETRY });
		expect(error).toBeUndefined();
		expect(json.map(({ _id }) => _id)).toEqual(madeIds(harness.sandbox));
		expect(harness.sandbox.jobs).toHaveLength(1);
	});

	it.each(CHANGING)('are one order for each item, and each item gets its own video: %s', async (_, parameters) => {
		firstTryFails();
		const { json, items } = await harness.run(parameters, { items: [{}, {}, {}], settings: { ...RETRY, ...CONTINUE } });
		expect(items.every(({ binary }) => binary !== undefined)).toBe(true);
		expect(json.map(({ _id }) => _id).sort()).toEqual(madeIds(harness.sandbox).sort());
		expect(harness.sandbox.jobs).toHaveLength(3);
	});

	it('are not sent again if the outcome of the first try is unknown', async () => {
		harness.sandbox.addFault({ on: 'list', kind: 'status', times: Infinity });
		harness.sandbox.addFault({ on: 'create', kind: 'resetBefore' });
		const { error } = await harness.run(create({ prompt: '=turn {{ Math.random() }} times' }), { settings: RETRY });
		expect(error?.message).toBe('Akool may have created this video: check before retrying');
		expect(creates()).toBe(1);
	});
});

describe('several items that each name the same videos', () => {
	const finished = async (): Promise<string[]> => [
		await harness.finishedVideo('a'),
		await harness.finishedVideo('b'),
		await harness.finishedVideo('c'),
	];

	it('order new audio once for each video, all items get it, and the run says so once', async () => {
		const ids = await finished();
		const { items, hints } = await harness.run(updateAudio(ids.join()), { items: [{}, {}, {}] });
		const ordered = harness.sandbox.jobs.filter(({ kind }) => kind === 'audio');
		expect(ordered.map(({ body }) => body.pre_video_id).sort()).toEqual([...ids].sort());
		for (const item of [0, 1, 2]) {
			const own = items.filter(({ pairedItem }) => isEqual(pairedItem, { item }));
			expect(own.map(({ json }) => json._id).sort()).toEqual(ordered.map(({ _id }) => _id).sort());
		}
		expect(hints.filter((hint) => hint.startsWith('Several items'))).toHaveLength(1);
	});

	it('all get the error if their shared order is refused', async () => {
		const id = await harness.finishedVideo();
		harness.sandbox.addFault({ on: 'updateAudio', kind: 'code', code: 1003 });
		const { json } = await harness.run(updateAudio(id), { items: [{}, {}], settings: CONTINUE });
		expect(json.map(({ error_code: code }) => code)).toEqual([1003, 1003]);
		expect(harness.sandbox.countRequests('updateVideoAudio')).toBe(1);
	});

	it('stay one order for each video on the next try', async () => {
		const ids = await finished();
		firstTryFails();
		const { error } = await harness.run(updateAudio(ids.join(), { downloadVideo: true }), {
			items: [{}, {}],
			settings: RETRY,
		});
		expect(error).toBeUndefined();
		expect(harness.sandbox.countRequests('updateVideoAudio')).toBe(3);
	});

	it('are two orders if the audio differs', async () => {
		const id = await harness.finishedVideo();
		const parameters = updateAudio(id, { audioType: 2, audioUrl: '={{ $json.song }}' });
		await harness.run(parameters, {
			items: [{ song: 'https://example.com/1.mp3' }, { song: 'https://example.com/2.mp3' }],
		});
		expect(harness.sandbox.countRequests('updateVideoAudio')).toBe(2);
	});
});
