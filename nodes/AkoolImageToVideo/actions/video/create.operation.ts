// Create: one picture, one video, moved by a prompt or by one of Akool's effects.

import type { INodeProperties } from 'n8n-workflow';

import { createBody } from '../../akool/bodies';
import type { Run } from '../../orders/run';
import type { SpendRequest } from '../../orders/orderRequest';
import { createAudioFields, readAudio } from '../fields/audio';
import {
	callbackNotice,
	creatingOptions,
	promptField,
	readCreatingOptions,
	type BodyFieldNames,
} from '../fields/creating';
import { pictureFields, readPicture } from '../fields/image';
import { spend, spendingFields } from '../fields/spending';
import { fieldsOf, type Operation } from '../operation';
import { Options, refuseValue, requiredText, textParameter } from '../parameters';

const RESOLUTIONS = ['720p', '1080p', '4k'];
const VIDEO_LENGTHS_SECONDS = [5, 10];

const BODY_FIELDS: BodyFieldNames = {
	audio_type: 'Audio',
	audio_url: 'Audio URL',
	resolution: 'Resolution',
	video_length: 'Video Length',
};

const ownFields: INodeProperties[] = [
	...pictureFields,
	{
		displayName: 'Animate With',
		name: 'animateWith',
		type: 'options',
		options: [
			{ name: 'Effect', value: 'effect', description: 'One of Akool’s ready-made effects; it replaces the prompt' },
			{ name: 'Prompt', value: 'prompt', description: 'Your own words' },
		],
		default: 'prompt',
		description: 'What decides how the picture moves',
	},
	{ ...promptField, displayOptions: { show: { animateWith: ['prompt'] } } },
	{
		displayName: 'Effect',
		name: 'effectCode',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description:
			'The effect to apply. Hold the pointer over a name in the list: the arrow beside it opens a preview film.',
		displayOptions: { show: { animateWith: ['effect'] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select an effect...',
				typeOptions: { searchListMethod: 'searchEffects', searchable: true },
			},
			{ displayName: 'By Code', name: 'code', type: 'string', placeholder: 'e.g. squish_89244231312' },
		],
	},
	{
		displayName: 'Resolution',
		name: 'resolution',
		type: 'options',
		options: [
			{ name: '720p', value: '720p' },
			{ name: '1080p', value: '1080p' },
			{ name: '4K', value: '4k' },
		],
		default: '720p',
		description: 'The size of the video; a larger one costs more credits',
	},
	{
		displayName: 'Video Length',
		name: 'videoLength',
		type: 'options',
		options: [
			{ name: '5 Seconds', value: 5 },
			{ name: '10 Seconds', value: 10, description: 'For Akool’s Pro plan and above' },
		],
		default: 5,
		description: 'How long the video is; a longer one costs more credits',
	},
	...createAudioFields,
];

const ownOptions: INodeProperties[] = [
	...creatingOptions,
	{
		displayName: 'Use Premium Model',
		name: 'isPremiumModel',
		type: 'boolean',
		default: true,
		description: 'Whether to use Akool’s faster premium model (Pro plan and above). Without this option Akool decides.',
	},
];

function readResolution(run: Run, itemIndex: number): string {
	const resolution = textParameter(run, 'resolution', itemIndex);
	if (RESOLUTIONS.includes(resolution)) return resolution;
	return refuseValue(
		'Resolution',
		`is "${resolution}"`,
		`Create knows ${RESOLUTIONS.join(', ')}. Other models are offered by Create Batch.`,
	);
}

function readVideoLength(run: Run, itemIndex: number): number {
	const seconds = Number(textParameter(run, 'videoLength', itemIndex));
	if (VIDEO_LENGTHS_SECONDS.includes(seconds)) return seconds;
	return refuseValue(
		'Video Length',
		'is not possible',
		'Create makes videos of 5 or 10 seconds. Other models are offered by Create Batch.',
	);
}

/** What moves the picture. Akool wants a prompt even where an effect makes it ignore it. */
function readMotion(run: Run, itemIndex: number): { prompt: string; effectCode: string | undefined } {
	if (textParameter(run, 'animateWith', itemIndex) !== 'effect') {
		const prompt = requiredText(run, 'prompt', 'Prompt', itemIndex, 'Say in a sentence how the picture should move.');
		return { prompt, effectCode: undefined };
	}
	const effectCode = requiredText(
		run,
		'effectCode',
		'Effect',
		itemIndex,
		'Choose an effect from the list, or enter its code.',
	);
	return { prompt: effectCode, effectCode };
}

function readRequest(run: Run, itemIndex: number): SpendRequest {
	const options = new Options(run, itemIndex);
	const picture = readPicture(run, itemIndex);
	const body = createBody({
		...readCreatingOptions(run, options, BODY_FIELDS),
		imageUrl: picture.url,
		...readMotion(run, itemIndex),
		resolution: readResolution(run, itemIndex),
		videoLengthSeconds: readVideoLength(run, itemIndex),
		...readAudio(run, itemIndex, true),
		isPremiumModel: options.boolean('isPremiumModel'),
	});
	return { itemIndex, place: '', endpoint: 'create', body, ownPicture: picture.ownPicture, videoCount: 1, alsoFor: [] };
}

export const create: Operation = {
	fields: fieldsOf('video', 'create', [...spendingFields(ownFields, ownOptions), callbackNotice]),

	/** Vendor page: "Create Image to Video". */
	async execute(run) {
		return await spend(run, (itemIndex) => [readRequest(run, itemIndex)]);
	},
};
