import { NodeHelpers, type INodeParameters } from 'n8n-workflow';

import { AkoolImageToVideo } from '../../nodes/AkoolImageToVideo/AkoolImageToVideo.node';
import { node } from '../integration/engine';

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
	'animateWith',
	'prompt',
	'resolution',
	'videoLength',
	'waitForCompletion',
	'downloadVideo',
	'options',
];

describe('a new Create', () => {
	it('shows the essential fields, each once', () => {
		expect(shownWith({ ...NEW, operation: 'create' })).toEqual(CREATE);
		expect(markedWith({ ...NEW, operation: 'create' })).toEqual(['imageUrl', 'prompt']);
	});

	it('requires no prompt when an effect is chosen', () => {
		const parameters = { ...NEW, operation: 'create', imageUrl: 'https://example.com/a.png', animateWith: 'effect' };
		const at = CREATE.indexOf('prompt');
		expect(shownWith(parameters)).toEqual([...CREATE.slice(0, at), 'effectCode', ...CREATE.slice(at)]);
		expect(markedWith({ ...parameters, effectCode: EFFECT })).toEqual([]);
	});
});

describe('a new Create Batch', () => {
	it('shows resolution and length with and without a model, without marking them as missing', () => {
		const parameters = { ...NEW, operation: 'createBatch' };
		expect(shownWith(parameters)).toEqual(expect.arrayContaining(['modelName', 'batchResolution', 'batchVideoLength']));
		expect(markedWith(parameters)).toEqual(['imageUrl', 'prompt']);
	});
});
