// What n8n loads for the trigger node: its description, and the calls into the layers below.

import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { SUBTITLE, triggerFields } from './trigger/description';
import { assertReady } from './trigger/ready';
import { receive } from './trigger/handleCallback';

export class AkoolImageToVideoTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Akool Image to Video Trigger',
		name: 'akoolImageToVideoTrigger',
		icon: { light: 'file:akool.svg', dark: 'file:akool.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Start when Akool finishes a video',
		defaults: { name: 'Akool Image to Video Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'akoolApi', required: true }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '', path: 'webhook' }],
		eventTriggerDescription: "Waiting for Akool's callback about a video",
		activationMessage: "Paste the Production URL into the 'Webhook URL' option of each Akool node.",
		triggerPanel: {
			header: 'Start when Akool finishes a video',
			executionsHelp: {
				inactive:
					"<b>While building</b>, paste the Test URL into the 'Webhook URL' option of an Akool node in another workflow. Click 'Execute step' here, then create a video there: n8n listens for two minutes. <b>When you are done</b>, publish the workflow and use the Production URL instead.",
				active:
					"<b>While building</b>, copy the Test URL, click 'Execute step', and create a video with it. <b>The published workflow</b> starts for each video that was created with the Production URL: see its executions list.",
			},
			activationHint:
				"Publish the workflow, then paste the Production URL into the 'Webhook URL' option of each Akool node.",
		},
		properties: triggerFields,
	};

	/** Akool registers no webhooks, so there is nothing to create or remove there; only whether calls could be read is checked. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				await assertReady(this);
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await assertReady(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
