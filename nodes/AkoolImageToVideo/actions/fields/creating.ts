// What Create and Create Batch have in common beside the picture: the prompt, the notice about money, the budget, the callback's address.

import type { INodeProperties } from 'n8n-workflow';

import type { JsonRecord } from '../../akool/json';
import type { BudgetLimits } from '../../run/budget';
import type { Run } from '../../run/run';
import { Options } from '../parameters';
import { reachableUrl } from './picture';

export const creditsNotice: INodeProperties = {
	displayName:
		'Each video costs Akool credits as soon as it is created. Akool tells no price beforehand; the real one is in the output as deduction_credit. Options can set a limit.',
	name: 'creditsNotice',
	type: 'notice',
	default: '',
};

export const promptField: INodeProperties = {
	displayName: 'Prompt',
	name: 'prompt',
	type: 'string',
	typeOptions: { rows: 3 },
	required: true,
	default: '',
	placeholder: 'e.g. The camera circles the bottle slowly while light glides over the glass',
	description: 'How the picture should move, in a sentence or two',
};

/** The options that limit what a run may cost. */
export const budgetOptions: INodeProperties[] = [
	{
		displayName: 'Maximum Credits',
		name: 'maxCredits',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 100,
		description: 'Start no further video once this execution would spend more. Items that were not made say so.',
	},
	{
		displayName: 'Maximum Videos',
		name: 'maxVideos',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10,
		description: 'Create nothing at all if this execution would make more videos',
	},
	{
		displayName: 'Minimum Balance',
		name: 'minBalance',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 100,
		description: 'Create nothing if the Akool account has fewer credits. The balance is read first.',
	},
];

export const negativePromptOption: INodeProperties = {
	displayName: 'Negative Prompt',
	name: 'negativePrompt',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. blurry, distorted, low quality',
	description: 'What to avoid in the video',
};

export const extendPromptOption: INodeProperties = {
	displayName: 'Extend Prompt',
	name: 'extendPrompt',
	type: 'boolean',
	default: true,
	description: 'Whether Akool may add to the prompt by itself',
};

export const customBodyFieldsOption: INodeProperties = {
	displayName: 'Custom Body Fields',
	name: 'customBodyFields',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "seed": 42 }',
	description: 'JSON that is merged into the request, for what Akool offers beyond this node’s fields',
};

export const webhookUrlOption: INodeProperties = {
	displayName: 'Webhook URL',
	name: 'webhookUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. the Production URL of an Akool Image to Video Trigger',
	description: 'Another address that Akool calls about the videos. Cannot be combined with waiting by callback.',
};

/** Reads the limits, which hold for the whole run, from its first item. */
export function readLimits(run: Run): BudgetLimits {
	const options = new Options(run, 0);
	return {
		maxCredits: options.number('maxCredits', 'Maximum Credits', 1),
		maxVideos: options.number('maxVideos', 'Maximum Videos', 1),
		minBalance: options.number('minBalance', 'Minimum Balance', 1),
	};
}

/** Reads Webhook URL of an item. */
export function readWebhookUrl(run: Run, options: Options): string | undefined {
	const url = options.text('webhookUrl');
	if (url === undefined) return undefined;
	return reachableUrl(run, 'Webhook URL', url, 'Give the whole public address, such as a trigger’s Production URL, beginning with https://.');
}

/** Reads Custom Body Fields of an item. */
export function readCustomBodyFields(options: Options): JsonRecord {
	return options.object('customBodyFields', 'Custom Body Fields');
}
