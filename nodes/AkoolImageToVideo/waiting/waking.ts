// Which call may wake a parked run. n8n reads an execution before it hands a call to the node, and wakes it with what it read: a call that is dealt
// with slowly would set back a run that has gone on and has parked again since, and what it made in between would be made, and paid for, once
// more. So only a quick call wakes a run. What a slow one has found out is kept for the next, since Akool calls until it is heard.

import { dropOldest } from '../akool/bounded';
import type { AkoolVideo, VideoId } from '../akool/video';

/** A call that took less time than this is quick: no run goes on, makes another video and parks again meanwhile. */
export const WAKING = { quickMs: 2_000 };
/** Another call of the same moment is not to wake the run as well. Should n8n fail to wake it, a later one may try again. */
const REMEMBERED_MS = 10_000;
/** Far more than a run waits for: all of its videos have to be known before it wakes. */
const MOST_FINISHED = 5_000;

const wokenMs = new Map<string, number>();

/** What Akool has said of late of finished videos: that does not change any more. */
const finished = new Map<VideoId, AkoolVideo>();

/** Keeps finished videos, as Akool has described them. */
export function keepFinished(videos: Iterable<AkoolVideo>): void {
	for (const video of videos) {
		finished.set(video.id, video);
		dropOldest(finished, MOST_FINISHED);
	}
}

/** Those of the videos that are known to be finished. */
export function knownFinished(ids: readonly VideoId[]): Map<VideoId, AkoolVideo> {
	return new Map(ids.flatMap((id) => finished.get(id) ?? []).map((video) => [video.id, video]));
}

/** Claims the waking of a run that is parked for these videos, for a call that came at `sinceMs`. False where it took too long, or another call has just done so. */
export function claimWaking(executionId: string, awaited: readonly VideoId[], sinceMs: number, nowMs: number): boolean {
	for (const [key, atMs] of wokenMs) {
		if (nowMs - atMs >= REMEMBERED_MS) wokenMs.delete(key);
	}
	const key = [executionId, ...awaited].join(' ');
	if (nowMs - sinceMs >= WAKING.quickMs || wokenMs.has(key)) return false;
	wokenMs.set(key, nowMs);
	return true;
}
