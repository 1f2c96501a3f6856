// Which callbacks were taken before: `_id:status:minute` each, stored as one text, since n8n reads and writes it with every call. Kept for as long as
// a video lives. Rule that must not regress: the memory never outgrows its bound, and nothing that somebody else left in the store can break it.

import sortBy from 'lodash/sortBy';

import { evictOldest } from '../akool/bounded';
import { LIFETIME_DAYS } from '../akool/expiry';
import type { VideoId } from '../akool/video';

/** About 100 KB where they are stored; the oldest leave first. */
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

/** Pairs of a video's ID and a status, each with the minute in which it was taken; oldest first. */
export class SeenCallbacks {
	private minutes = new Map<string, number>();

	/** What came to nothing here: another call may have stored it meanwhile. */
	private readonly forgotten = new Set<string>();

	/** Says whether this video was called about with this status before. */
	has(id: VideoId, status: number): boolean {
		return this.minutes.has(pairOf(id, status));
	}

	/** To be called once a callback was handled: one that is answered 503 must be accepted when Akool repeats it. */
	add(id: VideoId, status: number, nowMs: number): void {
		const pair = pairOf(id, status);
		this.minutes.delete(pair);
		this.forgotten.delete(pair);
		this.minutes.set(pair, minuteOf(nowMs));
		evictOldest(this.minutes, MAX_SEEN_CALLBACKS);
	}

	/** To be called where a callback came to nothing after all. */
	forget(id: VideoId, status: number): void {
		const pair = pairOf(id, status);
		this.minutes.delete(pair);
		this.forgotten.add(pair);
		evictOldest(this.forgotten, MAX_SEEN_CALLBACKS);
	}

	/** Adds what was stored, by this process or another one. Takes anything, and leaves alone what is no entry. */
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

	/** As it is stored; what is older than a video lives is left out from now on. */
	toText(nowMs: number): string {
		const oldest = minuteOf(nowMs) - LIFETIME_MINUTES;
		for (const [pair, minute] of this.minutes) {
			if (minute < oldest) this.minutes.delete(pair);
		}
		return [...this.minutes].map(([pair, minute]) => `${pair}:${minute.toString(MINUTE_RADIX)}`).join(BETWEEN_ENTRIES);
	}
}
