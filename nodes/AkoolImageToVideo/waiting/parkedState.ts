// What a parked execution stores besides its items, in the node's context: the awaited videos, and how the run ends. It holds everything needed,
// since the input items with the parameters are gone by then. Rules that must not regress: it has a version, it is read whole or not at all, and
// an unreadable state is told apart from a missing one.

import type { IExecuteFunctions } from 'n8n-workflow';

import { fieldOf, isRecord, listOf, numberOf, textOf } from '../akool/json';
import type { VideoId } from '../akool/video';
import { keptDelivery, type Delivery } from '../items/delivery';
import { runIndexOf } from '../n8n/runIndex';

const CONTEXT_KEY = 'akoolParked';
const VERSION = 2;

/** A parked item, in the order in which they were parked. */
export interface ParkedItem {
	/** The input item that it belongs to. */
	itemIndex: number;
	/** The awaited video; undefined for a finished item. */
	awaited?: { videoId: VideoId; orderKey?: string | undefined; delivery: Delivery };
}

export interface ParkedState {
	version: typeof VERSION;
	/** The run of the node that was parked: a later one, as in a loop, starts anew. */
	runIndex: number;
	/** Identifies the parking, together with the run. Milliseconds since 1970. */
	parkedAtMs: number;
	/** When the wait times out, in milliseconds since 1970. */
	endMs: number;
	items: ParkedItem[];
	/** Whether the execution's address holds a secret that n8n checks. */
	isAddressSecret: boolean;
	intervalSeconds: number;
	/** How many files to download at once. */
	concurrency: number;
	/** Hints to show when the run ends. */
	hints: string[];
}

export type ParkedOutcome = { kind: 'parked'; state: ParkedState } | { kind: 'none' } | { kind: 'unreadable' };

/** Stores the state with the execution. */
export function keepParked(context: IExecuteFunctions, state: Omit<ParkedState, 'version'>): void {
	context.getContext('node')[CONTEXT_KEY] = { version: VERSION, ...state };
}

/** Removes the state, so that the node begins anew with its own input. */
export function forgetParked(context: IExecuteFunctions): void {
	Reflect.deleteProperty(context.getContext('node'), CONTEXT_KEY);
}

function readItem(item: unknown): ParkedItem | undefined {
	const itemIndex = numberOf(item, 'itemIndex');
	const awaited = fieldOf(item, 'awaited');
	if (itemIndex === undefined || awaited === undefined) return itemIndex === undefined ? undefined : { itemIndex };
	const videoId = textOf(awaited, 'videoId');
	const delivery = keptDelivery(fieldOf(awaited, 'delivery'));
	if (videoId === undefined || delivery === undefined) return undefined;
	return { itemIndex, awaited: { videoId, orderKey: textOf(awaited, 'orderKey'), delivery } };
}

/** Reads the state from a node's context. Accepts any value, never throws. */
export function readParked(nodeContext: unknown): ParkedOutcome {
	const kept = fieldOf(nodeContext, CONTEXT_KEY);
	if (kept === undefined || kept === null) return { kind: 'none' };
	if (!isRecord(kept) || kept.version !== VERSION) return { kind: 'unreadable' };
	const runIndex = numberOf(kept, 'runIndex');
	const parkedAtMs = numberOf(kept, 'parkedAtMs');
	const endMs = numberOf(kept, 'endMs');
	const intervalSeconds = numberOf(kept, 'intervalSeconds');
	const concurrency = numberOf(kept, 'concurrency');
	const items = listOf(kept, 'items').map(readItem);
	if (runIndex === undefined || parkedAtMs === undefined || endMs === undefined || intervalSeconds === undefined)
		return { kind: 'unreadable' };
	if (concurrency === undefined || items.length === 0) return { kind: 'unreadable' };
	const readable = items.filter((item) => item !== undefined);
	if (readable.length < items.length) return { kind: 'unreadable' };
	const state: ParkedState = {
		version: VERSION,
		runIndex,
		parkedAtMs,
		endMs,
		items: readable,
		isAddressSecret: kept.isAddressSecret === true,
		intervalSeconds,
		concurrency,
		hints: listOf(kept, 'hints').filter((hint) => typeof hint === 'string'),
	};
	return { kind: 'parked', state };
}

/** The state of the run that begins here; `none` for a run that was not parked, such as the next round of a loop. */
export function parkedRunOf(context: IExecuteFunctions): ParkedOutcome {
	const parked = readParked(context.getContext('node'));
	return parked.kind === 'parked' && parked.state.runIndex !== runIndexOf(context) ? { kind: 'none' } : parked;
}

/** Identifies a parking within its execution. */
export function parkingKey(state: ParkedState): string {
	return `${state.runIndex} ${state.parkedAtMs} ${awaitedIds(state)[0] ?? ''}`;
}

/** The videos that a parked execution waits for, each once. */
export function awaitedIds({ items }: ParkedState): VideoId[] {
	return [...new Set(items.flatMap(({ awaited }) => awaited?.videoId ?? []))];
}
