// The account's recent videos, from a list that the vendor does not document. Rule: nothing depends on it. Rows are read in any of the
// known shapes, and a missing list is an outcome with its reason.

import { isRecord, numberOf } from '../akool/json';
import { rowsOf } from '../akool/rows';
import { parseListedVideo, type AkoolVideo } from '../akool/video';
import { callMessage } from '../messages/calls';
import { listMessages } from '../messages/lists';
import { ENDPOINTS } from '../akool/endpoints';
import { callWithRetry } from './client';
import type { AkoolContext } from './credentials';
import type { CallOutcome } from './outcome';

export type RecentVideos =
	/** `cutShort`: why there may be more videos; undefined where the whole list was read, or enough of it. */
	| { kind: 'listed'; videos: AkoolVideo[]; cutShort: string | undefined }
	/** Akool did not show it. */
	| { kind: 'notListed'; why: string };

const ROWS_PER_PAGE = 50;
const MOST_PAGES = 20;
const ATTEMPTS = 2;

/** Reads a row of this list, in which status and link have other names. `raw` stays as Akool sent it. */
function parseRow(row: unknown): AkoolVideo | undefined {
	if (!isRecord(row)) return undefined;
	const video = parseListedVideo({
		...row,
		status: row.status ?? row.video_status,
		video_url: row.video_url ?? row.external_video ?? row.video,
	});
	return video && { ...video, raw: row };
}

/** How many videos there are, where the list says so. */
function totalOf(outcome: CallOutcome): number {
	const data = outcome.kind === 'success' ? outcome.data : undefined;
	return numberOf(data, 'count') ?? numberOf(data, 'total') ?? 0;
}

/**
 * Reads recent videos, newest first, until there are enough. Never throws. Vendor page: none, the list is not documented.
 *
 * @param limit    how many to return at most
 * @param isWanted which videos count
 */
export async function readRecentVideos(
	context: AkoolContext,
	limit: number,
	isWanted: (video: AkoolVideo) => boolean,
): Promise<RecentVideos> {
	const videos = new Map<string, AkoolVideo>();
	const seen = new Set<string>();
	let isComplete = false;
	let cutShort: string | undefined = listMessages.onlyNewest(MOST_PAGES * ROWS_PER_PAGE);
	for (let page = 1; page <= MOST_PAGES && !isComplete; page++) {
		const qs = { page, size: ROWS_PER_PAGE };
		const outcome = await callWithRetry(context, 'ownJobs', { qs }, { maxAttempts: ATTEMPTS });
		const rows = outcome.kind === 'success' ? rowsOf(outcome.data) : undefined;
		if (rows === undefined) {
			const why = outcome.kind === 'success' ? listMessages.notAList() : callMessage(outcome, ENDPOINTS.ownJobs).title;
			if (page === 1) return { kind: 'notListed', why };
			cutShort = listMessages.laterPageMissing(why);
			break;
		}
		const known = seen.size;
		for (const video of rows.flatMap((row) => parseRow(row) ?? [])) {
			seen.add(video.id);
			if (isWanted(video)) videos.set(video.id, video);
		}
		// A page may be shorter than asked for although more follow.
		const isLast = rows.length < ROWS_PER_PAGE && seen.size >= totalOf(outcome);
		isComplete = isLast || videos.size >= limit;
		if (!isComplete && seen.size === known) {
			cutShort = listMessages.laterPageMissing(listMessages.nothingNew());
			break;
		}
	}
	const newestFirst = [...videos.values()].sort((a, b) => (b.createTimeMs ?? 0) - (a.createTimeMs ?? 0));
	return { kind: 'listed', videos: newestFirst.slice(0, limit), cutShort: isComplete ? undefined : cutShort };
}
