// Which callbacks were taken before: one `_id:status` each, stored as one text, since n8n reads and writes it with every call. The memory
// never outgrows its bound, and nothing that somebody else left in the store can break it.

import { dropOldest } from '../akool/bounded';
import type { VideoId } from '../akool/video';

/** About 30 KB where they are stored; the oldest leave first. */
export const MAX_SEEN_CALLBACKS = 1000;

const PAIR = /^[0-9a-f]{24}:-?\d{1,16}$/i;
const BETWEEN_PAIRS = ' ';

function pairOf(id: VideoId, status: number): string {
	return `${id}:${status}`;
}

/** Pairs of a video's ID and a status, oldest first. */
export class SeenCallbacks {
	private readonly pairs = new Set<string>();

	/** What came to nothing here: another call may have stored it meanwhile. */
	private readonly forgotten = new Set<string>();

	/** Says whether this video was called about with this status before. */
	has(id: VideoId, status: number): boolean {
		return this.pairs.has(pairOf(id, status));
	}

	/** To be called once a callback was dealt with: one that is answered 503 must find its way in when Akool repeats it. */
	add(id: VideoId, status: number): void {
		const pair = pairOf(id, status);
		this.pairs.delete(pair);
		this.forgotten.delete(pair);
		this.put(pair);
	}

	/** To be called where a callback came to nothing after all. */
	forget(id: VideoId, status: number): void {
		const pair = pairOf(id, status);
		this.pairs.delete(pair);
		this.forgotten.add(pair);
		dropOldest(this.forgotten, MAX_SEEN_CALLBACKS);
	}

	/** Adds what was stored, by this process or another one. Takes anything, and leaves alone what is no pair. */
	takeIn(stored: unknown): void {
		if (typeof stored !== 'string') return;
		for (const entry of stored.split(BETWEEN_PAIRS)) {
			if (!this.pairs.has(entry) && !this.forgotten.has(entry) && PAIR.test(entry)) this.put(entry);
		}
	}

	/** As it is stored. */
	toText(): string {
		return [...this.pairs].join(BETWEEN_PAIRS);
	}

	private put(pair: string): void {
		this.pairs.add(pair);
		dropOldest(this.pairs, MAX_SEEN_CALLBACKS);
	}
}
