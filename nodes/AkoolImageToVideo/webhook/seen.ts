// Which callbacks were taken before: one `_id:status` each, in a plain list that lives in the workflow's static data.
// The list never outgrows its bound, and nothing that somebody else left there can break it.

import type { VideoId } from '../akool/video';

/** Pairs of a video's ID and a status, oldest first. */
export type SeenCallbacks = readonly string[];

/** About 45 KB in the workflow's static data; the oldest leave first. */
export const MAX_SEEN_CALLBACKS = 1000;

const PAIR = /^[0-9a-f]{24}:-?\d{1,16}$/i;

/** Takes what static data holds (anything, or nothing yet); gives the pairs in it, at most as many as are kept. */
export function parseSeen(stored: unknown): SeenCallbacks {
	const entries: unknown[] = Array.isArray(stored) ? stored : [];
	return entries.filter((entry) => typeof entry === 'string').filter((entry) => PAIR.test(entry)).slice(-MAX_SEEN_CALLBACKS);
}

/** Says whether this video was called about with this status before. */
export function hasSeen(seen: SeenCallbacks, id: VideoId, status: number): boolean {
	return seen.includes(pairOf(id, status));
}

/**
 * Takes the list and one more callback; gives a new list with it as the newest, within the bound.
 * To be called once a callback was dealt with: one that is answered 503 must find its way in when Akool repeats it.
 */
export function rememberSeen(seen: SeenCallbacks, id: VideoId, status: number): SeenCallbacks {
	const pair = pairOf(id, status);
	return [...seen.filter((entry) => entry !== pair), pair].slice(-MAX_SEEN_CALLBACKS);
}

function pairOf(id: VideoId, status: number): string {
	return `${id}:${status}`;
}
