// What leaves the node about a video, and whether its file comes along. The trigger has the same fields among its options.

import type { INodeProperties } from 'n8n-workflow';

import type { OutputForm } from '../../items/videoJson';
import type { Run } from '../../orders/run';
import { settingsOf } from '../parameters';
import { WITHOUT_WAITING } from './options';

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

/** Where the operation waits unless it is told otherwise; without waiting there is nothing to download yet. */
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

/** Shown where a file is left at Akool though it is not waited for. */
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

/** The options about the file of a video. */
const fileOptions: INodeProperties[] = [outputBinaryField];

/** The options about the file, where Download Video decides. */
export const fileOptionsWithDownload: INodeProperties[] = fileOptions.map((field) => ({
	...field,
	displayOptions: { hide: NO_FILE },
}));

/** The same in the trigger, where they stand beside Download Video. */
export const fileOptionsOfTrigger: INodeProperties[] = fileOptions.map((field) => ({
	...field,
	displayOptions: { show: { downloadVideo: [true] } },
}));

/** The form of the output, for what Akool says about a `subject`. */
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

export const outputField: INodeProperties = outputFieldFor('video');

/** Reads Output. */
export function readOutputForm(run: Run): OutputForm {
	return settingsOf(run, 0).choice(outputField) === 'raw' ? 'raw' : 'simplified';
}

/** Reads Output Data Field Name. */
export function readBinaryField(run: Run): string {
	return settingsOf(run, 0).text(outputBinaryField) ?? DEFAULT_BINARY_FIELD;
}
