import type { INodeParameters } from 'n8n-workflow';

import { EFFECTS, MODELS } from '../sandbox/catalogue';
import { RESUME_TOKEN } from './engine';
import {
	at,
	CONTINUE,
	create,
	createBatch,
	ERROR_OUTPUT,
	IMAGE_URL,
	madeIds,
	onVideos,
	OPTIONS_POLLING,
	setUpHarness,
	UNKNOWN_ID,
	updateAudio,
} from './harness';

const harness = setUpHarness();
const SEVEN_DAYS_MS = 7 * 24 * 60 * 60 * 1000;

describe('Create', () => {
	it('sends the user’s values under Akool’s own names, and nothing else but the order’s address', async () => {
		await harness.run(create({ resolution: '1080p', videoLength: 10 }));
		expect(at(harness.sandbox.jobs, 0).body).toEqual({
			webhookurl: expect.stringContaining('.create.'),
			image_url: IMAGE_URL,
			prompt: 'The bottle turns slowly',
			negative_prompt: '',
			resolution: '1080p',
			audio_type: 3,
			video_length: 10,
		});
	});

	it('returns a finished video with the documented fields', async () => {
		const { items } = await harness.run(create());
		const job = at(harness.sandbox.jobs, 0);
		expect(items).toEqual([
			{
				json: {
					_id: job._id,
					status: 3,
					status_name: 'completed',
					video_url: job.video_url,
					expires_at: new Date(job.created_ms + SEVEN_DAYS_MS).toISOString(),
					video_duration: 5.063,
					deduction_credit: 20,
					image_url: expect.stringContaining('product.png'),
					prompt: 'The bottle turns slowly',
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('sends an effect instead of the prompt, and names the effect in the output', async () => {
		const effectCode = { __rl: true, mode: 'list', value: at(EFFECTS, 0).effect_code };
		const { json } = await harness.run(create({ animateWith: 'effect', effectCode }));
		expect(at(harness.sandbox.jobs, 0).body).toMatchObject({ effect_code: effectCode.value });
		expect(at(harness.sandbox.jobs, 0).body.prompt).not.toBe('');
		expect(at(json, 0).effect_name).toBe(at(EFFECTS, 0).name);
	});

	it('accepts an effect by its code', async () => {
		const effectCode = { __rl: true, mode: 'code', value: at(EFFECTS, 1).effect_code };
		const { json } = await harness.run(create({ animateWith: 'effect', effectCode }));
		expect(at(json, 0).effect_name).toBe(at(EFFECTS, 1).name);
	});

	it.each([
		['its name', 'Zoom Call'],
		['its name in other letters', ' zoom call'],
		['its code in other letters', 'ZOOM_CALL_18256093'],
	])('accepts an effect by %s, from an expression or a sheet', async (_, given) => {
		const effectCode = { __rl: true, mode: 'code', value: '={{ $json.effect }}' };
		const parameters = create({ animateWith: 'effect', effectCode, prompt: '', waitForCompletion: false });
		const { error } = await harness.run(parameters, { items: [{ effect: given }] });
		expect(error).toBeUndefined();
		const { effect_code, prompt } = at(harness.sandbox.jobs, 0).body;
		expect([effect_code, prompt]).toEqual(['zoom_call_18256093', 'zoom_call_18256093']);
	});

	it('refuses an unknown effect before anything is spent', async () => {
		const effectCode = { __rl: true, mode: 'code', value: 'Sqish' };
		const { error } = await harness.run(create({ animateWith: 'effect', effectCode }));
		expect(error?.message).toBe(`'Effect' is "Sqish", which is neither a code nor the name of a single effect`);
		expect(error?.description).toContain('Squish');
		expect(harness.sandbox.countRequests('create')).toBe(0);
	});

	it('sends an effect as entered if Akool does not show its list', async () => {
		harness.sandbox.addFault({ on: 'effects', kind: 'status', status: 404, times: Infinity });
		const effectCode = { __rl: true, mode: 'code', value: 'Squish' };
		await harness.run(create({ animateWith: 'effect', effectCode }), { credential: harness.freshCredential() });
		expect(harness.sandbox.requests.find(({ endpoint }) => endpoint === 'create')?.body).toMatchObject({
			effect_code: 'Squish',
		});
	});

	it('says that Akool does not know the effect, not that a video is missing', async () => {
		const { error } = await harness.run(
			create({ animateWith: 'effect', effectCode: { __rl: true, mode: 'code', value: 'no_such_effect' } }),
		);
		expect(error?.message).toBe('\'Effect\' is "no_such_effect", which Akool does not know');
		expect(error?.description).toContain('Choose the effect from the list, or enter the effect_code');
		expect(harness.sandbox.jobs).toEqual([]);
	});

	it.each([
		[1, {}],
		[2, { audio_url: 'https://example.com/song.mp3' }],
		[3, {}],
	])('sends audio of type %d as an integer', async (audioType, more) => {
		await harness.run(create({ audioType, audioUrl: 'https://example.com/song.mp3' }));
		const { body } = at(harness.sandbox.jobs, 0);
		expect(body).toMatchObject({ audio_type: audioType, ...more });
		expect('audio_url' in body).toBe('audio_url' in more);
	});

	it('sends its options, and merges additional body fields', async () => {
		const options = {
			waitMode: 'polling',
			negativePrompt: 'blurry',
			extendPrompt: true,
			isPremiumModel: false,
			customBodyFields: '{"seed":42}',
		};
		await harness.run(create({ options }));
		const expected = { negative_prompt: 'blurry', extend_prompt: true, is_premium_model: false, seed: 42 };
		expect(at(harness.sandbox.jobs, 0).body).toMatchObject(expected);
	});

	it('returns the video at once without waiting', async () => {
		const { json } = await harness.run(create({ waitForCompletion: false }));
		expect(json).toEqual([
			expect.objectContaining({ _id: at(madeIds(harness.sandbox), 0), status: 1, status_name: 'queued' }),
		]);
		expect(harness.sandbox.countRequests('results')).toBe(0);
		expect(at(json, 0)).not.toHaveProperty('timed_out');
	});

	it('reads each item’s own expressions, and pairs each video with its item', async () => {
		const { items } = await harness.run(create({ prompt: '={{ $json.text }}' }), {
			items: [{ text: 'one' }, { text: 'two' }, { text: 'three' }],
		});
		const prompts = items.map(({ json }) => harness.sandbox.jobs.find(({ _id }) => _id === json._id)?.body.prompt);
		expect(prompts).toEqual(['one', 'two', 'three']);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	it('returns Akool’s own object as Raw, with the user’s callback address but never the execution’s', async () => {
		const mine = await harness.run(
			create({ output: 'raw', options: { waitMode: 'polling', webhookUrl: 'https://example.com/hook' } }),
		);
		expect(at(mine.json, 0)).toMatchObject({
			webhookUrl: 'https://example.com/hook',
			uid: 101400,
			status_name: 'completed',
			expires_at: expect.any(String),
		});

		const secret = await harness.run(create({ output: 'raw', options: { waitMode: 'auto' } }));
		expect(at(harness.sandbox.jobs, 1).webhookUrl).toContain(RESUME_TOKEN);
		expect(at(secret.json, 0)).toMatchObject({ uid: 101400 });
		expect(secret.stored).not.toContain(RESUME_TOKEN);
	});

	it('works in the older execution order too', async () => {
		const { json } = await harness.run(create(), { executionOrder: 'v0' });
		expect(json).toEqual([expect.objectContaining({ status: 3 })]);
	});
});

describe('Create Batch', () => {
	it('creates as many videos as Count says, all paired with their item', async () => {
		const { items } = await harness.run(createBatch({ count: 3, batchResolution: '1080p' }));
		expect(harness.sandbox.countRequests('batch')).toBe(1);
		expect(items.map(({ json }) => json._id)).toEqual(madeIds(harness.sandbox));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }, { item: 0 }]);
		const { json } = at(items, 0);
		expect(Object.keys(json)).toHaveLength(10);
		expect(json).toMatchObject({
			model_name: 'AkoolImage2VideoFastV1',
			deduction_credit: 10,
		});
	});

	it.each(MODELS.map((model) => [model.label, model] as const))('accepts what %s offers', async (_, model) => {
		const resolution = model.resolutionList.at(-1)?.value ?? '';
		const parameters = createBatch({
			modelName: { __rl: true, mode: 'name', value: model.value },
			batchResolution: resolution,
			batchVideoLength: at(model.durationList, 0),
			count: model.maxCount,
			waitForCompletion: false,
		});
		const { json, error } = await harness.run(parameters);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(model.maxCount);
		const { body } = at(harness.sandbox.jobs, 0);
		expect(body.model_name).toBe(model.value);
		expect(body.resolution).toBe(resolution === '' ? undefined : resolution);
	});

	it('sends no resolution to a model without any, whatever was left in the field', async () => {
		const modelName = { __rl: true, mode: 'list', value: 'kwaivgi/kling-v3.0-std/image-to-video' };
		await harness.run(createBatch({ modelName, batchResolution: '1080p', batchVideoLength: 7 }));
		expect(at(harness.sandbox.jobs, 0).body).not.toHaveProperty('resolution');
		expect(at(harness.sandbox.jobs, 0).body.video_length).toBe(7);
	});

	it('sends a last image and audio if the model can use them', async () => {
		const modelName = { __rl: true, mode: 'list', value: 'doubao-seedance-2-0-fast-260128/image-to-video' };
		const options = { waitMode: 'polling', lastImageUrl: 'https://example.com/last.png', generateAudio: true };
		await harness.run(createBatch({ modelName, batchVideoLength: 8, options }));
		expect(at(harness.sandbox.jobs, 0).body).toMatchObject({
			last_image_url: 'https://example.com/last.png',
			generate_audio: true,
		});
	});

	it.each([
		['a resolution', { batchResolution: '768P' }, "'Resolution' is 768P", '720p, 1080p, 4k'],
		['a length', { batchVideoLength: 7 }, "'Video Length' is 7 seconds", '5, 10'],
		['a last image', { options: { lastImageUrl: IMAGE_URL } }, "'Last Image' cannot be used with", 'Remove the option'],
		[
			'several values, all at once',
			{ batchResolution: '768P', batchVideoLength: 7, options: { lastImageUrl: IMAGE_URL } },
			'Akool Image2Video Fast V1 does not offer 3 of the chosen values',
			"'Video Length' is 7 seconds",
		],
	])('refuses %s that the live list rules out, before it costs anything', async (_, changes, title, allowed) => {
		const { error } = await harness.run(createBatch(changes));
		expect(error?.message).toContain(title);
		expect(error?.description).toContain(allowed);
		expect(harness.sandbox.countRequests('batch')).toBe(0);
	});

	it('sends Generate Audio if the list says nothing about it, with a hint', async () => {
		const { json, hints } = await harness.run(createBatch({ options: { ...OPTIONS_POLLING, generateAudio: true } }));
		expect(json).toHaveLength(1);
		expect(at(harness.sandbox.jobs, 0).body.generate_audio).toBe(true);
		expect(hints.join()).toContain("Akool may ignore 'Generate Audio'");
	});

	it('leaves model, resolution and length to Akool if nothing is chosen', async () => {
		const empty = { __rl: true, mode: 'list', value: '' };
		const left = { batchResolution: empty, batchVideoLength: empty };
		await harness.run(createBatch({ ...left, modelName: empty }));
		expect(at(harness.sandbox.jobs, 0).body).toMatchObject({ resolution: '720p', video_length: 5 });
		expect(at(harness.sandbox.jobs, 0).body).not.toHaveProperty('model_name');
		const kling = { __rl: true, mode: 'list', value: 'kwaivgi/kling-v3.0-std/image-to-video' };
		await harness.run(createBatch({ ...left, modelName: kling }));
		expect(at(harness.sandbox.jobs, 1).body).toMatchObject({ video_length: 5 });
		expect(at(harness.sandbox.jobs, 1).body).not.toHaveProperty('resolution');
	});

	it('refuses a count above the model’s maximum', async () => {
		const modelName = { __rl: true, mode: 'list', value: 'MiniMax-Hailuo-2.3/image-to-video' };
		const { error } = await harness.run(
			createBatch({ modelName, batchResolution: '768P', batchVideoLength: 6, count: 5 }),
		);
		expect(error?.message).toContain("'Count' is 5");
		expect(error?.description).toContain('1 to 4');
	});

	it('refuses a model that is not in the live list', async () => {
		const { error } = await harness.run(
			createBatch({ modelName: { __rl: true, mode: 'name', value: 'no-such-model' } }),
		);
		expect(error?.message).toContain(`'Model' is "no-such-model"`);
		expect(error?.description).toContain('use one of: Akool Image2Video Fast V1, Akool Premium,');
		expect(harness.sandbox.jobs).toHaveLength(0);
	});

	it('names likely models first, and not all of a long list', async () => {
		const extraModels = Array.from({ length: 500 }, (_, index) => ({
			value: `extra-${index}`,
			label: `Extra ${index}`,
		}));
		harness.sandbox.change({ extraModels });
		const modelName = { __rl: true, mode: 'name', value: 'Kling 9' };
		const { error } = await harness.run(createBatch({ modelName }), { credential: harness.freshCredential() });
		harness.sandbox.change({ extraModels: [] });
		expect(error?.description).toContain('use one of: Kling V3.0 Standard, Kling Video O3 Pro, ');
		expect(error?.description).toMatch(/ and 4\d\d more\./);
	});

	it('orders without the check, and says so, if the model list cannot be read', async () => {
		harness.sandbox.addFault({ on: 'models', kind: 'status', times: 2 });
		const { json, hints } = await harness.run(createBatch(), { credential: harness.freshCredential() });
		expect(json).toHaveLength(1);
		expect(hints.join()).toContain('model list could not be read');
	});

	it('orders without the check, and says so, if the model list is empty', async () => {
		harness.sandbox.addFault({ on: 'models', kind: 'emptyList', times: Infinity });
		const credential = harness.freshCredential();
		const { json, hints } = await harness.run(createBatch({ waitForCompletion: false }), { credential });
		expect(json).toHaveLength(1);
		expect(hints.join()).toContain('so resolution, length and count were not checked');
	});

	it('returns the created videos if Akool created only some, and says what is missing', async () => {
		harness.sandbox.addFault({ on: 'batch', kind: 'partialBatch', made: 2, msg: 'the farm burned down' });
		const { json } = await harness.run(createBatch({ count: 4 }), { settings: CONTINUE });
		const finished = json.filter(({ status }) => status === 3).map(({ _id }) => _id);
		expect(finished).toEqual(madeIds(harness.sandbox));
		expect(json.filter(({ error }) => String(error).includes('Akool created 2 of 4 videos')).length).toBeGreaterThan(0);
		expect(JSON.stringify(json)).toContain('the farm burned down');
	});
});

describe('Get', () => {
	it.each([
		['one ID', (ids: string[]) => at(ids, 0), 1],
		['a comma-separated text', (ids: string[]) => ids.join(', '), 3],
		['a JSON array', (ids: string[]) => JSON.stringify(ids), 3],
		['an expression that gives a list', (ids: string[]) => `={{ ${JSON.stringify(ids)} }}`, 3],
		['an expression that gives the JSON of earlier items', () => '={{ $("Start").all().map((item) => item.json) }}', 3],
		['an expression that gives earlier items as they are', () => '={{ $("Start").all() }}', 3],
		['IDs in capital letters', (ids: string[]) => ids.join().toUpperCase(), 3],
	])('reads %s with one request', async (_, write, count) => {
		const ids = [await harness.finishedVideo(), await harness.finishedVideo(), await harness.finishedVideo()];
		const { json, error } = await harness.run(onVideos('get', write(ids)), {
			items: ids.map((_id) => ({ _id })).slice(0, 3),
			settings: { executeOnce: true },
		});
		expect(error).toBeUndefined();
		expect(json.map(({ _id }) => _id)).toEqual(ids.slice(0, count));
		expect(harness.sandbox.countRequests('results')).toBe(1);
	});

	it('reads the IDs of the incoming items by default, with one request for all', async () => {
		const ids = [await harness.finishedVideo(), await harness.finishedVideo()];
		const { items } = await harness.run(
			{ resource: 'video', operation: 'get', videoIds: '={{ $json._id }}' },
			{ items: ids.map((_id) => ({ _id })) },
		);
		expect(items.map(({ json, pairedItem }) => [json._id, pairedItem])).toEqual([
			[ids[0], { item: 0 }],
			[ids[1], { item: 1 }],
		]);
		expect(harness.sandbox.countRequests('results')).toBe(1);
	});

	it.each([{ error: 'Akool did not accept a value' }, { error: { message: 'Akool did not accept a value' } }])(
		'says that an item holds an error instead of a video: %j',
		async (item) => {
			const { error } = await harness.run(onVideos('get', '={{ $json._id }}'), { items: [item] });
			expect(error?.message).toBe("'Video IDs' is empty");
			expect(error?.description).toContain('an error instead of a video: "Akool did not accept a value".');
			expect(error?.description).toContain("'On Error'");
		},
	);

	it('reads more than a hundred videos in requests of a hundred', async () => {
		const ids = Array.from({ length: 130 }, (_, index) => index.toString(16).padStart(24, '0'));
		const { json } = await harness.run(onVideos('get', ids.join()), { settings: CONTINUE });
		expect(json).toHaveLength(130);
		expect(harness.sandbox.requests.map(({ body }) => JSON.stringify(body).split(',').length)).toEqual([100, 30]);
	});

	it('names a video that Akool does not know', async () => {
		const known = await harness.finishedVideo();
		const { json } = await harness.run(onVideos('get', `${known},${UNKNOWN_ID}`), { settings: CONTINUE });
		expect(at(json, 0)._id).toBe(known);
		expect(at(json, 1).error).toContain(`Akool has no video ${UNKNOWN_ID}`);
	});

	it('returns Akool’s own row as Raw', async () => {
		const { json } = await harness.run(onVideos('get', await harness.finishedVideo(), { output: 'raw' }));
		expect(at(json, 0)).toMatchObject({ uid: 101400, sub_type: 1501, status_name: 'completed', only_add_audio: false });
	});

	it('waits if told to', async () => {
		const { json } = await harness.run(create({ prompt: '[sandbox: seconds=1000000]', waitForCompletion: false }));
		const id = String(at(json, 0)._id);
		const running = harness.run(onVideos('get', id, { waitForCompletion: true, options: { waitMode: 'polling' } }));
		await harness.clock.until(() => harness.sandbox.countRequests('results') >= 2);
		harness.sandbox.finishAll();
		expect((await running).json).toEqual([expect.objectContaining({ _id: id, status: 3 })]);
		const [first, second] = harness.sandbox.requests.filter(({ endpoint }) => endpoint === 'results');
		expect(Number(second?.atMs) - Number(first?.atMs)).toBeGreaterThanOrEqual(2_000);
	});

	it('polls at once if it waits, as the video may be finished already', async () => {
		const id = await harness.finishedVideo();
		const before = harness.clock.now();
		const { json } = await harness.run(
			onVideos('get', id, { waitForCompletion: true, options: { waitMode: 'polling', pollInterval: 30 } }),
		);
		expect(json).toEqual([expect.objectContaining({ _id: id, status: 3 })]);
		// A pause before the status request would be as long as the interval.
		expect(harness.clock.now() - before).toBeLessThan(15_000);
	});

	it('refuses Callback, which Akool takes only with a create', async () => {
		const { error } = await harness.run(
			onVideos('get', await harness.finishedVideo(), { waitForCompletion: true, options: { waitMode: 'callback' } }),
		);
		expect(error?.message).toContain("'Wait: Mode' cannot be Callback here");
		expect(error?.description).toContain('only when a video is created');
	});
});

describe('Update Audio', () => {
	it('creates a new video with its own ID', async () => {
		const source = await harness.finishedVideo();
		const { json } = await harness.run(updateAudio(source, { audioType: 2, audioUrl: 'https://example.com/song.mp3' }));
		const made = at(harness.sandbox.jobs, 1);
		expect(made.body).toEqual({ pre_video_id: source, audio_type: 2, audio_url: 'https://example.com/song.mp3' });
		expect(json).toEqual([expect.objectContaining({ _id: made._id, status: 3, deduction_credit: 5 })]);
	});

	it('creates one for each ID, paired with the item that named it', async () => {
		const sources = [await harness.finishedVideo(), await harness.finishedVideo()];
		const { items } = await harness.run(updateAudio(sources.join(), { audioType: 1 }));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
		expect(harness.sandbox.jobs.slice(2).map(({ body }) => body.pre_video_id)).toEqual(sources);
	});

	it('names the video that Akool does not know', async () => {
		const id = '6891abe782f7cd2a890c44ba';
		const { error } = await harness.run(updateAudio(id, { audioType: 1 }));
		expect(error?.description).toContain(`This is about video ${id}. Check the ID and the credential`);
	});

	it('has no audio type 3', async () => {
		const { error } = await harness.run(updateAudio(await harness.finishedVideo(), { audioType: 3 }));
		expect(error?.message).toContain(`'Audio' is "3", which is not one of its choices`);
		expect(harness.sandbox.countRequests('updateAudio')).toBe(0);
	});
});

describe('Delete', () => {
	it('returns an item for each deleted video', async () => {
		const ids = [await harness.finishedVideo(), await harness.finishedVideo()];
		const { items } = await harness.run(onVideos('delete', ids.join()));
		expect(items).toEqual(ids.map((_id) => ({ json: { _id, deleted: true }, pairedItem: { item: 0 } })));
		expect(harness.sandbox.jobs.every(({ deleted }) => deleted)).toBe(true);
	});

	it('reports a video that Akool did not delete with Akool’s reason, even if the answer says success', async () => {
		const done = await harness.finishedVideo();
		const { json } = await harness.run(create({ prompt: '[sandbox: seconds=900]', waitForCompletion: false }));
		const busy = String(at(json, 0)._id);
		const result = await harness.run(
			{ resource: 'video', operation: 'delete', videoIds: '={{ $json._id }}' },
			{ items: [{ _id: busy }, { _id: done }], settings: CONTINUE },
		);
		expect(at(result.json, 0).error).toBe(`Akool did not delete video ${busy}`);
		expect(at(result.json, 0).error_description).toContain('video resource is processing');
		expect(at(result.json, 1)).toEqual({ _id: done, deleted: true });

		const stopped = await harness.run(onVideos('delete', busy));
		expect(stopped.error?.message).toContain(`Akool did not delete video ${busy}`);
	});

	it('returns what was deleted even if Akool refuses a later request', async () => {
		const ids = [await harness.finishedVideo(), await harness.finishedVideo()];
		const unknown = Array.from({ length: 99 }, (_, n) => n.toString(16).padStart(24, '0'));
		harness.sandbox.addFault({ on: 'delete', kind: 'code', code: 1109, after: 1 });
		const { json } = await harness.run(
			{ resource: 'video', operation: 'delete', videoIds: '={{ $json._id }}' },
			{ items: [ids[0], ...unknown, ids[1]].map((_id) => ({ _id })), settings: CONTINUE },
		);
		expect(at(json, 0)).toEqual({ _id: ids[0], deleted: true });
		expect(at(json, 100).error).toBe(`Akool did not delete video ${ids[1]}`);
		expect(at(json, 100).error_description).toContain('does not know this API key');
	});

	it('sends what it could not delete to the error output', async () => {
		const result = await harness.run(onVideos('delete', UNKNOWN_ID), { settings: ERROR_OUTPUT });
		expect(result.items).toEqual([]);
		expect(result.afterFault).toHaveLength(1);
	});
});

describe('lists and balance', () => {
	it('returns all effects under Akool’s names', async () => {
		const { items } = await harness.run({ resource: 'effect', operation: 'getAll', returnAll: true });
		expect(items).toHaveLength(EFFECTS.length);
		expect(at(items, 0).json).toEqual({
			effect_code: 'squish_89244231312',
			name: 'Squish',
			logo: `${harness.sandbox.url}/files/effects/squish_89244231312.png`,
			video_url: `${harness.sandbox.url}/files/effects/squish_89244231312.mp4`,
			_id: '687632b95a0f52799eeed701',
		});
		expect(items.every(({ pairedItem }) => pairedItem !== undefined)).toBe(true);
	});

	it('returns only as many effects as the limit allows', async () => {
		const { items } = await harness.run({ resource: 'effect', operation: 'getAll', limit: 2 });
		expect(items).toHaveLength(2);
	});

	it('returns the models with what each can do', async () => {
		const { json } = await harness.run({ resource: 'model', operation: 'getAll', returnAll: true });
		expect(json.map(({ value }) => value)).toEqual(MODELS.map(({ value }) => value));
		expect(json.find(({ value }) => value === 'kwaivgi/kling-v3.0-std/image-to-video')).toMatchObject({
			resolutions: '',
			durations: '3–15 s',
			max_count: 4,
			supports_last_frame: true,
			audio: 'optional',
			requires_paid_plan: true,
		});
	});

	it('returns a model as Akool describes it for Raw', async () => {
		const { json } = await harness.run({ resource: 'model', operation: 'getAll', limit: 1, output: 'raw' });
		expect(json).toEqual([at(MODELS, 0)]);
	});

	it('returns the balance once for all items, paired with all of them', async () => {
		harness.sandbox.credits = 1234;
		const { items } = await harness.run({ resource: 'account', operation: 'getCredits' }, { items: [{}, {}] });
		expect(items).toEqual([{ json: { credit: 1234 }, pairedItem: [{ item: 0 }, { item: 1 }] }]);
		expect(harness.sandbox.countRequests('credits')).toBe(1);
	});
});

it('does nothing if no items come in', async () => {
	const { runs, error } = await harness.run(create(), { items: [] });
	expect({ runs, error, requests: harness.sandbox.requests.length }).toEqual({
		runs: 0,
		error: undefined,
		requests: 0,
	});
});

describe('Get Many videos', () => {
	const getMany = (changes: INodeParameters = {}): INodeParameters => ({
		resource: 'video',
		operation: 'getAll',
		...changes,
	});

	it('returns the account’s recent videos, newest first, within the limit and of one state', async () => {
		const finished = await harness.finishedVideo('first');
		const { json: made } = await harness.run(create({ prompt: 'second', waitForCompletion: false }));
		const { json } = await harness.run(getMany());
		expect(json.map(({ _id }) => _id)).toEqual([at(made, 0)._id, finished]);
		expect((await harness.run(getMany({ limit: 1 }))).json).toHaveLength(1);
		const { json: completed } = await harness.run(getMany({ state: 'completed' }));
		expect(completed.map(({ _id, status_name: name }) => [_id, name])).toEqual([[finished, 'completed']]);
	});

	it('says that Akool does not document the list if it is not available', async () => {
		harness.sandbox.addFault({ on: 'list', kind: 'status', status: 404, times: Infinity });
		const { error } = await harness.run(getMany());
		expect(error?.message).toBe('Akool did not list the recent videos of this account');
		expect(error?.description).toContain('By ID');
	});

	it('returns Akool’s own rows as Raw, without fields of our own', async () => {
		await harness.finishedVideo();
		const { json } = await harness.run(getMany({ output: 'raw' }));
		expect(at(json, 0)).toMatchObject({ video_status: 3, status_name: 'completed' });
		expect(at(json, 0)).not.toHaveProperty('status');
		expect(at(json, 0)).not.toHaveProperty('video_url');
	});

	const manyVideos = async (count: number): Promise<void> => {
		const options = { concurrency: 20, checkImages: false };
		await harness.run(create({ prompt: '={{ $itemIndex }}', waitForCompletion: false, options }), {
			items: Array.from({ length: count }, () => ({})),
		});
	};

	it('returns what it has read if a later page is not available, and says so', async () => {
		await manyVideos(60);
		harness.sandbox.addFault({ on: 'list', kind: 'status', status: 404, after: 1, times: Infinity });
		const { json, hints } = await harness.run(getMany({ limit: 60 }));
		expect(json).toHaveLength(50);
		expect(hints.join()).toContain('There may be more than these');
	});

	it('reads only the newest 1,000, and says so if more were wanted', async () => {
		harness.sandbox.change({ credits: 1_000_000 });
		const options = { concurrency: 20, checkImages: false };
		await harness.run(createBatch({ count: 10, waitForCompletion: false, options }), {
			items: Array.from({ length: 101 }, () => ({})),
		});
		expect(harness.sandbox.jobs).toHaveLength(1010);
		harness.clock.advance(60_000);
		const { json, hints } = await harness.run(getMany({ limit: 1001 }));
		expect(json).toHaveLength(1000);
		expect(hints).toEqual(['Only the newest 1000 videos of the account were read. There may be more.']);
		expect((await harness.run(getMany({ limit: 1000 }))).hints).toEqual([]);
	});

	it('returns an ID that was chosen from the list', async () => {
		const id = await harness.finishedVideo();
		const { json } = await harness.run({
			resource: 'video',
			operation: 'get',
			videoIds: { __rl: true, mode: 'list', value: id, cachedResultName: 'made before' },
		});
		expect(json.map(({ _id }) => _id)).toEqual([id]);
	});
});

describe('the summary of a run', () => {
	it('names videos, credits and what was not created beside the output', async () => {
		expect((await harness.run(create())).hints).toEqual(['1 video, 20 credits charged']);
		const { hints } = await harness.run(create({ options: { ...OPTIONS_POLLING, maxCredits: 20 } }), {
			items: [{}, {}, {}],
		});
		expect(hints).toEqual(["1 video, 20 credits charged; 2 not created (it would exceed 'Limit: Maximum Credits')"]);
	});

	it('says how to continue without waiting, and is missing if nothing was created', async () => {
		const { hints, json } = await harness.run(create({ waitForCompletion: false }));
		expect(hints).toEqual([
			'1 video, 20 credits charged',
			expect.stringContaining("Use Get with 'Wait for Completion'"),
		]);
		expect((await harness.run(onVideos('get', String(at(json, 0)._id)))).hints).toEqual([]);
	});
});
