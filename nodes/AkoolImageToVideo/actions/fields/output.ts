// Which fields of a video are returned, and whether its file is downloaded. The trigger has the same fields among its options.

import type { INodeProperties } from 'n8n-workflow';

import type { OutputForm } from '../../items/videoJson';
import type { Run } from '../../orders/run';
import { parametersOf, settingsOf, type Field, type Values, valuesOfRun } from '../parameters';
import { atTopLevel, WITHOUT_WAITING } from './options';

export const DEFAULT_BINARY_FIELD = 'data';

/** An agent takes no files from its tools. */
const AS_TOOL = { '@tool': [true] };

const downloadVideo: INodeProperties = {
	displayName: 'Download Video',
	name: 'downloadVideo',
	type: 'boolean',
	default: true,
	description: 'Whether to download the finished file. Akool deletes it seven days after the video was created.',
};

/** Where the operation waits by default; without waiting there is nothing to download yet. */
export const downloadAfterWaiting: INodeProperties = {
	...downloadVideo,
	displayOptions: { hide: { ...AS_TOOL, ...WITHOUT_WAITING } },
};

/** Where files can be had without waiting. */
export const downloadOnRequest: INodeProperties = {
	...downloadVideo,
	default: false,
	displayOptions: { hide: AS_TOOL },
};

/** Among the options of the trigger, which has no tool. */
export const downloadOption: INodeProperties = downloadVideo;

/** Shown if the file is not downloaded and the operation need not wait. */
export const linkNotice: INodeProperties = {
	displayName: 'The link in video_url expires seven days after the video was created. To keep the video, download it.',
	name: 'linkNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { downloadVideo: [false] }, hide: AS_TOOL },
};

/** Shown where the file of a finished video is left at Akool. */
export const linkNoticeAfterWaiting: INodeProperties = {
	...linkNotice,
	displayOptions: {
		show: { downloadVideo: [false] },
		hide: { ...AS_TOOL, ...WITHOUT_WAITING },
	},
};

export const outputBinaryField: INodeProperties = {
	displayName: 'Output Data Field Name',
	name: 'outputBinaryField',
	type: 'string',
	default: DEFAULT_BINARY_FIELD,
	hint: 'The name of the output field to put the binary file data in',
};

const NO_FILE = { ...AS_TOOL, '/downloadVideo': [false] };

export const fileNameOption: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.product }}',
	description: 'The name of the video file. If empty, the ID of the video is used. Equal names are numbered.',
};

/** The options about the file of a video. */
const fileOptions: INodeProperties[] = [fileNameOption, outputBinaryField];

/** The options about the file, where Download Video decides. */
export const fileOptionsWithDownload: INodeProperties[] = fileOptions.map((field) => ({
	...field,
	displayOptions: { hide: NO_FILE },
}));

/** The same in the trigger, beside Download Video. There, each video has its own execution, so names are not numbered. */
export const fileOptionsOfTrigger: INodeProperties[] = [
	{
		...fileNameOption,
		placeholder: 'e.g. product-{{ $now.toISO() }}',
		description: 'The name of the video file. It cannot use fields of the video. If empty, the ID is used.',
	},
	outputBinaryField,
].map((field) => ({
	...field,
	displayOptions: { show: { downloadVideo: [true] } },
}));

/** The form of the output of what Akool lists: effects, models, the balance. */
export function outputFieldFor(subject: string): INodeProperties {
	return {
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{ name: 'Raw', value: 'raw', description: `Everything that Akool returns about the ${subject}` },
			{ name: 'Simplified', value: 'simplified', description: 'The most useful fields' },
		],
		default: 'simplified',
		description: 'Which fields to return',
	};
}

const outputField: INodeProperties = {
	...outputFieldFor('video'),
	options: [
		{ name: 'Raw', value: 'raw', description: 'Everything that Akool returns about the video' },
		{ name: 'Selected Fields', value: 'selectedFields', description: "The ID and what 'Fields' names" },
		{ name: 'Simplified', value: 'simplified', description: 'The most useful fields' },
	],
};

/** The fields that Akool returns about videos, and those that this node adds. */
const FIELD_NAMES = [
	'_id',
	'audio_type',
	'audio_url',
	'batch_count',
	'batch_id',
	'cover_url',
	'create_time',
	'deduction_credit',
	'effect_code',
	'effect_name',
	'error_reason',
	'expires_at',
	'extend_prompt',
	'fail_msg',
	'file_name',
	'generate_audio',
	'image_url',
	'last_image_url',
	'model_name',
	'negative_prompt',
	'only_add_audio',
	'pre_video_id',
	'prompt',
	'resolution',
	'status',
	'status_name',
	'sub_type',
	'team_id',
	'uid',
	'update_time',
	'video_duration',
	'video_url',
	'webhookUrl',
];

const selectedFields: INodeProperties = {
	displayName: 'Fields',
	name: 'fields',
	type: 'multiOptions',
	options: FIELD_NAMES.map((name) => ({ name, value: name })),
	default: ['video_url', 'expires_at'],
	description: 'The fields to return in addition to the ID. Fields that Akool does not give for a video are left out.',
	displayOptions: { show: { output: ['selectedFields'] } },
};

/** Output and what belongs to it, among the options. */
export const outputFields: INodeProperties[] = [outputField, selectedFields];

/** The same options at the top level. */
export const outputAtTopLevel: INodeProperties[] = outputFields.map(atTopLevel);

/** Reads Output. */
export function outputFormIn(values: Values): OutputForm {
	const form = values.choice(outputField);
	if (form !== 'selectedFields') return form === 'raw' ? 'raw' : 'simplified';
	return { fields: values.required(values.fieldNames(selectedFields), selectedFields, 'Choose the fields to return.') };
}

/** Reads Output of an operation whose items belong to no input item. */
export function readOutputForm(run: Run): OutputForm {
	return outputFormIn(valuesOfRun(run, settingsOf));
}

/** Reads Output of what Akool lists. */
export function isRawWanted(run: Run, field: Field): boolean {
	return valuesOfRun(run, parametersOf).choice(field) === 'raw';
}

/** Reads Output Data Field Name. */
export function binaryFieldIn(values: Values): string {
	return values.text(outputBinaryField) ?? DEFAULT_BINARY_FIELD;
}

/** As above, for an operation whose items belong to no input item. */
export function readBinaryField(run: Run): string {
	return binaryFieldIn(valuesOfRun(run, settingsOf));
}
