// What is inside a successful answer: `data` has another shape in every call. Rows are matched by `_id`, never by their position.

import { fieldOf, jsonText, listOf, numberOf, textOf } from './json';
import { parseVideo, type AkoolVideo, type VideoId } from './video';

const isPresent = <T>(value: T | undefined): value is T => value !== undefined;

/** The videos among some rows, each once. */
function byId(rows: readonly unknown[]): Map<VideoId, AkoolVideo> {
	const videos = rows.map(parseVideo).filter(isPresent);
	return new Map(videos.map((video) => [video.id, video]));
}

/** The rows of a look at the results. */
export interface ResultsAnswer {
	/** By ID; an ID without a row is missing, not done. */
	videos: Map<VideoId, AkoolVideo>;
	/** What is no row, or has no ID, as cut JSON. */
	unreadable: string[];
}

const LONGEST_QUOTE = 200;

/** Reads a look's rows. One that cannot be read keeps no other back. Vendor page: "Get Image to Video Results". */
export function parseResults(data: unknown): ResultsAnswer {
	const rows = fieldOf(data, 'result');
	const list = Array.isArray(rows) ? rows : [data];
	const unreadable = list.filter((row) => parseVideo(row) === undefined);
	return { videos: byId(list), unreadable: unreadable.map((row) => jsonText(row).slice(0, LONGEST_QUOTE)) };
}

/** What a batch made, and Akool's reasons for what it did not make (the shape of those is documented nowhere). */
export interface BatchAnswer {
	made: AkoolVideo[];
	notMade: string[];
}

const ERROR_ITEM_FIELDS = ['msg', 'message', 'error_msg', 'error_reason', 'error'] as const;

function errorItemReason(item: unknown): string {
	if (typeof item === 'string') return item;
	for (const name of ERROR_ITEM_FIELDS) {
		const text = textOf(item, name);
		if (text !== undefined) return text;
	}
	return jsonText(item);
}

/** Reads a batch's `successList` and `errorList`. Vendor page: "Create Batch Image to Video". */
export function parseBatch(data: unknown): BatchAnswer {
	return {
		made: [...byId(listOf(data, 'successList')).values()],
		notMade: listOf(data, 'errorList').map(errorItemReason),
	};
}

/** What a delete did; Akool answers 1000 even where it deleted nothing. */
export interface DeleteAnswer {
	deleted: Set<VideoId>;
	refused: Map<VideoId, string>;
}

/** Reads a delete's `successIds` and `noPermissionItems`. Vendor page: "Delete Videos". */
export function parseDelete(data: unknown): DeleteAnswer {
	const refused = new Map<VideoId, string>();
	for (const item of listOf(data, 'noPermissionItems')) {
		const id = textOf(item, '_id');
		if (id !== undefined) refused.set(id, textOf(item, 'msg') ?? '');
	}
	const deleted = listOf(data, 'successIds').filter((id): id is VideoId => typeof id === 'string');
	return { deleted: new Set(deleted), refused };
}

/** The balance, or undefined where the answer holds none. Vendor page: "Get Credit Info". */
export function parseCredits(data: unknown): number | undefined {
	return numberOf(data, 'credit');
}

/** A getToken answer carries the token beside `code`, not in `data`. Vendor page: "Get The Token". */
export function parseToken(body: unknown): string | undefined {
	return textOf(body, 'token') ?? textOf(fieldOf(body, 'data'), 'token');
}
