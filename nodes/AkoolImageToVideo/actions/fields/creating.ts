// What Create and Create Batch have in common beside the picture: the prompt, and some of their options.

import type { INodeProperties } from 'n8n-workflow';

import type { JsonRecord } from '../../akool/json';
import type { Run } from '../../run/run';
import type { Options } from '../parameters';
import { reachableUrl } from './picture';

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
	description: 'Whether Akool may add to the prompt by itself. Without this option Akool decides.',
};

const customBodyFieldsOption: INodeProperties = {
	displayName: 'Custom Body Fields',
	name: 'customBodyFields',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "seed": 42 }',
	description: 'JSON that is merged into the request, for what Akool offers beyond this node’s fields',
};

const webhookUrlOption: INodeProperties = {
	displayName: 'Webhook URL',
	name: 'webhookUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. the Production URL of an Akool Image to Video Trigger',
	description: 'The address that Akool calls about the videos, such as a trigger’s Production URL. With it, the node itself can only wait by polling.',
};

/** The options that both creates have. */
export const creatingOptions: INodeProperties[] = [customBodyFieldsOption, extendPromptOption, negativePromptOption, webhookUrlOption];

export interface CreatingOptions {
	negativePrompt: string | undefined;
	extendPrompt: boolean | undefined;
	webhookUrl: string | undefined;
	customBodyFields: JsonRecord;
}

function readWebhookUrl(run: Run, options: Options): string | undefined {
	const url = options.text('webhookUrl');
	if (url === undefined) return undefined;
	return reachableUrl(run, 'Webhook URL', url, 'Give the whole public address, such as a trigger’s Production URL, beginning with https://.');
}

/** Reads the options that both creates have. */
export function readCreatingOptions(run: Run, options: Options): CreatingOptions {
	return {
		negativePrompt: options.text('negativePrompt'),
		extendPrompt: options.boolean('extendPrompt'),
		webhookUrl: readWebhookUrl(run, options),
		customBodyFields: options.object('customBodyFields', 'Custom Body Fields'),
	};
}
