// Waiting and bringing home, the same on every operation that ends with videos: the fields, and how they are read. They hold for the whole
// run, since its videos are waited for together, so they are read from the first item.

import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import type { OutputForm } from '../../run/output';
import { DEFAULT_CONCURRENCY, MAX_CONCURRENCY } from '../../run/pool';
import type { Run } from '../../run/run';
import { DEFAULT_INTERVAL_SECONDS, SHORTEST_INTERVAL_SECONDS } from '../../run/schedule';
import type { WaitMode, WaitWish } from '../../run/waitPlan';
import { booleanParameter, Options, refuseValue, textParameter } from '../parameters';

export const DEFAULT_TIMEOUT_MINUTES = 30;
const DEFAULT_BINARY_FIELD = 'data';

type OptionField = INodeProperties;

export const waitByDefault: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: true,
	description: 'Whether to go on only when Akool has finished the videos. All videos of a run are waited for together.',
};

export const waitOnRequest: INodeProperties = { ...waitByDefault, default: false };

const downloadVideo: INodeProperties = {
	displayName: 'Download Video',
	name: 'downloadVideo',
	type: 'boolean',
	default: false,
	description: 'Whether to put the finished file into the item. Akool deletes it seven days after the video was created.',
};

/** Offered where the operation waits; without waiting there is nothing to download yet. */
export const downloadAfterWaiting: INodeProperties = {
	...downloadVideo,
	displayOptions: { show: { waitForCompletion: [true] } },
};

export const downloadField: INodeProperties = downloadVideo;

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

export const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{ name: 'Raw', value: 'raw', description: 'Everything that Akool says about the video' },
		{ name: 'Simplified', value: 'simplified', description: 'The fields that matter most' },
	],
	default: 'simplified',
};

const withWaiting = { show: { '/waitForCompletion': [true] } };

export const concurrencyOption: OptionField = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY },
	default: DEFAULT_CONCURRENCY,
	description: 'How many calls to Akool may be in flight at once',
};

/** The options of whatever waits. */
export const waitOptions: OptionField[] = [
	{
		displayName: 'On Video Failure',
		name: 'onVideoFailure',
		type: 'options',
		displayOptions: withWaiting,
		options: [
			{ name: 'Output the Video', value: 'output', description: 'Give the item with status 4 and go on' },
			{ name: 'Stop with an Error', value: 'error', description: 'Treat the item as not worked out, naming the video' },
		],
		default: 'error',
		description: 'What to do when Akool ends a video without a result',
	},
	{
		displayName: 'Poll Interval',
		name: 'pollInterval',
		type: 'number',
		displayOptions: withWaiting,
		typeOptions: { minValue: SHORTEST_INTERVAL_SECONDS },
		default: DEFAULT_INTERVAL_SECONDS,
		description: 'How many seconds to leave between two looks at the videos at first. The pauses grow with the wait.',
	},
	{
		displayName: 'Wait Mode',
		name: 'waitMode',
		type: 'options',
		displayOptions: withWaiting,
		options: [
			{ name: 'Automatic', value: 'auto', description: 'Ask for about a minute, then park the execution if Akool can reach this n8n' },
			{ name: 'Callback', value: 'callback', description: 'Park the execution at once: it holds no worker until Akool calls back' },
			{ name: 'Polling', value: 'polling', description: 'Ask Akool until the videos are finished' },
		],
		default: 'auto',
		description: 'How to wait for the videos',
	},
	{
		displayName: 'Wait Timeout',
		name: 'waitTimeout',
		type: 'number',
		displayOptions: withWaiting,
		typeOptions: { minValue: 0 },
		default: DEFAULT_TIMEOUT_MINUTES,
		description: 'How many minutes to wait at most. Unfinished videos then leave with their ID and timed_out, ready for Get.',
	},
];

const WAIT_MODES: readonly string[] = ['auto', 'polling', 'callback'] satisfies WaitMode[];

function isWaitMode(value: string): value is WaitMode {
	return WAIT_MODES.includes(value);
}

/** What the user wants to happen to the videos of this run. */
export interface HandlingWish {
	/** Undefined: do not wait. */
	wait: WaitWish | undefined;
	binaryField: string | undefined;
	concurrency: number;
	output: OutputForm;
}

/** Reads Output; anything but `raw` is the simplified form. */
export function readOutputForm(run: Run): OutputForm {
	return textParameter(run, 'output', 0) === 'raw' ? 'raw' : 'simplified';
}

/** Reads Concurrency. */
export function readConcurrency(run: Run): number {
	const concurrency = new Options(run, 0).number('concurrency', 'Concurrency', 1) ?? DEFAULT_CONCURRENCY;
	return Math.min(MAX_CONCURRENCY, Math.trunc(concurrency));
}

/** Reads Output Data Field Name. */
export function readBinaryField(run: Run): string {
	return textParameter(run, 'outputBinaryField', 0) || DEFAULT_BINARY_FIELD;
}

function readWait(run: Run): WaitWish {
	const options = new Options(run, 0);
	const mode = options.text('waitMode') ?? 'auto';
	if (!isWaitMode(mode)) return refuseValue('Wait Mode', `is ${mode}`, 'Use auto, polling or callback.');
	return {
		mode,
		timeoutMinutes: options.number('waitTimeout', 'Wait Timeout', 0) ?? DEFAULT_TIMEOUT_MINUTES,
		intervalSeconds: options.number('pollInterval', 'Poll Interval', SHORTEST_INTERVAL_SECONDS) ?? DEFAULT_INTERVAL_SECONDS,
		onVideoFailure: options.text('onVideoFailure') === 'output' ? 'output' : 'error',
	};
}

/**
 * Reads how to wait, download and show.
 *
 * @param downloadsWithoutWaiting whether Download Video means something to an operation that does not wait
 */
export function readHandling(run: Run, downloadsWithoutWaiting: boolean): HandlingWish {
	const wait = booleanParameter(run, 'waitForCompletion', 0) ? readWait(run) : undefined;
	const mayDownload = wait !== undefined || downloadsWithoutWaiting;
	return {
		wait,
		binaryField: mayDownload && booleanParameter(run, 'downloadVideo', 0) ? readBinaryField(run) : undefined,
		concurrency: readConcurrency(run),
		output: readOutputForm(run),
	};
}

/** The collection Options with the given entries in the order that n8n asks for. */
export function optionsField(options: OptionField[]): INodeProperties {
	const sorted: Array<INodePropertyOptions | INodeProperties | INodePropertyCollection> = [...options].sort((a, b) =>
		a.displayName.localeCompare(b.displayName),
	);
	return { displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add option', default: {}, options: sorted };
}
