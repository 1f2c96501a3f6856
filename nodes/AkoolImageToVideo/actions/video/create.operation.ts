// Create: one image, one video, moved by a prompt or by one of Akool's effects.

import type { INodeProperties } from 'n8n-workflow';

import { createBody } from '../../akool/bodies';
import type { Run } from '../../orders/run';
import type { OrderRequest } from '../../orders/orderRequest';
import { audioAtTopLevel, audioOptions, readAudio } from '../fields/audio';
import {
	callbackNotice,
	creatingOptions,
	imagesToCheck,
	PROMPT_OPTIONS,
	promptField,
	readCreatingOptions,
	readPrompt,
	readRequiredPrompt,
	type BodyFieldNames,
} from '../fields/creating';
import { effectCode, readEffect } from '../fields/effect';
import { imageFields, readImage } from '../fields/image';
import { spend, spendingFields } from '../fields/spending';
import { fieldsOf, type Operation } from '../operation';
import { optionsOf, parametersOf, type Values } from '../parameters';

const BODY_FIELDS: BodyFieldNames = {
	audio_type: 'Audio',
	audio_url: 'Audio URL',
	resolution: 'Resolution',
	video_length: 'Video Length',
};

const animateWith: INodeProperties = {
	displayName: 'Animate With',
	name: 'animateWith',
	type: 'options',
	options: [
		{ name: 'Effect', value: 'effect', description: "One of Akool's ready-made motions instead of a prompt" },
		{ name: 'Prompt', value: 'prompt', description: 'Your own words' },
	],
	default: 'prompt',
	description: 'What decides how the image moves',
};

const withPrompt: INodeProperties = { ...promptField, displayOptions: { show: { animateWith: ['prompt'] } } };

const promptBesideEffect: INodeProperties = {
	...promptField,
	required: false,
	placeholder: 'Optional',
	description: 'Akool ignores the prompt when an effect is set, and returns it with the video',
	displayOptions: { show: { animateWith: ['effect'] } },
};

const resolution: INodeProperties = {
	displayName: 'Resolution',
	name: 'resolution',
	type: 'options',
	options: [
		{ name: '720p', value: '720p' },
		{ name: '1080p', value: '1080p' },
		{ name: '4K', value: '4k' },
	],
	default: '720p',
	description:
		"A higher resolution costs more credits. For models other than Akool's default, use Create Batch, even for one video.",
};

const videoLength: INodeProperties = {
	displayName: 'Video Length',
	name: 'videoLength',
	type: 'options',
	options: [
		{ name: '5 Seconds', value: 5 },
		{ name: '10 Seconds', value: 10, description: "Needs Akool's Pro plan or a higher one" },
	],
	default: 5,
	description: 'A longer video costs more credits',
	hint: 'Costs credits. For Kling, Seedance, MiniMax: use Create Batch.',
};

const ownFields: INodeProperties[] = [
	...imageFields,
	animateWith,
	withPrompt,
	effectCode,
	promptBesideEffect,
	resolution,
	videoLength,
	...audioAtTopLevel,
];

const isPremiumModel: INodeProperties = {
	displayName: 'Use Premium Model',
	name: 'isPremiumModel',
	type: 'boolean',
	default: true,
	description:
		"Whether to use Akool's faster premium model, which needs its Pro plan or a higher one. If not added, Akool's default applies.",
};

/** Hides what Akool ignores when an effect is set. */
const ofPrompt = { hide: { '/animateWith': ['effect'] } };

const ownOptions: INodeProperties[] = [
	...creatingOptions.map((option) =>
		PROMPT_OPTIONS.includes(option.name) ? { ...option, displayOptions: ofPrompt } : option,
	),
	...audioOptions,
	isPremiumModel,
];

function readResolution(parameters: Values): string {
	return String(parameters.required(parameters.choice(resolution), resolution, 'Choose a resolution.'));
}

function readVideoLength(parameters: Values): number {
	return Number(parameters.required(parameters.choice(videoLength), videoLength, 'Choose a length.'));
}

/** Reads prompt or effect. Akool requires a prompt even with an effect, which makes it ignore the prompt. */
async function readMotion(run: Run, parameters: Values): Promise<{ prompt: string; effectCode: string | undefined }> {
	if (parameters.choice(animateWith) !== 'effect') {
		return { prompt: readRequiredPrompt(parameters), effectCode: undefined };
	}
	const code = await readEffect(run, parameters);
	return { prompt: readPrompt(parameters) ?? code, effectCode: code };
}

async function readRequest(run: Run, itemIndex: number): Promise<OrderRequest> {
	const options = optionsOf(run, itemIndex);
	const parameters = parametersOf(run, itemIndex);
	const image = await readImage(run, itemIndex);
	const audio = await readAudio(run, itemIndex, true);
	const body = createBody({
		...readCreatingOptions(run, options, BODY_FIELDS),
		imageUrl: image.url,
		...(await readMotion(run, parameters)),
		resolution: readResolution(parameters),
		videoLengthSeconds: readVideoLength(parameters),
		audioType: audio.audioType,
		audioUrl: audio.audioUrl,
		isPremiumModel: options.boolean(isPremiumModel),
	});
	return {
		itemIndex,
		place: '',
		endpoint: 'create',
		body,
		ownFiles: [...image.ownFiles, ...audio.ownFiles],
		images: imagesToCheck(options, [...image.images, ...audio.images]),
		videoCount: 1,
	};
}

export const create: Operation = {
	fields: fieldsOf('video', 'create', [...spendingFields(ownFields, ownOptions), callbackNotice]),

	/** Vendor page: "Create Image to Video". */
	async execute(run) {
		return await spend(run, async (itemIndex) => [await readRequest(run, itemIndex)]);
	},
};
