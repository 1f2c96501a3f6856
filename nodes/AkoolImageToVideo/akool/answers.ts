// What is inside a successful answer: `data` has another shape in every call. Rows are matched by `_id`, never by their position.

import { wordsOf } from './envelope';
import { fieldOf, isRecord, jsonText, listOf, numberOf, parsedJson, shortText, textOf, type JsonRecord } from './json';
import { rowsOf } from './rows';
import { isVideoId, parseListedVideo, parseVideo, type AkoolVideo, type VideoId } from './video';

const isPresent = <T>(value: T | undefined): value is T => value !== undefined;

/** The videos among some rows, each once. */
function byId(rows: readonly unknown[]): Map<VideoId, AkoolVideo> {
	const videos = rows.map(parseVideo).filter(isPresent);
	return new Map(videos.map((video) => [video.id, video]));
}

/** What a status request answered. */
export interface ResultsAnswer {
	/** By ID; an ID without a row is missing, not done. */
	videos: Map<VideoId, AkoolVideo>;
	/** Entries without an ID, as shortened JSON. */
	unreadable: string[];
}

const LONGEST_QUOTE = 200;

/** Reads the rows of a status request. An entry that cannot be read does not affect the others. Vendor page: "Get Image to Video Results". */
export function parseResults(data: unknown): ResultsAnswer {
	const list = rowsOf(data) ?? [fieldOf(data, 'result') ?? data];
	const videos = new Map<VideoId, AkoolVideo>();
	const unreadable: string[] = [];
	for (const row of list) {
		const video = parseListedVideo(row);
		if (video === undefined) unreadable.push(shortText(row, LONGEST_QUOTE));
		else videos.set(video.id, video);
	}
	return { videos, unreadable };
}

/** What came of an order that Akool answered with success. */
export interface OrderAnswer {
	created: AkoolVideo[];
	/** Akool's reasons for what it did not create (their shape is documented nowhere). */
	notCreated: string[];
	/** Whether the answer has the documented shape. */
	isAsDocumented: boolean;
}

const errorItemReason = (item: unknown): string =>
	typeof item === 'string' ? item : (wordsOf(item) ?? jsonText(item));

const ERROR_LIST = 'errorList';
/** How deep in an answer a video may lie. */
const DEEPEST = 4;
/** What an ID may be called where there is no `_id`. */
const OTHER_ID_FIELDS = ['id', 'video_id', 'videoId', 'task_id', 'taskId'] as const;
/** Lists of IDs alone, or a single one. */
const BARE_ID_FIELDS = ['data', 'result', 'successList', 'list', 'ids', '_ids', 'id_list'] as const;

/** Every object within a value, outermost first, except those about videos that were not created. */
function recordsWithin(value: unknown, depth: number): JsonRecord[] {
	if (depth > DEEPEST) return [];
	if (Array.isArray(value)) return value.flatMap((entry) => recordsWithin(entry, depth + 1));
	if (!isRecord(value)) return [];
	const inner = Object.entries(value).filter(([name]) => name !== ERROR_LIST);
	return [value, ...inner.flatMap(([, field]) => recordsWithin(field, depth + 1))];
}

/** IDs without a row: a list of them, or text separated by commas. */
function bareIds(value: unknown): JsonRecord[] {
	const entries = Array.isArray(value) ? value : [value];
	const words = entries.flatMap((entry) => (typeof entry === 'string' ? entry.split(',') : []));
	return words
		.map((word) => word.trim())
		.filter(isVideoId)
		.map((_id) => ({ _id }));
}

/** The videos of an answer with an undocumented shape: a paid video must not be lost because of the shape of an answer. */
function videosAnywhere(given: unknown): Map<VideoId, AkoolVideo> {
	const data = parsedJson(given);
	const records = recordsWithin(data, 0);
	const named = byId(records);
	if (named.size > 0) return named;
	const otherwise = records.flatMap((record) => OTHER_ID_FIELDS.map((name) => ({ ...record, _id: record[name] })));
	const bare = records.flatMap((record) => BARE_ID_FIELDS.flatMap((name) => bareIds(record[name])));
	return byId([...otherwise, ...bare, ...bareIds(data)]);
}

/** A video's ID in a field named like one, even in truncated JSON or JSON within text. */
const NAMED_ID = /"(?:_id|id|video_id|videoId|task_id|taskId|data)\\*"\s*:\s*\\*"([0-9a-f]{24})(?![0-9a-f])/gi;

/**
 * The IDs of videos in an answer that is not a success, whether it is JSON or not. Never throws.
 *
 * @param sent the request's body: IDs that the answer may only quote from it are left out
 */
export function namedVideos(answer: unknown, sent: unknown = {}): VideoId[] {
	const text = typeof answer === 'string' ? answer : jsonText(answer);
	const quoted = jsonText(sent);
	const ids = [...text.matchAll(NAMED_ID)].flatMap(([, id]) => id ?? []);
	return [...new Set(ids)].filter((id) => !quoted.includes(id));
}

/**
 * Reads the answer to an order: a batch has `successList` and `errorList`, the other two have one row.
 * Vendor pages: "Create Image to Video", "Create Batch Image to Video", "Update Video Audio".
 */
export function parseOrder(data: unknown): OrderAnswer {
	// A batch may have an ID of its own, which is no video's.
	const list = listOf(data, 'successList');
	const asDocumented = byId(list.length > 0 ? list : [data]);
	const created = asDocumented.size > 0 ? asDocumented : videosAnywhere(list.length > 0 ? list : data);
	const notCreated = listOf(data, ERROR_LIST).map(errorItemReason);
	return { created: [...created.values()], notCreated, isAsDocumented: asDocumented.size + notCreated.length > 0 };
}

/** What a delete did; Akool answers 1000 even where it deleted nothing. */
export interface DeleteAnswer {
	deleted: Set<VideoId>;
	refused: Map<VideoId, string>;
}

/** IDs from text with commas, or from a row. */
const idsIn = (entry: unknown): VideoId[] =>
	typeof entry === 'string' ? entry.split(',').map((id) => id.trim()) : [textOf(entry, '_id') ?? []].flat();

/** Reads a delete's `successIds` and `noPermissionItems`. Vendor page: "Delete Videos". */
export function parseDelete(data: unknown): DeleteAnswer {
	const refused = new Map<VideoId, string>();
	for (const item of listOf(data, 'noPermissionItems')) {
		const id = textOf(item, '_id');
		if (id !== undefined) refused.set(id, textOf(item, 'msg') ?? '');
	}
	const successIds = fieldOf(data, 'successIds');
	const deleted = (Array.isArray(successIds) ? successIds : [successIds]).flatMap(idsIn);
	return { deleted: new Set(deleted), refused };
}

/** What the account has. */
export interface Balance {
	credit: number;
	/** What can be spent of it: less what is locked for jobs that run, where Akool says so. */
	available: number;
}

/** The balance, or undefined where the answer holds none. Vendor page: "Get Credit Info"; `lock_credit` is seen in the web account. */
export function parseBalance(data: unknown): Balance | undefined {
	const credit = numberOf(data, 'credit');
	if (credit === undefined) return undefined;
	return { credit, available: credit - Math.max(0, numberOf(data, 'lock_credit') ?? 0) };
}

/** A getToken answer carries the token beside `code`, not in `data`. Vendor page: "Get The Token". */
export function parseToken(body: unknown): string | undefined {
	return textOf(body, 'token') ?? textOf(fieldOf(body, 'data'), 'token');
}
