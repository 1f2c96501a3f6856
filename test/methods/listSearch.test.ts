import { NodeApiError, type INodeParameters } from 'n8n-workflow';

import {
	searchEffects,
	searchModels,
	searchResolutions,
	searchVideoLengths,
	searchVideos,
} from '../../nodes/AkoolImageToVideo/methods/listSearch';
import { EFFECTS, MODELS } from '../sandbox/catalogue';
import { startSandbox } from '../sandbox';
import { credentialFor, dropdownContext } from '../integration/engine';
import { at, create, createBatch, onVideos, setUpHarness } from '../integration/harness';

const harness = setUpHarness();
type Credential = ReturnType<typeof harness.freshCredential>;
const batchOf = (value: string, mode = 'list'): INodeParameters =>
	createBatch({ modelName: { __rl: true, mode, value } });
const effects = async (credential: Credential, filter?: string) =>
	(await searchEffects.call(dropdownContext(create(), credential), filter)).results;
const models = async (credential: Credential, filter?: string) =>
	(await searchModels.call(dropdownContext(createBatch(), credential), filter)).results;
const resolutions = async (model: INodeParameters, credential = credentialFor(harness.sandbox), filter?: string) =>
	(await searchResolutions.call(dropdownContext(model, credential), filter)).results;
const lengths = async (model: INodeParameters, credential = credentialFor(harness.sandbox), filter?: string) =>
	(await searchVideoLengths.call(dropdownContext(model, credential), filter)).results;

describe('the list of effects', () => {
	it('shows all, sorted by name, each with its preview', async () => {
		const list = await effects(harness.freshCredential());
		const names = list.map(({ name }) => name);
		expect(names).toHaveLength(EFFECTS.length);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		const { effect_code: code } = at(EFFECTS, 0);
		expect(list.find(({ value }) => value === code)).toEqual({
			name: 'Squish',
			value: code,
			icon: `${harness.sandbox.url}/files/effects/${code}.png`,
			url: `${harness.sandbox.url}/files/effects/${code}.mp4`,
		});
	});

	it.each([
		['SQUI', ['Squish']],
		[' melt ', ['Melt']],
		['30977152', ['Melt']],
		['nothing like it', []],
	])('is searched for "%s"', async (filter, names) => {
		expect((await effects(harness.freshCredential(), filter)).map(({ name }) => name)).toEqual(names);
	});
});

describe('the list of models', () => {
	it('keeps Akool’s own order, and says which models need a paid plan', async () => {
		const list = await models(harness.freshCredential());
		expect(list.map(({ value }) => value)).toEqual(MODELS.map(({ value }) => value));
		expect(list.filter(({ name }) => name.includes('paid plan')).map(({ value }) => value)).toEqual(
			MODELS.filter(({ requiresPay }) => requiresPay).map(({ value }) => value),
		);
	});

	it('is searched by name and by value, and shows what matters beside the name', async () => {
		const credential = harness.freshCredential();
		expect((await models(credential, 'kling v3')).map(({ name }) => name)).toEqual([
			'Kling V3.0 Standard · paid plan · audio · 3–15 s',
		]);
		// Words of the name, wherever they stand in it.
		expect((await models(credential, 'standard kling')).map(({ value }) => value)).toEqual([
			'kwaivgi/kling-v3.0-std/image-to-video',
		]);
		expect((await models(credential, 'hailuo-2.3/image')).map(({ value }) => value)).toEqual([
			'MiniMax-Hailuo-2.3/image-to-video',
		]);
	});
});

describe('the resolutions and lengths of a model', () => {
	it.each(
		MODELS.map(
			({ label, value, resolutionList, durationList }) => [label, value, resolutionList, durationList] as const,
		),
	)('begin with Best for the Model, and are what %s offers, exactly as listed', async (...model) => {
		const [, value, resolutionList, durationList] = model;
		const listed = resolutionList.map((resolution) => resolution.value);
		expect((await resolutions(batchOf(value))).map((entry) => entry.value)).toEqual(['', ...listed]);
		expect((await lengths(batchOf(value))).map((entry) => entry.value)).toEqual(['', ...durationList]);
	});

	it('follow a model that was entered by name', async () => {
		const list = await resolutions(batchOf('MiniMax-Hailuo-2.3/image-to-video', 'name'));
		expect(list.map(({ name }) => name)).toEqual(['Best for the Model', '768P', '1080P']);
	});

	it('can be searched', async () => {
		const list = await lengths(batchOf('kwaivgi/kling-v3.0-std/image-to-video'), undefined, '15');
		expect(list.map(({ name }) => name)).toEqual(['15 Seconds']);
	});

	it('show only Best for the Model if no model is chosen, with how to see more', async () => {
		expect(await resolutions(batchOf(''))).toEqual([
			{ name: 'Best for the Model', value: '', description: expect.stringContaining('Choose a model') },
		]);
	});

	it('show only Best for the Model if Akool does not list the model, and say so', async () => {
		expect(await lengths(batchOf('gone'))).toEqual([
			{
				name: 'Best for the Model',
				value: '',
				description: expect.stringContaining('does not list the model "gone"'),
			},
		]);
	});
});

describe('the list of recent videos', () => {
	const videos = async (filter?: string) =>
		(await searchVideos.call(dropdownContext(onVideos('get', ''), harness.freshCredential()), filter)).results;
	const MINUTE = /^\d{4}-\d\d-\d\d \d\d:\d\d$/;
	const parts = ({ name }: { name: string }): string[] => name.split(' · ');

	it('shows when, what and status, newest first, and for an effect its code', async () => {
		const first = await harness.finishedVideo('The bottle turns');
		harness.clock.advance(61_000);
		const { effect_code: value } = at(EFFECTS, 0);
		const effectCode = { __rl: true, mode: 'list', value };
		const { json } = await harness.run(
			create({ waitForCompletion: false, prompt: '', animateWith: 'effect', effectCode }),
		);
		const list = await videos();
		expect(list.map((entry) => entry.value)).toEqual([at(json, 0)._id, first]);
		expect(list.map(parts)).toEqual([
			[expect.stringMatching(MINUTE), value, 'queued'],
			[expect.stringMatching(MINUTE), 'The bottle turns', 'completed'],
		]);
	});

	it('is searched by prompt, by status and by ID', async () => {
		const turning = await harness.finishedVideo('The bottle turns');
		const { json } = await harness.run(create({ waitForCompletion: false, prompt: 'The cap opens' }));
		const opening = at(json, 0)._id;
		const found = async (filter: string) => (await videos(filter)).map(({ value }) => value);
		expect(await found('BOTTLE')).toEqual([turning]);
		expect(await found('queued')).toEqual([opening]);
		expect(await found(String(opening))).toEqual([opening]);
		expect(await found('no such video')).toEqual([]);
	});

	it('says if there are none, and that an ID can be entered', async () => {
		await expect(videos()).rejects.toMatchObject({
			message: 'Akool lists no recent videos of this account',
			description: expect.stringContaining('By ID'),
		});
		harness.sandbox.addFault({ on: 'list', kind: 'status', status: 404, times: Infinity });
		await expect(videos()).rejects.toMatchObject({
			message: 'Akool did not list the recent videos of this account',
			description: expect.stringContaining('By ID'),
		});
	});
});

describe('the request for a list', () => {
	it('is sent once for several lists opened together, and not again within minutes', async () => {
		const credential = harness.freshCredential();
		await Promise.all([
			models(credential),
			models(credential, 'a'),
			resolutions(batchOf('AkoolImage2VideoFastV1'), credential),
		]);
		await models(credential);
		expect(harness.sandbox.countRequests('models')).toBe(1);
		await harness.run(createBatch({ waitForCompletion: false }), { credential });
		expect(harness.sandbox.countRequests('models')).toBe(1);
	});

	it('is sent for each credential separately', async () => {
		await effects(harness.freshCredential());
		await effects(harness.freshCredential());
		expect(harness.sandbox.countRequests('effects')).toBe(2);
	});

	it('is sent again at once after it failed', async () => {
		const credential = harness.freshCredential();
		harness.sandbox.addFault({ on: 'effects', kind: 'code', code: 1200 });
		await expect(effects(credential)).rejects.toThrow('Akool has blocked this account');
		expect(await effects(credential)).toHaveLength(EFFECTS.length);
	});
});

describe('a list that cannot be shown says why', () => {
	it('if it is empty', async () => {
		harness.sandbox.addFault({ on: 'effects', kind: 'emptyList' });
		await expect(effects(harness.freshCredential())).rejects.toMatchObject({
			message: 'Akool offers no effects to this account at the moment',
			description: expect.stringContaining('By Code'),
		});
		harness.sandbox.addFault({ on: 'models', kind: 'emptyList' });
		await expect(models(harness.freshCredential())).rejects.toMatchObject({
			message: 'Akool offers no models to this account at the moment',
			description: expect.stringContaining('By Name'),
		});
	});

	it('if the key is wrong', async () => {
		const credential = harness.freshCredential();
		credential.kept.apiKey = 'a-wrong-key-that-nobody-may-see';
		const failure = effects(credential);
		await expect(failure).rejects.toThrow('Akool does not know this API key');
		await expect(failure).rejects.not.toThrow('a-wrong-key');
		const error: unknown = await failure.catch((cause: unknown) => cause);
		expect(JSON.stringify(error)).not.toContain('a-wrong-key');
	});

	it('with what to do, and a link to the credential if that is wrong', async () => {
		harness.sandbox.addFault({ on: 'effects', kind: 'emptyList' });
		const empty: unknown = await effects(harness.freshCredential()).catch((error: unknown) => error);
		expect(empty).toBeInstanceOf(NodeApiError);
		expect(empty).toMatchObject({ httpCode: null });

		const credential = harness.freshCredential();
		credential.kept.apiKey = 'a-wrong-key-that-nobody-may-see';
		const wrongKey: unknown = await effects(credential).catch((error: unknown) => error);
		expect(wrongKey).toBeInstanceOf(NodeApiError);
		expect(wrongKey).toMatchObject({ httpCode: '401', description: expect.stringContaining('API Credentials page') });
	});

	it('if Akool cannot be reached', async () => {
		const gone = await startSandbox();
		const credential = credentialFor(gone);
		await gone.close();
		await expect(models(credential)).rejects.toThrow("Couldn't reach Akool");
		await expect(resolutions(batchOf('AkoolImage2VideoFastV1'), credential)).rejects.toThrow("Couldn't reach Akool");
	});

	it.each([
		['a page', { kind: 'status' }],
		['cut JSON', { kind: 'cutJson' }],
	])('if Akool answers with %s', async (_, fault) => {
		harness.sandbox.addFault({ on: 'effects', times: Infinity, ...fault });
		await expect(effects(harness.freshCredential())).rejects.toThrow(
			"Akool didn't return a valid response (while listing the effects)",
		);
	});
});
