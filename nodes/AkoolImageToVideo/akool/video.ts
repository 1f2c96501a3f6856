// Akool's videos. Rule: only the statuses 3 and 4 are final; an unknown one never counts as finished.

import { fieldOf, isRecord, numberOf, textOf, type JsonRecord } from './json';
import { timeOf } from './times';

/** The 24 hexadecimal characters by which Akool knows a video. */
export type VideoId = string;

const STATUS_NAMES = {
	1: 'queued',
	2: 'processing',
	3: 'completed',
	4: 'failed',
} as const;

/** Akool's four documented states of a video. */
export type VideoStatus = keyof typeof STATUS_NAMES;
export type VideoStatusName = (typeof STATUS_NAMES)[VideoStatus];

const VIDEO_ID = /^[0-9a-f]{24}$/i;

/** IDs of another form that are accepted from Akool: a word that can stand in a list, a message, a log and a file name. */
const WORD = /^[\w.:~+=@-]{1,128}$/;

/** Says whether a text has the shape of a video's ID. */
export function isVideoId(text: string): boolean {
	return VIDEO_ID.test(text);
}

/** Narrows a number to one of Akool's documented states. */
function isVideoStatus(status: unknown): status is VideoStatus {
	return typeof status === 'number' && Object.hasOwn(STATUS_NAMES, status);
}

/** A video as Akool described it: its ID and status for the code, the whole row for the user. */
export interface AkoolVideo {
	id: VideoId;
	/** As received; may be a number that no page documents, or undefined. */
	status: number | undefined;
	videoUrl: string | undefined;
	createTimeMs: number | undefined;
	deductionCredit: number | undefined;
	raw: JsonRecord;
}

/** The ID of a row: a word, a number, or an object such as `{ $oid }` around it. */
function idOf(row: unknown): VideoId | undefined {
	const field = fieldOf(row, '_id');
	const id = typeof field === 'number' && Number.isFinite(field) ? String(field) : (textOf(field, '$oid') ?? field);
	return typeof id === 'string' && WORD.test(id) ? id : undefined;
}

/**
 * Reads one video out of an answer (a create's `data`, an entry of `successList` or of `result`).
 * Undefined where there is no ID, since nothing can be done with such a video.
 * Vendor pages: "Create Image to Video", "Get Image to Video Results".
 */
export function parseVideo(row: unknown): AkoolVideo | undefined {
	const id = idOf(row);
	if (id === undefined || !isRecord(row)) return undefined;
	return {
		id,
		status: numberOf(row, 'status'),
		videoUrl: textOf(row, 'video_url'),
		createTimeMs: timeOf(row),
		deductionCredit: numberOf(row, 'deduction_credit'),
		raw: row,
	};
}

/** Reads a row of a list, where an ID has been seen under other names as well. */
export function parseListedVideo(row: unknown): AkoolVideo | undefined {
	if (!isRecord(row)) return undefined;
	return parseVideo({ ...row, _id: row._id ?? row.id ?? row.video_id });
}

/** Stands for a video of which only the ID is known so far. */
export function knownById(id: VideoId): AkoolVideo {
	return {
		id,
		status: undefined,
		videoUrl: undefined,
		createTimeMs: undefined,
		deductionCredit: undefined,
		raw: { _id: id },
	};
}

/** Says whether Akool has finished the video (status 3). */
export function isCompleted(video: Pick<AkoolVideo, 'status'>): boolean {
	return video.status === 3;
}

/** Says whether Akool could not create the video (status 4). */
export function isFailed(video: Pick<AkoolVideo, 'status'>): boolean {
	return video.status === 4;
}

/** Says whether nothing will change any more: completed or failed. */
export function isFinal(video: Pick<AkoolVideo, 'status'>): boolean {
	return isCompleted(video) || isFailed(video);
}

/**
 * Why a row cannot be acted on yet: it is missing, its status is undocumented, or it is completed without a link. Each may be temporary.
 * Undefined for every other row.
 */
export function oddityOf(row: AkoolVideo | undefined): 'missing' | 'unknownStatus' | 'noLink' | undefined {
	if (row === undefined) return 'missing';
	if (!isVideoStatus(row.status)) return 'unknownStatus';
	return isCompleted(row) && row.videoUrl === undefined ? 'noLink' : undefined;
}

/** The name of a status, or `unknown` where Akool sent one that its pages do not list. */
export function statusName(status: number | undefined): VideoStatusName | 'unknown' {
	return isVideoStatus(status) ? STATUS_NAMES[status] : 'unknown';
}

const FAILURE_FIELDS = [
	'error_reason',
	'error_message',
	'failed_reason',
	'fail_msg',
	'error',
	'message',
	'msg',
	'error_code',
] as const;

/** Akool's reason for a failed video, if it gave one. The field is not documented; these have been seen. */
export function failureReason(video: AkoolVideo): string | undefined {
	for (const name of FAILURE_FIELDS) {
		const value = fieldOf(video.raw, name);
		if ((typeof value === 'string' && value !== '') || typeof value === 'number') return String(value);
	}
	return undefined;
}
