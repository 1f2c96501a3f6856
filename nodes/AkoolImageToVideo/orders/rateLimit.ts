// How the orders of a run live through a rate limit together. What one order is told counts for all of them: while Akool wants fewer requests, they leave
// one by one, further and further apart, until one is accepted. The run gives up only when nothing at all has gone through for minutes, since on a small
// plan a place becomes free with each video that is finished.

import { clock } from '../clock';

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;
/** What Akool asks for with Retry-After is kept up to here. */
const LONGEST_ASKED_MS = 120_000;
/** Of a pause, so much is left to chance, so that many runs do not come back together. */
const JITTER = 0.25;
/** Longer than a limit of a minute and longer than most videos take. */
const PATIENCE_MS = 5 * 60_000;

export class RateLimit {
	/** Between two orders; undefined while there is no limit. */
	private pauseMs: number | undefined;

	private nextMs = 0;

	/** When the pause grew last: what left before that was told of the same limit. */
	private slowedMs = -Infinity;

	/** When the run first heard of the limit since something went through. */
	private sinceMs: number | undefined;

	/** Ends when the order before has left. */
	private turn: Promise<unknown> = Promise.resolve();

	/** Waits until an order may leave. Gives false where the execution is stopped meanwhile. */
	async pass(signal: AbortSignal | undefined): Promise<boolean> {
		if (this.pauseMs === undefined) return signal?.aborted !== true;
		const turn = this.turn.then(async () => await this.waitForPlace(signal));
		this.turn = turn;
		return await turn;
	}

	private async waitForPlace(signal: AbortSignal | undefined): Promise<boolean> {
		const leftMs = this.nextMs - clock.now();
		const isWanted = leftMs <= 0 ? signal?.aborted !== true : await clock.sleep(leftMs, signal);
		if (this.pauseMs !== undefined) this.nextMs = clock.now() + this.pauseMs;
		return isWanted;
	}

	/**
	 * An order was told to come later. Gives whether it is worth another try.
	 *
	 * @param sentAtMs when it left
	 * @param askedMs  what Akool asked for
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
		return nowMs - this.sinceMs < PATIENCE_MS;
	}

	/** An order was answered otherwise: there is room. */
	eased(): void {
		this.sinceMs = undefined;
		const pauseMs = (this.pauseMs ?? 0) / 2;
		this.pauseMs = pauseMs < FIRST_PAUSE_MS ? undefined : pauseMs;
	}
}
