// How a run waits, the same on every operation that ends with videos: the fields, and how they are read. They hold for the whole run, since its
// videos are waited for together, so they are read from the first item.

import type { INodeProperties } from 'n8n-workflow';

import type { Run } from '../../orders/run';
import { DEFAULT_INTERVAL_SECONDS, SHORTEST_INTERVAL_SECONDS } from '../../waiting/pollSchedule';
import { LONGEST_WAIT_MINUTES, type WaitMode, type WaitSettings } from '../../waiting/waitPlan';
import { optionsOf, parametersOf, valuesOfRun } from '../parameters';
import { readConcurrency, WITHOUT_WAITING } from './options';
import { MINUTES, SECONDS } from '../values/scalars';

const DEFAULT_TIMEOUT_MINUTES = 30;

/** Where an operation waits by default. */
export const waitByDefault: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: true,
	description: 'Whether to wait until Akool has finished all videos. If off, returns their IDs immediately.',
};

export const waitOnRequest: INodeProperties = {
	...waitByDefault,
	default: false,
	description: 'Whether to wait until Akool has finished all videos. If off, returns them as they are now.',
};

const withWaiting = { hide: WITHOUT_WAITING };

/** Read for each item, as all that is about its output. */
export const onVideoFailure: INodeProperties = {
	displayName: 'Wait: If Video Fails',
	name: 'onVideoFailure',
	type: 'options',
	displayOptions: withWaiting,
	options: [
		{ name: 'Return Failed Video', value: 'output', description: 'Return the item with status 4 and go on' },
		{ name: 'Stop with an Error', value: 'error', description: 'End the item in an error that names the video' },
	],
	default: 'error',
	description: 'What to do when Akool cannot create a video',
};

const pollInterval: INodeProperties = {
	displayName: 'Wait: Poll Interval (Seconds)',
	name: 'pollInterval',
	type: 'number',
	displayOptions: withWaiting,
	typeOptions: { minValue: SHORTEST_INTERVAL_SECONDS },
	default: DEFAULT_INTERVAL_SECONDS,
	description: 'How long to pause between two requests for the status. The pauses grow the longer it takes.',
};

const waitMode: INodeProperties = {
	displayName: 'Wait: Mode',
	name: 'waitMode',
	type: 'options',
	displayOptions: withWaiting,
	options: [
		{
			name: 'Automatic',
			value: 'auto',
			description:
				"Poll for about a minute, then set the execution to Waiting until Akool's callback comes, where that is possible",
		},
		{
			name: 'Callback',
			value: 'callback',
			description:
				"Set the execution to Waiting until Akool's callback comes. Only for Create and Create Batch, and if Akool can reach this n8n.",
		},
		{
			name: 'Polling',
			value: 'polling',
			description: 'Ask Akool for the status until the videos are finished. Works everywhere, and keeps n8n busy.',
		},
	],
	default: 'auto',
	description: 'How to wait for the videos',
};

const waitTimeout: INodeProperties = {
	displayName: 'Wait: Timeout (Minutes)',
	name: 'waitTimeout',
	type: 'number',
	displayOptions: withWaiting,
	typeOptions: { minValue: 0, maxValue: LONGEST_WAIT_MINUTES },
	default: DEFAULT_TIMEOUT_MINUTES,
	description:
		'How long to wait at most. Unfinished videos are then returned with their ID and timed_out: true. Connect Get with Wait for Completion to go on waiting.',
};

/** The options of whatever waits. */
export const waitOptions: INodeProperties[] = [onVideoFailure, pollInterval, waitMode, waitTimeout];

const WAIT_MODES: readonly WaitMode[] = ['auto', 'polling', 'callback'];

/** How all videos of a run are handled. */
export interface HandlingSettings {
	/** Undefined: do not wait. */
	wait: WaitSettings | undefined;
	concurrency: number;
}

function readWait(run: Run): WaitSettings {
	const options = valuesOfRun(run, optionsOf);
	const mode = options.choice(waitMode);
	return {
		mode: WAIT_MODES.find((known) => known === mode) ?? 'auto',
		timeoutMinutes: options.number(waitTimeout, { units: MINUTES }) ?? DEFAULT_TIMEOUT_MINUTES,
		intervalSeconds: options.number(pollInterval, { units: SECONDS }) ?? DEFAULT_INTERVAL_SECONDS,
	};
}

/** Reads how to wait, and how much to do at once. */
export function readHandling(run: Run): HandlingSettings {
	const waits = valuesOfRun(run, parametersOf).flag(waitByDefault);
	return { wait: waits ? readWait(run) : undefined, concurrency: readConcurrency(run) };
}
