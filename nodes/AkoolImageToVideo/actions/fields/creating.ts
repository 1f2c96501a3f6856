// What Create and Create Batch have in common beside the image: the prompt, and some of their options.

import type { INodeProperties } from 'n8n-workflow';

import type { JsonRecord } from '../../akool/json';
import type { ImageToCheck } from '../../images/imageToCheck';
import type { Run } from '../../orders/run';
import { refuseValue, type Values } from '../parameters';
import { readUrl } from './image';
import { WITHOUT_WAITING } from './options';

export const promptField: INodeProperties = {
	displayName: 'Prompt',
	name: 'prompt',
	type: 'string',
	typeOptions: { rows: 1 },
	required: true,
	default: '',
	placeholder: 'e.g. The camera circles the bottle slowly',
	description: 'How the image should move, in a sentence or two',
};

/** Cells that were not filled in often hold only punctuation. */
const SAYS_SOMETHING = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/** Reads the prompt of an item; undefined where it is empty or only punctuation. */
export function readPrompt(parameters: Values): string | undefined {
	const prompt = parameters.text(promptField);
	return prompt !== undefined && SAYS_SOMETHING.test(prompt) ? prompt : undefined;
}

/** Reads the prompt of an item. @throws UnusableValue where there is none */
export function readRequiredPrompt(parameters: Values): string {
	const prompt = readPrompt(parameters);
	return parameters.required(prompt, promptField, 'Describe in a sentence how the image should move.');
}

const negativePromptOption: INodeProperties = {
	displayName: 'Negative Prompt',
	name: 'negativePrompt',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. blurry, distorted, low quality',
	description: 'What to avoid in the video',
};

const extendPromptOption: INodeProperties = {
	displayName: 'Extend Prompt',
	name: 'extendPrompt',
	type: 'boolean',
	default: true,
	description: "Whether to let Akool expand the prompt. If not added, Akool's default applies.",
};

const customBodyFieldsOption: INodeProperties = {
	displayName: 'Additional Body Fields',
	name: 'customBodyFields',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "multi_prompt": [] }',
	description: 'JSON that is merged into the request, for what Akool offers beyond the fields of this node',
};

const checkImagesOption: INodeProperties = {
	displayName: 'Check Images',
	name: 'checkImages',
	type: 'boolean',
	default: true,
	description:
		'Whether to check the first bytes of each image and audio file before anything is spent, and refuse other files. On by default; add the option to switch it off.',
};

const webhookUrlOption: INodeProperties = {
	displayName: 'Webhook URL',
	name: 'webhookUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/…',
	description:
		"The address for Akool's callbacks about the videos, such as the Production URL of a trigger. The node itself can then only wait by polling.",
};

/** Shown below the options if Callback is chosen. Only the creates take a callback address. */
export const callbackNotice: INodeProperties = {
	displayName:
		"For 'Wait: Mode' Callback, Akool must be able to reach this n8n from the internet. If it cannot, use Automatic.",
	name: 'callbackNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { '/options.waitMode': ['callback'] }, hide: WITHOUT_WAITING },
};

/** The names of the options that are about the prompt. */
export const PROMPT_OPTIONS: readonly string[] = [extendPromptOption.name, negativePromptOption.name];

/** The options that both creates have. */
export const creatingOptions: INodeProperties[] = [
	checkImagesOption,
	customBodyFieldsOption,
	extendPromptOption,
	negativePromptOption,
	webhookUrlOption,
];

export interface CreatingOptions {
	negativePrompt: string | undefined;
	extendPrompt: boolean | undefined;
	webhookUrl: string | undefined;
	customBodyFields: JsonRecord;
}

/** Body fields that have their own field in the editor, with its label. */
export type BodyFieldNames = Readonly<Record<string, string>>;

/** Body fields that this node sets, checks and counts: as custom fields, they would bypass every check and limit. */
const OWN_BODY_FIELDS: BodyFieldNames = {
	image_url: 'Image URL',
	prompt: 'Prompt',
	negative_prompt: 'Negative Prompt',
	extend_prompt: 'Extend Prompt',
	model_name: 'Model',
	count: 'Count',
	last_image_url: 'Last Image URL',
	effect_code: 'Effect',
	generate_audio: 'Generate Audio',
	is_premium_model: 'Use Premium Model',
	webhookurl: 'Webhook URL',
};

function readCustomBodyFields(options: Values, ofOperation: BodyFieldNames): JsonRecord {
	const fields = options.object(customBodyFieldsOption);
	const names = new Map(Object.entries({ ...OWN_BODY_FIELDS, ...ofOperation }));
	const own = Object.keys(fields).find((name) => names.has(name.toLowerCase()));
	if (own === undefined) return fields;
	const advice = `Use '${names.get(own.toLowerCase()) ?? own}' instead, or the operation that has it.`;
	return refuseValue(customBodyFieldsOption.displayName, `holds "${own}", which has a field of its own`, advice);
}

/** The images to check: none if Check Images is off. */
export function imagesToCheck(options: Values, images: readonly ImageToCheck[]): readonly ImageToCheck[] {
	return options.boolean(checkImagesOption) === false ? [] : images;
}

/** Reads the options that both creates have. @param ofOperation body fields that only this operation has a field for */
export function readCreatingOptions(run: Run, options: Values, ofOperation: BodyFieldNames): CreatingOptions {
	return {
		negativePrompt: options.text(negativePromptOption),
		extendPrompt: options.boolean(extendPromptOption),
		webhookUrl: readUrl(run, options, webhookUrlOption, { of: 'webhook' }),
		customBodyFields: readCustomBodyFields(options, ofOperation),
	};
}
