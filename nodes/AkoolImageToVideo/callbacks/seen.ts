// Which callbacks were handled before: `_id:status:minute` each, stored as one text, since n8n reads and writes it with every call. Kept for the seven days
// that Akool keeps a video. Rule that must not regress: the list stays within its bound, and no stored value can break it.

import { sortBy } from 'lodash';

import { evictOldest } from '../akool/bounded';
import { LIFETIME_DAYS } from '../akool/expiry';
import type { VideoId } from '../akool/video';

/** About 100 KB when stored; the oldest are evicted first. */
export const MAX_SEEN_CALLBACKS = 3000;

const MS_PER_MINUTE = 60_000;
const LIFETIME_MINUTES = LIFETIME_DAYS * 24 * 60;
const BETWEEN_ENTRIES = ' ';
/** Minutes since 1970 are written with the ten digits and the alphabet, which takes five characters. */
const MINUTE_RADIX = 36;
const ENTRY = /^([0-9a-f]{24}:-?\d{1,16}):([0-9a-z]{1,8})$/i;

function pairOf(id: VideoId, status: number): string {
	return `${id}:${status}`;
}

function minuteOf(ms: number): number {
	return Math.floor(ms / MS_PER_MINUTE);
}

/** Pairs of a video's ID and a status, each with the minute in which it was handled; oldest first. */
export class SeenCallbacks {
	private minutes = new Map<string, number>();

	/** Pairs that were not handled after all; another call may have stored them meanwhile. */
	private readonly forgotten = new Set<string>();

	/** Says whether a callback about this video and status was handled before. */
	has(id: VideoId, status: number): boolean {
		return this.minutes.has(pairOf(id, status));
	}

	/** To be called once a callback was handled, not before: one that is answered 503 must be accepted when it is repeated. */
	add(id: VideoId, status: number, nowMs: number): void {
		const pair = pairOf(id, status);
		this.minutes.delete(pair);
		this.forgotten.delete(pair);
		this.minutes.set(pair, minuteOf(nowMs));
		evictOldest(this.minutes, MAX_SEEN_CALLBACKS);
	}

	/** To be called if a callback was not handled after all. */
	forget(id: VideoId, status: number): void {
		const pair = pairOf(id, status);
		this.minutes.delete(pair);
		this.forgotten.add(pair);
		evictOldest(this.forgotten, MAX_SEEN_CALLBACKS);
	}

	/** Adds stored pairs, of this process or another one. Accepts anything, and ignores what is not an entry. Never throws. */
	merge(stored: unknown): void {
		if (typeof stored !== 'string') return;
		const added = stored.split(BETWEEN_ENTRIES).flatMap((entry): Array<[string, number]> => {
			const [, pair, minute] = ENTRY.exec(entry) ?? [];
			const isNew = pair !== undefined && !this.minutes.has(pair) && !this.forgotten.has(pair);
			return isNew && minute !== undefined ? [[pair, parseInt(minute, MINUTE_RADIX)]] : [];
		});
		if (added.length === 0) return;
		this.minutes = new Map(sortBy([...added, ...this.minutes], ([, minute]) => minute).slice(-MAX_SEEN_CALLBACKS));
	}

	/** The text to store; pairs older than seven days are removed. @param nowMs milliseconds since 1970 */
	toText(nowMs: number): string {
		const oldest = minuteOf(nowMs) - LIFETIME_MINUTES;
		for (const [pair, minute] of this.minutes) {
			if (minute < oldest) this.minutes.delete(pair);
		}
		return [...this.minutes].map(([pair, minute]) => `${pair}:${minute.toString(MINUTE_RADIX)}`).join(BETWEEN_ENTRIES);
	}
}
