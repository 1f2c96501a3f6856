// Which parked runs were woken a moment ago. n8n reads an execution before it hands a call to the node, and wakes it with what it read: a call that is
// dealt with slowly would set back a run that another call woke and that has parked again since, and what it made in between would be made, and
// paid for, once more.

import type { VideoId } from '../akool/video';

/** No call takes longer to be dealt with. Should n8n fail to wake the run, a call that comes after this time may try again. */
const REMEMBERED_MS = 2 * 60_000;

const wokenMs = new Map<string, number>();

/** Claims the waking of a run that is parked for these videos. False where another call has just done so. */
export function claimWaking(executionId: string, awaited: readonly VideoId[], nowMs: number): boolean {
	for (const [key, atMs] of wokenMs) {
		if (nowMs - atMs >= REMEMBERED_MS) wokenMs.delete(key);
	}
	const key = [executionId, ...awaited].join(' ');
	if (wokenMs.has(key)) return false;
	wokenMs.set(key, nowMs);
	return true;
}
