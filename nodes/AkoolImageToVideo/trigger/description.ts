// What a user sets on the trigger. Akool registers no webhooks, so the notice says where the address has to go.

import type { INodeProperties } from 'n8n-workflow';

import { downloadOption, fileOptionsOfTrigger, outputField } from '../actions/fields/output';
import { DEFAULT_MAX_AGE_MINUTES } from './settings';

const EVENT_OPTIONS = [
	{ name: 'Video Completed', value: 'completed', description: 'When a video is finished and can be downloaded' },
	{ name: 'Video Failed', value: 'failed', description: 'When Akool could not create a video' },
	{ name: 'Video in Progress', value: 'progress', description: 'When Akool queues a video or begins to create it' },
];

const EVENT_NAMES = Object.fromEntries(EVENT_OPTIONS.map(({ name, value }) => [value, name]));

/** What stands below the node's name on the canvas. An expression may give Trigger On anything, one text among it. */
export const SUBTITLE = `={{ [].concat($parameter.triggerOn ?? []).map((event) => (${JSON.stringify(EVENT_NAMES)})[event] ?? event).join(", ") }}`;

export const triggerFields: INodeProperties[] = [
	{
		displayName:
			"Akool stores no webhooks. Paste this trigger's Production URL into the 'Webhook URL' option of each Akool node. The credential needs a Client ID.",
		name: 'webhookNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'multiOptions',
		required: true,
		options: EVENT_OPTIONS,
		default: ['completed', 'failed'],
	},
	{
		displayName:
			"With 'Verify with Akool' off, a callback is believed as it comes: whoever knows the client ID can send an old one again, and whoever knows the API key too can start the workflow with anything.",
		name: 'unverifiedNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { '/options.verifyByReading': [false] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			downloadOption,
			{
				displayName: 'Maximum Age (Minutes)',
				name: 'maxAgeMinutes',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: DEFAULT_MAX_AGE_MINUTES,
				description:
					"How long ago a callback may have been sent, by its own timestamp. Whoever knows the client ID can give an old one a new timestamp, which 'Verify with Akool' makes harmless. 0 is no limit.",
			},
			outputField,
			...fileOptionsOfTrigger,
			{
				displayName: 'Verify with Akool',
				name: 'verifyByReading',
				type: 'boolean',
				default: true,
				description:
					"Whether to look up the video at Akool before the workflow starts. Akool's signature alone proves little.",
			},
		],
	},
];
