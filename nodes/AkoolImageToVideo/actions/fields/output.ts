// What leaves the node about a video, and whether its file comes along. The trigger has the same fields among its options.

import type { INodeProperties } from 'n8n-workflow';

import type { OutputForm } from '../../items/videoJson';
import type { Run } from '../../orders/run';
import { parametersOf } from '../parameters';

export const DEFAULT_BINARY_FIELD = 'data';

/** Offered where files can be had without waiting. */
export const downloadVideoField: INodeProperties = {
	displayName: 'Download Video',
	name: 'downloadVideo',
	type: 'boolean',
	default: false,
	description:
		'Whether to put the finished file into the item. Akool deletes it seven days after the video was created.',
};

/** An agent takes no files from its tools. */
const AS_TOOL = { '@tool': [true] };

/** Shown where a video is finished and its file is left at Akool. */
export const linkNotice: INodeProperties = {
	displayName:
		'The link in video_url ends seven days after the video was created. To keep the video, switch Download Video on and save the file.',
	name: 'linkNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { downloadVideo: [false] }, hide: AS_TOOL },
};

export const linkNoticeAfterWaiting: INodeProperties = {
	...linkNotice,
	displayOptions: { show: { waitForCompletion: [true], downloadVideo: [false] }, hide: AS_TOOL },
};

/** Offered where the operation waits; without waiting there is nothing to download yet. */
export const downloadAfterWaiting: INodeProperties = {
	...downloadVideoField,
	displayOptions: { show: { waitForCompletion: [true] } },
};

export const outputBinaryField: INodeProperties = {
	displayName: 'Output Data Field Name',
	name: 'outputBinaryField',
	type: 'string',
	required: true,
	default: DEFAULT_BINARY_FIELD,
	hint: 'The name of the output field to put the binary file data in',
};

export const outputBinaryFieldWithDownload: INodeProperties = {
	...outputBinaryField,
	displayOptions: { show: { downloadVideo: [true] } },
};

export const outputBinaryFieldAfterWaiting: INodeProperties = {
	...outputBinaryField,
	displayOptions: { show: { waitForCompletion: [true], downloadVideo: [true] } },
};

/** The form of the output, for what Akool says about a `subject`. */
export function outputFieldFor(subject: string): INodeProperties {
	return {
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{ name: 'Raw', value: 'raw', description: `Everything that Akool says about the ${subject}` },
			{ name: 'Simplified', value: 'simplified', description: 'The fields that matter most' },
		],
		default: 'simplified',
	};
}

export const outputField: INodeProperties = outputFieldFor('video');

/** Reads Output. */
export function readOutputForm(run: Run): OutputForm {
	return parametersOf(run, 0).choice(outputField) === 'raw' ? 'raw' : 'simplified';
}

/** Reads Output Data Field Name. */
export function readBinaryField(run: Run): string {
	return parametersOf(run, 0).text(outputBinaryField) ?? DEFAULT_BINARY_FIELD;
}
