import { NodeHelpers, type INodeParameters } from 'n8n-workflow';

import { AkoolImageToVideo } from '../../nodes/AkoolImageToVideo/AkoolImageToVideo.node';
import { node } from '../integration/engine';
import { at, create, createBatch, setUpHarness } from '../integration/harness';

const harness = setUpHarness();
const { description } = new AkoolImageToVideo();
const TYPE = 'n8n-nodes-akool.akoolImageToVideo';
const EFFECT = { __rl: true, mode: 'list', value: 'squish_89244231312' };

/** The node as the editor stores it, with all defaults. */
function stored(parameters: INodeParameters): INodeParameters {
	const empty = node('Akool', TYPE, { parameters });
	return NodeHelpers.getNodeParameters(description.properties, parameters, true, false, empty, description) ?? {};
}

/** The fields that a person sees with these parameters, in their order. */
function shownWith(parameters: INodeParameters): string[] {
	const values = stored(parameters);
	return description.properties
		.filter(({ type }) => type !== 'hidden')
		.filter((property) => NodeHelpers.displayParameter(values, property, null, description))
		.map(({ name }) => name);
}

/** The fields that the editor marks in red. */
function markedWith(parameters: INodeParameters): string[] {
	const issues = NodeHelpers.getNodeParametersIssues(
		description.properties,
		node('Akool', TYPE, { parameters: stored(parameters) }),
		description,
	);
	return Object.keys(issues?.parameters ?? {});
}

const NEW = { resource: 'video' };
const CREATE = [
	'resource',
	'operation',
	'imageSource',
	'imageUrl',
	'prompt',
	'resolution',
	'videoLength',
	'waitForCompletion',
	'downloadVideo',
	'options',
];

describe('a new Create', () => {
	it('shows what is essential, and each field once', () => {
		expect(shownWith({ ...NEW, operation: 'create' })).toEqual(CREATE);
		expect(markedWith({ ...NEW, operation: 'create' })).toEqual(['imageUrl', 'prompt']);
	});

	it.each([
		['among the options', { options: { effectCode: EFFECT } }, CREATE],
		['by an expression', { options: { effectCode: { ...EFFECT, value: '={{ $json.effect }}' } } }, CREATE],
		[
			'at the top level',
			{ animateWith: 'effect', effectCode: EFFECT },
			[...CREATE.slice(0, 4), 'effectCode', ...CREATE.slice(4)],
		],
	])('needs no prompt where there is an effect %s', (_, effect, fields) => {
		const parameters = create({ imageUrl: 'https://example.com/a.png', prompt: '', options: {}, ...effect });
		expect(shownWith({ ...parameters, downloadVideo: true })).toEqual(fields);
		expect(markedWith(parameters)).toEqual([]);
	});
});

describe('a new Create Batch', () => {
	const BATCH = [...CREATE.slice(0, 5), 'modelName', 'count', ...CREATE.slice(-3)];
	const AFTER_MODEL = [...BATCH.slice(0, 6), 'batchResolution', 'batchVideoLength', ...BATCH.slice(6)];
	const WITHOUT_MODEL = { ...NEW, operation: 'createBatch' };
	const ONE = { __rl: true, mode: 'value', value: '1080p' };

	it('shows resolution and length once there is a model to choose them from, by name, by list or by expression', () => {
		expect(shownWith(WITHOUT_MODEL)).toEqual(BATCH);
		for (const value of ['seedance-1-0-lite-i2v-250428', '={{ $json.model }}']) {
			for (const mode of ['list', 'name'])
				expect(shownWith({ ...WITHOUT_MODEL, modelName: { __rl: true, mode, value } })).toEqual(AFTER_MODEL);
		}
	});

	it('shows without a model what is set all the same', () => {
		expect(shownWith({ ...WITHOUT_MODEL, batchResolution: ONE })).toEqual([
			...BATCH.slice(0, 6),
			'batchResolution',
			...BATCH.slice(6),
		]);
		expect(shownWith({ ...WITHOUT_MODEL, batchResolution: { ...ONE, value: '' } })).toEqual(BATCH);
	});
});

describe('what is set without a model', () => {
	it.each([
		['as the editor stores it', { __rl: true, mode: 'list', value: '' }],
		['as a text', ''],
		['not at all', undefined],
	])('goes out with the order, the model given %s', async (_, modelName) => {
		const { error } = await harness.run(createBatch({ modelName, batchResolution: '1080p', batchVideoLength: 10 }));
		expect(error).toBeUndefined();
		expect(at(harness.sandbox.jobs, 0).body).toMatchObject({ resolution: '1080p', video_length: 10 });
	});
});

describe('an effect among the options', () => {
	const withEffect = (value: string): INodeParameters =>
		create({ prompt: '', options: { waitMode: 'polling', effectCode: { ...EFFECT, value } } });

	it('is what moves the image, and wins over what the top level says', async () => {
		const { json } = await harness.run({ ...withEffect(EFFECT.value), animateWith: 'prompt' });
		expect(at(json, 0)).toMatchObject({ status_name: 'completed', effect_name: 'Squish' });
		expect(at(harness.sandbox.jobs, 0).body).toMatchObject({ effect_code: EFFECT.value });
	});

	it.each(['', '={{ $json.nothing }}'])('is refused where it is empty, before anything is sent: %s', async (value) => {
		const { error } = await harness.run({ ...withEffect(value), prompt: 'Turn' });
		expect(error?.message).toBe("'Effect' is empty");
		expect(error?.description).toContain('remove the option');
		expect(harness.sandbox.jobs).toEqual([]);
	});
});
