// The account's recent videos, from a list that the vendor does not document. Rule: nothing depends on it. Rows are read as they come, in any of the
// shapes that were seen, and a list that is not to be had is an outcome with its reason.

import { isRecord, listOf } from '../akool/json';
import { parseVideo, type AkoolVideo } from '../akool/video';
import { callMessage } from '../messages/calls';
import { ENDPOINTS } from '../akool/endpoints';
import { callWithRetry } from './client';
import type { AkoolContext } from './credentials';

export type RecentVideos =
	| { kind: 'listed'; videos: AkoolVideo[] }
	/** Akool did not show it. */
	| { kind: 'notListed'; why: string };

const ROWS_PER_PAGE = 50;
const MOST_PAGES = 20;
const ATTEMPTS = 2;

/** Reads a row: in this list alone the state and the link have other names. */
function parseRow(row: unknown): AkoolVideo | undefined {
	if (!isRecord(row)) return undefined;
	return parseVideo({
		...row,
		status: row.status ?? row.video_status,
		video_url: row.video_url ?? row.external_video ?? row.video,
	});
}

/**
 * Reads recent videos, newest first, until there are enough.
 *
 * @param isWanted which of them count
 */
export async function readRecentVideos(
	context: AkoolContext,
	limit: number,
	isWanted: (video: AkoolVideo) => boolean,
): Promise<RecentVideos> {
	const videos = new Map<string, AkoolVideo>();
	for (let page = 1; page <= MOST_PAGES && videos.size < limit; page++) {
		const qs = { page, size: ROWS_PER_PAGE };
		const outcome = await callWithRetry(context, 'ownJobs', { qs }, { maxAttempts: ATTEMPTS });
		if (outcome.kind !== 'success') return { kind: 'notListed', why: callMessage(outcome, ENDPOINTS.ownJobs).title };
		const rows = [...listOf(outcome.data, 'result'), ...listOf(outcome.data, 'list')];
		for (const video of rows.flatMap((row) => parseRow(row) ?? [])) if (isWanted(video)) videos.set(video.id, video);
		if (rows.length < ROWS_PER_PAGE) break;
	}
	const newestFirst = [...videos.values()].sort((a, b) => (b.createTimeMs ?? 0) - (a.createTimeMs ?? 0));
	return { kind: 'listed', videos: newestFirst.slice(0, limit) };
}
