// How the orders of a run live through a rate limit together. A limit that one order meets counts for all of them: they are then sent
// one by one, with a growing pause between them, until one is accepted. The run ends only when no order was accepted for minutes, since on a small plan
// each finished video lets another order through.

import { clock } from '../clock';

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;
/** What Akool asks for with Retry-After is kept up to here. */
const LONGEST_ASKED_MS = 120_000;
/** The random part of a pause, so that many runs do not retry at the same moment. */
const JITTER = 0.25;
/** Longer than a limit of a minute and longer than most videos take. */
const GIVE_UP_AFTER_MS = 5 * 60_000;

export class RateLimit {
	/** Between two orders; undefined while there is no limit. */
	private pauseMs: number | undefined;

	private nextMs = 0;

	/** When the pause grew last: orders that were sent before that have met the same limit. */
	private slowedMs = -Infinity;

	/** When the run first met the limit after its last accepted order. */
	private sinceMs: number | undefined;

	/** Settles when the previous order may be sent. */
	private turn: Promise<unknown> = Promise.resolve();

	/** Waits until an order may be sent. Gives false where the execution is stopped meanwhile. */
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
	 * An order has met the limit. Gives whether to try again.
	 *
	 * @param sentAtMs when it was sent
	 * @param askedMs  the pause that Akool asked for
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

	/** An order was answered without meeting the limit: the pause shrinks. */
	eased(): void {
		this.sinceMs = undefined;
		const pauseMs = (this.pauseMs ?? 0) / 2;
		this.pauseMs = pauseMs < FIRST_PAUSE_MS ? undefined : pauseMs;
	}
}
