// What a user sets on the trigger. Akool registers no webhooks, so the notice says where the address has to go.

import type { INodeProperties } from 'n8n-workflow';

import { downloadVideoField, outputBinaryFieldWithDownload, outputField } from '../actions/fields/output';
import { DEFAULT_MAX_AGE_MINUTES } from './settings';

const EVENT_OPTIONS = [
	{ name: 'Video Completed', value: 'completed', description: 'When a video is finished and can be downloaded' },
	{ name: 'Video Failed', value: 'failed', description: 'When Akool could not make a video' },
	{ name: 'Video in Progress', value: 'progress', description: 'When Akool queues a video or begins to make it' },
];

const EVENT_NAMES = Object.fromEntries(EVENT_OPTIONS.map(({ name, value }) => [value, name]));

/** What stands below the node's name on the canvas. An expression may give Trigger On anything, one text among it. */
export const SUBTITLE = `={{ [].concat($parameter.triggerOn ?? []).map((event) => (${JSON.stringify(EVENT_NAMES)})[event] ?? event).join(", ") }}`;

export const triggerFields: INodeProperties[] = [
	{
		displayName:
			'Akool keeps no list of webhooks: copy the Production URL under Webhook URLs above into the option Webhook URL of the Akool Image to Video node, or send it as webhookurl from wherever you create videos. Akool must be able to reach it, and the credential needs the Client ID. The link to a video ends seven days after it was created, so save the file.',
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
		description: 'What starts the workflow. The same news about a video starts it once.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{ ...downloadVideoField, default: true },
			{
				displayName: 'Maximum Age',
				name: 'maxAgeMinutes',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: DEFAULT_MAX_AGE_MINUTES,
				hint: 'In minutes',
				description:
					'How many minutes old a call of Akool may be, so that nobody can send an old one again. 0 is no limit.',
			},
			outputField,
			outputBinaryFieldWithDownload,
			{
				displayName: 'Verify by Reading',
				name: 'verifyByReading',
				type: 'boolean',
				default: true,
				description:
					'Whether to look the video up at Akool before the workflow starts. Keep this on unless you have a reason: Akool’s signature alone proves little.',
			},
		],
	},
];
