// What a parked execution keeps. Its items: the unfinished ones are marked `timed_out` and carry their video's ID. Its settings lie beside the
// ledger in the node's context, since the parameters' expressions were made for the input items, which are gone by then.

import type { IDataObject, IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import { fieldOf, isRecord, numberOf, textOf } from '../akool/json';
import { parseVideo, type AkoolVideo, type VideoId } from '../akool/video';
import type { OutputForm } from './output';
import { DEFAULT_CONCURRENCY } from './pool';

export interface ParkedSettings {
	output: OutputForm;
	binaryField: string | undefined;
	onVideoFailure: 'error' | 'output';
	concurrency: number;
}

const CONTEXT_KEY = 'akoolParked';

/** Keeps the settings with the execution. */
export function keepSettings(context: IExecuteFunctions, settings: ParkedSettings): void {
	context.getContext('node')[CONTEXT_KEY] = settings;
}

/** The settings that were kept; the defaults where they cannot be read, so that a wait never ends in nothing. */
export function keptSettings(context: IWebhookFunctions): ParkedSettings {
	const path = `$node[${JSON.stringify(context.getNode().name)}].context[${JSON.stringify(CONTEXT_KEY)}]`;
	const kept: unknown = context.evaluateExpression(`{{ ${path} }}`, 0);
	return {
		output: textOf(kept, 'output') === 'raw' ? 'raw' : 'simplified',
		binaryField: textOf(kept, 'binaryField'),
		onVideoFailure: textOf(kept, 'onVideoFailure') === 'output' ? 'output' : 'error',
		concurrency: numberOf(kept, 'concurrency') ?? DEFAULT_CONCURRENCY,
	};
}

function isItem(value: unknown): value is INodeExecutionData {
	return isRecord(fieldOf(value, 'json'));
}

/** The items that were parked with the execution. */
export function parkedItems(context: IWebhookFunctions): INodeExecutionData[] {
	const items: unknown = context.evaluateExpression('{{ $input.all() }}', 0);
	return Array.isArray(items) ? items.filter(isItem) : [];
}

/** The video that a parked item still waits for, as it was known when the execution was parked; undefined for items that are settled. */
export function awaitedVideo({ json }: { json: IDataObject }): AkoolVideo | undefined {
	return json.timed_out === true ? parseVideo(json) : undefined;
}

/** The IDs of all videos that a parked execution still waits for. */
export function awaitedIds(items: readonly INodeExecutionData[]): VideoId[] {
	return items.flatMap((item) => awaitedVideo(item)?.id ?? []);
}
