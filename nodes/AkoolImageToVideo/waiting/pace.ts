// How long Akool took of late for videos of a kind, so that a wait can look when the end is near. It is known to this process alone and a hint at
// most: without it, or where it proves wrong, a wait goes on as if there were none.

import { dropOldest } from '../akool/bounded';
import { numberOf, textOf } from '../akool/json';
import type { AkoolVideo } from '../akool/video';

/** So many videos of a kind are remembered: more than most runs make, so that the slowest of the last one is among them. */
const RECENT = 50;
const MAX_KINDS = 100;

const recentMs = new Map<string, number[]>();

/** The price goes with model and length, which Akool does not say again when it is asked how a video stands. */
function kindOf({ raw, deductionCredit }: AkoolVideo): string {
	return `${textOf(raw, 'resolution') ?? ''} ${deductionCredit ?? ''}`;
}

/** Notes how long a finished video took, by Akool's own clock; an audio job's times tell nothing, since the later one may be its source's. */
export function notePace(video: AkoolVideo): void {
	const finishedMs = numberOf(video.raw, 'update_time');
	if (finishedMs === undefined || video.createTimeMs === undefined || finishedMs <= video.createTimeMs) return;
	const kind = kindOf(video);
	const known = recentMs.get(kind) ?? [];
	recentMs.delete(kind);
	recentMs.set(kind, [...known, finishedMs - video.createTimeMs].slice(-RECENT));
	dropOldest(recentMs, MAX_KINDS);
}

/** When an unfinished video will be finished if it takes as long as the quickest of its kind did of late, and as the slowest; none where none is known. */
export function expectedEndsMs(video: AkoolVideo): number[] {
	const { createTimeMs } = video;
	const known = recentMs.get(kindOf(video));
	return known === undefined || createTimeMs === undefined
		? []
		: [Math.min(...known), Math.max(...known)].map((ms) => createTimeMs + ms);
}
