import type { INodeParameters } from 'n8n-workflow';

import { getModelResolutions } from '../../nodes/AkoolImageToVideo/methods/getModelResolutions';
import { getModelVideoLengths } from '../../nodes/AkoolImageToVideo/methods/getModelVideoLengths';
import { searchEffects } from '../../nodes/AkoolImageToVideo/methods/searchEffects';
import { searchModels } from '../../nodes/AkoolImageToVideo/methods/searchModels';
import { EFFECTS, MODELS } from '../sandbox/catalogue';
import { startSandbox } from '../sandbox';
import { credentialFor, dropdownContext } from '../integration/engine';
import { at, create, createBatch, setStage } from '../integration/stage';

const stage = setStage();
type Credential = ReturnType<typeof stage.freshCredential>;
const batchOf = (value: string, mode = 'list'): INodeParameters =>
	createBatch({ modelName: { __rl: true, mode, value } });
const effects = async (credential: Credential, filter?: string) =>
	(await searchEffects.call(dropdownContext(create(), credential), filter)).results;
const models = async (credential: Credential, filter?: string) =>
	(await searchModels.call(dropdownContext(createBatch(), credential), filter)).results;

describe('the effects', () => {
	it('are all there, sorted by name as people sort, each with the way to its preview', async () => {
		const list = await effects(stage.freshCredential());
		const names = list.map(({ name }) => name);
		expect(names).toHaveLength(EFFECTS.length);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		const { effect_code: code } = at(EFFECTS, 0);
		expect(list.find(({ value }) => value === code)).toEqual({
			name: 'Squish',
			value: code,
			icon: `${stage.sandbox.url}/files/effects/${code}.png`,
			url: `${stage.sandbox.url}/files/effects/${code}.mp4`,
		});
	});

	it.each([
		['SQUI', ['Squish']],
		[' melt ', ['Melt']],
		['30977152', ['Melt']],
		['nothing like it', []],
	])('are searched for "%s"', async (filter, names) => {
		expect((await effects(stage.freshCredential(), filter)).map(({ name }) => name)).toEqual(names);
	});
});

describe('the models', () => {
	it('come in Akool’s own order, and say which need a paid plan', async () => {
		const list = await models(stage.freshCredential());
		expect(list.map(({ value }) => value)).toEqual(MODELS.map(({ value }) => value));
		expect(list.filter(({ name }) => name.includes('Paid Plan')).map(({ value }) => value)).toEqual(
			MODELS.filter(({ requiresPay }) => requiresPay).map(({ value }) => value),
		);
	});

	it('are searched by name and by value', async () => {
		const credential = stage.freshCredential();
		expect((await models(credential, 'kling v3')).map(({ name }) => name)).toEqual(['Kling V3.0 Standard (Paid Plan)']);
		expect((await models(credential, 'hailuo-2.3/image')).map(({ name }) => name)).toEqual([
			'MiniMax Hailuo 2.3 (Paid Plan)',
		]);
	});
});

describe('what follows the model', () => {
	it.each(
		MODELS.map(
			({ label, value, resolutionList, durationList }) => [label, value, resolutionList, durationList] as const,
		),
	)('is what %s offers, exactly as it is listed', async (_, value, resolutionList, durationList) => {
		const context = dropdownContext(batchOf(value), credentialFor(stage.sandbox));
		const resolutions = (await getModelResolutions.call(context)).map((option) => option.value);
		expect(resolutions).toEqual(
			resolutionList.length === 0 ? [''] : resolutionList.map((resolution) => resolution.value),
		);
		expect((await getModelVideoLengths.call(context)).map((option) => option.value)).toEqual([...durationList]);
	});

	it('follows a model that was entered by name', async () => {
		const context = dropdownContext(batchOf('MiniMax-Hailuo-2.3/image-to-video', 'name'), credentialFor(stage.sandbox));
		expect((await getModelResolutions.call(context)).map(({ name }) => name)).toEqual(['768P', '1080P']);
	});

	it('says that a model has to be chosen first', async () => {
		const [reason] = await getModelResolutions.call(dropdownContext(batchOf(''), credentialFor(stage.sandbox)));
		expect(reason).toMatchObject({
			name: expect.stringContaining('Choose a model first'),
			value: '',
			description: expect.stringContaining('expression'),
		});
	});

	it('says that Akool does not list the model', async () => {
		const [reason] = await getModelVideoLengths.call(dropdownContext(batchOf('gone'), credentialFor(stage.sandbox)));
		expect(reason).toMatchObject({
			name: expect.stringContaining('does not list the model "gone"'),
			value: '',
			description: expect.stringContaining('another model'),
		});
	});
});

describe('asking Akool', () => {
	it('happens once for many dropdowns opened together, and not again within minutes', async () => {
		const credential = stage.freshCredential();
		await Promise.all([
			models(credential),
			models(credential, 'a'),
			getModelResolutions.call(dropdownContext(batchOf('AkoolImage2VideoFastV1'), credential)),
		]);
		await models(credential);
		expect(stage.sandbox.countRequests('models')).toBe(1);
		await stage.run(createBatch({ waitForCompletion: false }), { credential });
		expect(stage.sandbox.countRequests('models')).toBe(1);
	});

	it('happens again after five minutes', async () => {
		const credential = stage.freshCredential();
		await effects(credential);
		stage.clock.advance(301_000);
		await effects(credential);
		expect(stage.sandbox.countRequests('effects')).toBe(2);
	});

	it('happens for each credential by itself', async () => {
		await effects(stage.freshCredential());
		await effects(stage.freshCredential());
		expect(stage.sandbox.countRequests('effects')).toBe(2);
	});

	it('happens again at once after it did not work out', async () => {
		const credential = stage.freshCredential();
		stage.sandbox.addFault({ on: 'effects', kind: 'code', code: 1200 });
		await expect(effects(credential)).rejects.toThrow('Akool has blocked this account');
		expect(await effects(credential)).toHaveLength(EFFECTS.length);
	});
});

describe('a list that cannot be shown says why', () => {
	it('when it is empty', async () => {
		stage.sandbox.addFault({ on: 'effects', kind: 'emptyList' });
		await expect(effects(stage.freshCredential())).rejects.toMatchObject({
			message: 'Akool offers no effects to this account at the moment',
			description: expect.stringContaining('By Code'),
		});
		stage.sandbox.addFault({ on: 'models', kind: 'emptyList' });
		await expect(models(stage.freshCredential())).rejects.toMatchObject({
			message: 'Akool offers no models to this account at the moment',
			description: expect.stringContaining('By Name'),
		});
	});

	it('when the key is wrong', async () => {
		const credential = stage.freshCredential();
		credential.kept.apiKey = 'a-wrong-key-that-nobody-may-see';
		const failure = effects(credential);
		await expect(failure).rejects.toThrow('Akool does not know this API key');
		await expect(failure).rejects.not.toThrow('a-wrong-key');
	});

	it('when Akool cannot be reached', async () => {
		const gone = await startSandbox();
		const credential = credentialFor(gone);
		await gone.close();
		await expect(models(credential)).rejects.toThrow("Couldn't reach Akool");
	});

	it.each([
		['a page', { kind: 'status' }],
		['cut JSON', { kind: 'cutJson' }],
	])('when Akool answers with %s', async (_, fault) => {
		stage.sandbox.addFault({ on: 'effects', times: Infinity, ...fault });
		await expect(effects(stage.freshCredential())).rejects.toThrow(
			"Akool didn't return a valid response (while listing the effects)",
		);
	});
});
