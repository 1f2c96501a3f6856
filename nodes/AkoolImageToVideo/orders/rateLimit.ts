// How the orders of a run handle a rate limit together. Once one order meets it, all are sent one by one
// with growing pauses, until one is accepted. The run ends only if no order is accepted for minutes, since on a small plan
// each finished video lets another order through.

import { clock } from '../clock';

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;
/** Retry-After is respected up to this. */
const LONGEST_ASKED_MS = 120_000;
/** The random part of a pause, so that many runs do not retry at the same moment. */
const JITTER = 0.25;
/** Longer than a limit of a minute and longer than most videos take. */
const GIVE_UP_AFTER_MS = 5 * 60_000;

/** The rate limit that the orders of one run share. Call `pass` before each order, and `limited` or `eased` after its answer. */
export class RateLimit {
	/** The pause between two orders; undefined while there is no rate limit. */
	private pauseMs: number | undefined;

	private nextMs = 0;

	/** When the pause grew last: orders that were sent before that have met the same limit. */
	private slowedMs = -Infinity;

	/** When the run first met the limit after its last accepted order. */
	private sinceMs: number | undefined;

	/** Settles when the previous order may be sent. */
	private turn: Promise<unknown> = Promise.resolve();

	/** Waits until an order may be sent. Returns false if the execution was stopped. Never throws. */
	async pass(signal: AbortSignal | undefined): Promise<boolean> {
		if (this.pauseMs === undefined) return signal?.aborted !== true;
		const turn = this.turn.then(async () => await this.waitForPlace(signal));
		this.turn = turn;
		return await turn;
	}

	private async waitForPlace(signal: AbortSignal | undefined): Promise<boolean> {
		const waitMs = this.nextMs - clock.now();
		const isWanted = waitMs <= 0 ? signal?.aborted !== true : await clock.sleep(waitMs, signal);
		if (this.pauseMs !== undefined) this.nextMs = clock.now() + this.pauseMs;
		return isWanted;
	}

	/**
	 * Notes that an order met the limit. Returns whether to try again.
	 *
	 * @param sentAtMs when it was sent, in milliseconds since 1970
	 * @param askedMs  the pause that Akool asked for, in milliseconds
	 */
	limited(sentAtMs: number, askedMs: number | undefined): boolean {
		const nowMs = clock.now();
		this.sinceMs ??= nowMs;
		if (sentAtMs >= this.slowedMs) {
			this.slowedMs = nowMs;
			this.pauseMs = Math.min(LONGEST_PAUSE_MS, this.pauseMs === undefined ? FIRST_PAUSE_MS : this.pauseMs * 2);
		}
		const pauseMs = Math.max(this.pauseMs ?? FIRST_PAUSE_MS, Math.min(LONGEST_ASKED_MS, askedMs ?? 0));
		this.nextMs = Math.max(this.nextMs, nowMs + pauseMs * (1 + JITTER * clock.random()));
		return nowMs - this.sinceMs < GIVE_UP_AFTER_MS;
	}

	/** Notes that an order did not meet the limit: the pause becomes shorter. */
	eased(): void {
		this.sinceMs = undefined;
		const pauseMs = (this.pauseMs ?? 0) / 2;
		this.pauseMs = pauseMs < FIRST_PAUSE_MS ? undefined : pauseMs;
	}
}
