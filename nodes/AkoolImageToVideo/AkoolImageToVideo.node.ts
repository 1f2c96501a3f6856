// What n8n loads for the action node: its description, and the calls into the layers below.

import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { execute } from './actions/router';
import { properties, SUBTITLE } from './actions/operations';
import { searchEffects, searchModels, searchResolutions, searchVideoLengths, searchVideos } from './methods/listSearch';
import { WAITING_TOOLTIP } from './messages/waiting';
import { resume } from './waiting/resume';
import { resumeWebhooks } from './waiting/resumeWebhook';

export class AkoolImageToVideo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Akool Image to Video',
		name: 'akoolImageToVideo',
		icon: { light: 'file:akool.svg', dark: 'file:akool.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Create videos from images with Akool',
		defaults: { name: 'Akool Image to Video' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'akoolApi', required: true }],
		webhooks: resumeWebhooks,
		waitingNodeTooltip: WAITING_TOOLTIP,
		properties,
	};

	methods = {
		listSearch: { searchEffects, searchModels, searchResolutions, searchVideoLengths, searchVideos },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this);
	}
}
