// The fields of the trigger whose values are read, shared by description and settings.

import type { INodeProperties } from 'n8n-workflow';

export const DEFAULT_MAX_AGE_MINUTES = 1440;

export const EVENT_OPTIONS = [
	{ name: 'Video Completed', value: 'completed', description: 'When a video is finished and can be downloaded' },
	{ name: 'Video Failed', value: 'failed', description: 'When Akool could not create a video' },
	{ name: 'Video in Progress', value: 'progress', description: 'When Akool queues a video or begins to create it' },
];

export const triggerOn: INodeProperties = {
	displayName: 'Trigger On',
	name: 'triggerOn',
	type: 'multiOptions',
	required: true,
	options: EVENT_OPTIONS,
	default: ['completed', 'failed'],
};

export const maximumAge: INodeProperties = {
	displayName: 'Maximum Age (Minutes)',
	name: 'maxAgeMinutes',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: DEFAULT_MAX_AGE_MINUTES,
	description:
		"How old a callback may be, by its own timestamp. Anyone who knows the Client ID can give an old one a new timestamp, which 'Verify with Akool' makes harmless. 0 means no limit.",
};

export const verifyWithAkool: INodeProperties = {
	displayName: 'Verify with Akool',
	name: 'verifyByReading',
	type: 'boolean',
	default: true,
	description:
		"Whether to look up the video at Akool before the workflow starts. Akool's signature alone proves little.",
};
