// What a user chooses of a video's file and fields, on every way that a run can take: at once, by polling, parked, and by the trigger.

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { callParked, TriggerWorkflow } from '../../integration/calls';
import { credentialFor, resumeParked, type Outcome } from '../../integration/engine';
import {
	at,
	CONTINUE,
	create,
	createBatch,
	madeIds,
	onVideos,
	RETRY,
	setUpHarness,
	updateAudio,
} from '../../integration/harness';

const harness = setUpHarness();
const LONG = '[sandbox: seconds=1000000]';
const NAMED = { fileName: '={{ $json.product }}' };
const fileNames = ({ items }: Pick<Outcome, 'items'>): unknown[] => items.map(({ binary }) => binary?.data?.fileName);

/** Creates for these products while the execution is parked, and lets it go on. */
async function parkedAndResumed(parameters: INodeParameters, items: IDataObject[]): Promise<Outcome> {
	const parked = await harness.run(parameters, { items });
	expect(parked.status).toBe('waiting');
	for (const id of madeIds(harness.sandbox)) harness.sandbox.finishJob(id);
	const [id = ''] = madeIds(harness.sandbox).slice(-1);
	const call = await callParked(
		parked,
		credentialFor(harness.sandbox),
		harness.sandbox.makeCallback({ id, status: 3 }),
	);
	expect(call.items).toBeDefined();
	return await resumeParked({ parameters, credential: credentialFor(harness.sandbox) }, parked, call.items ?? []);
}

describe('File Name', () => {
	const items = [{ product: 'Red bottle' }, { product: 'red bottle' }, { product: '' }];

	it('names the files of Create, and gives no name twice', async () => {
		const options = { waitMode: 'polling', ...NAMED };
		const outcome = await harness.run(create({ downloadVideo: true, options }), { items });
		const id = String(at(outcome.json, 2)._id);
		expect(fileNames(outcome)).toEqual(['Red bottle.mp4', 'red bottle-2.mp4', `${id}.mp4`]);
	});

	it('is kept while the execution is parked', async () => {
		const options = { waitMode: 'callback', ...NAMED };
		const parameters = create({ prompt: LONG, downloadVideo: true, options });
		const outcome = await parkedAndResumed(parameters, items);
		const id = String(at(outcome.json, 2)._id);
		expect(fileNames(outcome)).toEqual(['Red bottle.mp4', 'red bottle-2.mp4', `${id}.mp4`]);
	});

	it('numbers the videos of a batch', async () => {
		const options = { waitMode: 'polling', fileName: 'bottle' };
		const outcome = await harness.run(createBatch({ count: 3, downloadVideo: true, options }));
		expect(fileNames(outcome)).toEqual(['bottle.mp4', 'bottle-2.mp4', 'bottle-3.mp4']);
	});

	it.each(['get', 'download'] as const)('works with %s', async (operation) => {
		const ids = [await harness.finishedVideo('a'), await harness.finishedVideo('b')];
		const parameters = onVideos(operation, '={{ $json.id }}', { downloadVideo: true, options: NAMED });
		const outcome = await harness.run(parameters, { items: ids.map((id) => ({ id, product: '../x' })) });
		expect(fileNames(outcome)).toEqual(['_x.mp4', '_x-2.mp4']);
	});

	it('applies to Update Audio', async () => {
		const options = { waitMode: 'polling', fileName: 'with audio' };
		const outcome = await harness.run(updateAudio(await harness.finishedVideo(), { downloadVideo: true, options }));
		expect(fileNames(outcome)).toEqual(['with audio.mp4']);
	});

	it('refuses a value that is not a text before anything is spent, for its item alone', async () => {
		const options = { waitMode: 'polling', fileName: '={{ { a: 1 } }}' };
		const { error } = await harness.run(create({ downloadVideo: true, options }));
		expect(error?.message).toContain("'File Name' holds an object");
		expect(harness.sandbox.jobs).toEqual([]);
	});

	it('applies to the trigger', async () => {
		const id = await harness.finishedVideo();
		const options = { downloadVideo: true, fileName: 'new: video' };
		const trigger = new TriggerWorkflow(credentialFor(harness.sandbox), { triggerOn: ['completed'], options });
		const { items: started } = await trigger.call(harness.sandbox.makeCallback({ id, status: 3 }));
		expect(started?.[0]?.binary?.data?.fileName).toBe('new_ video.mp4');
	});
});

it('the hints after a resume include those from before the execution was parked', async () => {
	const options = { waitMode: 'callback', maxCredits: 10 };
	const { hints } = await parkedAndResumed(create({ prompt: LONG, options }), [{}]);
	expect(hints.join()).toContain("'Limit: Maximum Credits' is 10, but 20 credits were charged");
});

describe('Selected Fields', () => {
	const SELECTED = { output: 'selectedFields', fields: ['video_url', 'batch_id', 'resolution'] };

	it.each([
		['among the options', { options: { waitMode: 'polling', ...SELECTED } }],
		['at the top level', { ...SELECTED }],
	])('set %s, returns these fields and the ID', async (_, chosen) => {
		const { json } = await harness.run(createBatch(chosen));
		expect(Object.keys(at(json, 0)).sort()).toEqual(['_id', 'batch_id', 'resolution', 'video_url']);
	});

	it('is kept while the execution is parked', async () => {
		const options = { waitMode: 'callback', ...SELECTED };
		const { json } = await parkedAndResumed(createBatch({ prompt: LONG, options }), [{}]);
		expect(Object.keys(at(json, 0)).sort()).toEqual(['_id', 'batch_id', 'resolution', 'video_url']);
	});

	it('keeps what a later run needs if the wait times out', async () => {
		const options = { waitMode: 'polling', waitTimeout: 0, output: 'selectedFields', fields: ['prompt'] };
		const { json } = await harness.run(create({ prompt: LONG, options }));
		expect(Object.keys(at(json, 0)).sort()).toEqual(['_id', 'order_key', 'prompt', 'timed_out']);
	});

	it.each([
		['get', {}],
		['download', {}],
		['getAll', {}],
	] as const)('works with %s', async (operation, more) => {
		const videoIds = await harness.finishedVideo('a');
		const parameters = {
			resource: 'video',
			operation,
			videoIds,
			options: { output: 'selectedFields', fields: 'prompt' },
		};
		const { json } = await harness.run({ ...parameters, ...more });
		expect(json).toEqual([{ _id: videoIds, prompt: 'a' }]);
	});

	it('applies to the trigger', async () => {
		const id = await harness.finishedVideo('a');
		const options = { output: 'selectedFields', fields: ['prompt'] };
		const trigger = new TriggerWorkflow(credentialFor(harness.sandbox), { triggerOn: ['completed'], options });
		const { items } = await trigger.call(harness.sandbox.makeCallback({ id, status: 3 }));
		expect(items?.[0]?.json).toEqual({ _id: id, prompt: 'a' });
	});

	it('accepts any field name, and omits what Akool does not say', async () => {
		const options = { waitMode: 'polling', output: 'selectedFields', fields: '={{ "uid, of_tomorrow" }}' };
		const { json } = await harness.run(create({ options }));
		expect(Object.keys(at(json, 0)).sort()).toEqual(['_id', 'uid']);
	});

	it('has the link as video_url if the trigger does not verify the call', async () => {
		const id = await harness.finishedVideo('a');
		const options = { verifyByReading: false, output: 'selectedFields', fields: ['video_url'] };
		const trigger = new TriggerWorkflow(credentialFor(harness.sandbox), { triggerOn: ['completed'], options });
		const url = 'https://example.com/a.mp4';
		const { items } = await trigger.call(harness.sandbox.makeCallback({ id, status: 3, url }));
		expect(items?.[0]?.json).toMatchObject({ _id: id, video_url: expect.stringContaining('http') });
	});

	it('refuses what is not a field name before anything is spent', async () => {
		const options = { waitMode: 'polling', output: 'selectedFields', fields: ['video link'] };
		const { error } = await harness.run(create({ options }));
		expect(error?.message).toContain(`'Fields' holds "video link", which is no name of a field`);
		expect(harness.sandbox.jobs).toEqual([]);
	});
});

describe('the output settings of each item', () => {
	const WANTED = {
		downloadVideo: '={{ $json.save }}',
		outputBinaryField: '={{ $json.field }}',
		output: '={{ $json.form }}',
		fields: '={{ $json.fields }}',
	};
	const items = [
		{ save: true, field: 'film', form: 'raw', fields: [], id: '' },
		{ save: false, field: 'film', form: 'simplified', fields: [], id: '' },
		{ save: true, field: 'clip', form: 'selectedFields', fields: ['prompt'], id: '' },
	];
	/** Of each item: the fields of its files, and whether it is Raw, Simplified, or some fields alone. */
	const shapes = (outcome: Outcome): unknown[] =>
		outcome.items.map(({ json, binary }) => [
			Object.keys(binary ?? {}),
			'create_time' in json ? 'raw' : Object.keys(json).length,
		]);
	const SHAPES = [
		[['film'], 'raw'],
		[[], expect.any(Number)],
		[['clip'], 2],
	];

	it('decide about its file and its fields', async () => {
		const outcome = await harness.run(create(WANTED), { items });
		expect(shapes(outcome)).toEqual(SHAPES);
		expect(Object.keys(at(outcome.json, 2)).sort()).toEqual(['_id', 'prompt']);
		expect(at(outcome.json, 1)).toMatchObject({ status_name: 'completed', expires_at: expect.any(String) });
		expect(harness.sandbox.countRequests('file')).toBe(2);
	});

	it('are kept while the execution is parked', async () => {
		const parameters = create({ ...WANTED, prompt: LONG, options: { waitMode: 'callback' } });
		expect(shapes(await parkedAndResumed(parameters, items))).toEqual(SHAPES);
	});

	it('are the same on the second try of Retry On Fail', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1003 });
		const outcome = await harness.run(create(WANTED), { items, settings: RETRY });
		expect(shapes(outcome)).toEqual(SHAPES);
		expect(harness.sandbox.jobs).toHaveLength(3);
	});

	it('decide how its video is returned if the wait of a parked execution times out', async () => {
		const parameters = create({ ...WANTED, prompt: LONG, options: { waitMode: 'callback' } });
		const { after } = await harness.timeOut(await harness.run(parameters, { items }), parameters, { items });
		expect(after.map(({ json }) => 'create_time' in json)).toEqual([true, false, false]);
		expect(Object.keys(after[2]?.json ?? {}).sort()).toEqual(['_id', 'order_key', 'prompt', 'timed_out']);
	});

	it.each(['get', 'download'] as const)(
		'apply to %s, which reads and downloads a video once for all items',
		async (operation) => {
			const id = await harness.finishedVideo('a');
			const outcome = await harness.run(onVideos(operation, id, WANTED), { items });
			const files = operation === 'get' ? [['film'], [], ['clip']] : [['film'], ['film'], ['clip']];
			expect(outcome.items.map(({ binary }) => Object.keys(binary ?? {}))).toEqual(files);
			expect(outcome.json.map((json) => 'create_time' in json)).toEqual([true, false, false]);
			expect([harness.sandbox.countRequests('results'), harness.sandbox.countRequests('file')]).toEqual([1, 1]);
		},
	);

	it('decide whether its failed video is returned or reported as an error', async () => {
		const options = { waitMode: 'polling', onVideoFailure: '={{ $json.failed }}' };
		const { json } = await harness.run(create({ prompt: '[sandbox: fail]', options }), {
			items: [{ failed: 'output' }, { failed: 'error' }],
			settings: CONTINUE,
		});
		expect(json.map((item) => [item.status_name, typeof item.error])).toEqual([
			['failed', 'undefined'],
			['failed', 'string'],
		]);
	});

	it('are refused for the item with a wrong value before anything is spent on it', async () => {
		const wrong = items.map((item, index) => (index === 1 ? { ...item, form: 'table' } : item));
		const { json } = await harness.run(create(WANTED), { items: wrong, settings: CONTINUE });
		expect(json.map(({ error }) => error)).toEqual([undefined, expect.stringContaining("'Output'"), undefined]);
		expect(harness.sandbox.jobs).toHaveLength(2);
	});
});

describe('an option that older workflows hold at the top level', () => {
	it.each([
		['create', create],
		['createBatch', createBatch],
	])('applies to %s: output, binary field and waiting', async (_, make) => {
		const file = { downloadVideo: true, outputBinaryField: 'film', output: 'raw' };
		const { items } = await harness.run(make(file));
		expect(Object.keys(at(items, 0).binary ?? {})).toEqual(['film']);
		expect(at(items, 0).json).toHaveProperty('create_time');
		const { json } = await harness.run(make({ waitForCompletion: false, options: {} }));
		expect(at(json, 0).status).toBe(1);
	});

	it('applies to audio', async () => {
		await harness.run(create({ audioType: 2, audioSource: 'url', audioUrl: 'https://example.com/song.mp3' }));
		expect(at(harness.sandbox.jobs, 0).body).toMatchObject({
			audio_type: 2,
			audio_url: 'https://example.com/song.mp3',
		});
	});

	it.each([
		['the choice alone', { audioType: 2, options: { audioUrl: 'https://example.com/song.mp3' } }],
		['the address alone', { options: { audioType: 2 }, audioUrl: 'https://example.com/song.mp3' }],
	])('applies to audio with %s', async (_, parameters) => {
		await harness.run(create(parameters));
		expect(at(harness.sandbox.jobs, 0).body).toMatchObject({
			audio_type: 2,
			audio_url: 'https://example.com/song.mp3',
		});
	});

	it('applies to an audio file', async () => {
		const { error } = await harness.run(create({ audioType: 2, audioSource: 'binary', audioBinaryField: 'music' }));
		expect(error?.message).toContain("'Audio Data Field Name'");
		expect(harness.sandbox.jobs).toEqual([]);
	});

	it('applies to Get', async () => {
		const more = { downloadVideo: true, outputBinaryField: 'film', output: 'raw' };
		const { items } = await harness.run(onVideos('get', await harness.finishedVideo(), more));
		expect(Object.keys(at(items, 0).binary ?? {})).toEqual(['film']);
		expect(at(items, 0).json).toHaveProperty('create_time');
	});

	it('is overridden by the same entry under Options', async () => {
		const { json } = await harness.run(
			create({ output: 'raw', options: { waitMode: 'polling', output: 'simplified' } }),
		);
		expect(at(json, 0)).not.toHaveProperty('create_time');
	});
});

describe('the output Raw', () => {
	it('of effects is Akool’s own list', async () => {
		const { json } = await harness.run({ resource: 'effect', operation: 'getAll', output: 'raw', limit: 1 });
		expect(Object.keys(at(json, 0)).sort()).toEqual(['_id', 'create_time', 'effect_code', 'logo', 'name', 'video_url']);
	});

	it('of the balance is Akool’s own answer', async () => {
		const simplified = await harness.run({ resource: 'account', operation: 'getCredits' });
		const raw = await harness.run({ resource: 'account', operation: 'getCredits', output: 'raw' });
		expect(Object.keys(at(simplified.json, 0))).toEqual(['credit']);
		expect(at(raw.json, 0)).toMatchObject(at(simplified.json, 0));
	});
});
