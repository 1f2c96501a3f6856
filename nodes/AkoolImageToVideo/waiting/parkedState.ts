// What a parked execution keeps. Its items: the unfinished ones are marked `timed_out` and carry their video's ID. What else the run needs to
// end as it was meant to lies beside the ledger in the node's context, since the parameters were read from input items that are gone by then.

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { clock } from '../clock';
import { fieldOf, listOf, numberOf, textOf } from '../akool/json';
import { parseVideo, type AkoolVideo, type VideoId } from '../akool/video';
import type { OutputForm } from '../items/videoJson';
import { DEFAULT_CONCURRENCY } from '../transport/pool';
import { runIndexOf } from '../orders/run';
import { DEFAULT_INTERVAL_SECONDS } from './pollSchedule';

export interface ParkedRun {
	/** The run of the node that was parked: a later one, as in a loop, starts anew. */
	runIndex: number;
	/** For each parked item, the input item that it belongs to. */
	itemIndexes: number[];
	/** When the wait ends. */
	endMs: number;
	output: OutputForm;
	binaryField: string | undefined;
	onVideoFailure: 'error' | 'output';
	concurrency: number;
	intervalSeconds: number;
	/** What to tell the user about the sleep; undefined where the user chose it. */
	sleptHint: string | undefined;
}

const CONTEXT_KEY = 'akoolParked';

/** Keeps with the execution how the run is to end. */
export function keepParked(context: IExecuteFunctions, parked: ParkedRun): void {
	context.getContext('node')[CONTEXT_KEY] = parked;
}

/** How the run that goes on here is to end, if it was parked before; undefined for a run that begins. */
export function resumedRun(context: IExecuteFunctions): ParkedRun | undefined {
	const kept: unknown = context.getContext('node')[CONTEXT_KEY];
	const runIndex = numberOf(kept, 'runIndex');
	if (runIndex === undefined || runIndex !== runIndexOf(context)) return undefined;
	return {
		runIndex,
		itemIndexes: listOf(kept, 'itemIndexes').filter((index) => typeof index === 'number'),
		endMs: numberOf(kept, 'endMs') ?? clock.now(),
		output: textOf(kept, 'output') === 'raw' ? 'raw' : 'simplified',
		binaryField: textOf(kept, 'binaryField'),
		onVideoFailure: textOf(kept, 'onVideoFailure') === 'output' ? 'output' : 'error',
		concurrency: numberOf(kept, 'concurrency') ?? DEFAULT_CONCURRENCY,
		intervalSeconds: numberOf(kept, 'intervalSeconds') ?? DEFAULT_INTERVAL_SECONDS,
		sleptHint: textOf(kept, 'sleptHint'),
	};
}

/** Narrows what came out of an expression to the items that were parked. */
export function parkedItems(items: unknown): INodeExecutionData[] {
	return Array.isArray(items) ? items.filter((item) => fieldOf(item, 'json') !== undefined) : [];
}

/** The video that a parked item still waits for, as it was known when the execution was parked; undefined for items that are settled. */
export function awaitedVideo({ json }: { json: IDataObject }): AkoolVideo | undefined {
	return json.timed_out === true ? parseVideo(json) : undefined;
}

/** The IDs of all videos that a parked execution still waits for, each once. */
export function awaitedIds(items: readonly INodeExecutionData[]): VideoId[] {
	return [...new Set(items.flatMap((item) => awaitedVideo(item)?.id ?? []))];
}
