// One line of the ledger: a request that was sent, and the videos that came of it. Plain data, since n8n keeps it with the execution.

import { createHash } from 'crypto';

import { fieldOf, isRecord, numberOf, textOf, type JsonRecord } from '../akool/json';
import { parseVideo, type AkoolVideo } from '../akool/video';
import { withOwnFiles } from '../images/ownFile';
import type { SpendRequest } from './orderRequest';

export type EntryState =
	/** On its way: should the node be cut off here, the request may have been accepted. */
	| 'sent'
	| 'made'
	/** No answer came: a video may exist. */
	| 'unclear';

/** The account before a request was sent, to tell later what was charged for it. */
export interface BalanceBefore {
	/** Undefined where the balance could not be read. */
	credits: number | undefined;
	/** What the ledger had booked at that moment. */
	booked: number;
}

export interface LedgerEntry {
	/** What makes requests the same in another run. */
	request: string;
	runIndex: number;
	/** The item, the operation and the place within the item: what makes requests the same in this run. */
	itemIndex: number;
	slot: string;
	/** Further items that asked for the very same, and share its videos. */
	alsoFor: number[];
	/** The body that was really sent, to recognise the video by should no answer come. */
	sent: JsonRecord;
	/** The node that the item came from. */
	originNode: string;
	state: EntryState;
	/** What had happened, for an unclear entry. */
	reason: string;
	sentAtMs: number;
	/** The execution that Akool calls about its videos; empty where it calls none. */
	calls: string;
	before: BalanceBefore;
	/** How many videos were asked for. */
	asked: number;
	/** Akool's own rows, cut down to what outputs and messages need. */
	rows: JsonRecord[];
	/** Akool's reasons for the videos of a batch that it did not make. */
	notMade: string[];
	/** How its videos have left the node so far. */
	left: 'no' | 'unfinished' | 'whole';
}

const KEPT_FIELDS = [
	'_id',
	'create_time',
	'status',
	'resolution',
	'video_duration',
	'effect_name',
	'model_name',
	'deduction_credit',
	'batch_id',
] as const;

/** What is kept of a body to find its video by; the callback's address is the execution's secret. */
const SENT_FIELDS = ['image_url', 'prompt', 'pre_video_id'] as const;

/** The callback's address is the execution's secret and says nothing about the video, so it is no part of what makes requests the same. */
export function fingerprint({ endpoint, body, ownFiles }: SpendRequest): string {
	const said = Object.entries(withOwnFiles(body, ownFiles, ({ key }) => key)).filter(([name]) => name !== 'webhookurl');
	const sorted = said.sort(([a], [b]) => (a < b ? -1 : 1));
	return createHash('sha256')
		.update(JSON.stringify([endpoint, sorted]))
		.digest('hex');
}

/** The place of a request within its item. */
export function slotOf({ endpoint, place }: SpendRequest): string {
	return `${endpoint} ${place}`;
}

/** Says whether an item ordered this, alone or together with others. */
export function isOfItem(entry: LedgerEntry, itemIndex: number): boolean {
	return entry.itemIndex === itemIndex || entry.alsoFor.includes(itemIndex);
}

/** Says whether it is one of several orders of its item, so that it does not stand for all that the item asked for. */
export function isPartOfItem({ slot }: LedgerEntry): boolean {
	return !slot.endsWith(' ');
}

function picked(record: JsonRecord, names: readonly string[]): JsonRecord {
	const entries = names.map((name) => [name, fieldOf(record, name)] as const);
	return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Narrows what n8n kept. */
export function isEntry(value: unknown): value is LedgerEntry {
	return (
		textOf(value, 'request') !== undefined &&
		numberOf(value, 'runIndex') !== undefined &&
		numberOf(value, 'itemIndex') !== undefined &&
		isRecord(value) &&
		Array.isArray(value.alsoFor) &&
		Array.isArray(value.rows)
	);
}

/** What an entry keeps of the body that is sent. */
export function sentOf({ body }: SpendRequest): JsonRecord {
	return picked(body, SENT_FIELDS);
}

/** What an entry keeps of a video. */
export function rowOf({ raw }: AkoolVideo): JsonRecord {
	return picked(raw, KEPT_FIELDS);
}

/** The videos of an entry as Akool described them when it made them. */
export function videosOf(entry: LedgerEntry): AkoolVideo[] {
	return entry.rows.flatMap((row) => parseVideo(row) ?? []);
}
