// What this process remembers about calls to parked executions: when it polled last, which call it holds, and which call has resumed the
// execution. Rules that must not regress: at most one status request in five seconds for unverified callers, one held call for each execution, and one call
// resumes an execution once. That call's claim lasts until its answer fails, not for a time, so that a call delayed by minutes still finds it.
// Nothing here is needed to continue: after a restart, n8n's database alone says what is parked.

import type { VideoId } from '../akool/video';
import { clock } from '../clock';
import { awaitedIds, parkingKey, type ParkedState } from './parkedState';
import type { ShownVideo } from './progressPage';

export const POLL_INTERVAL_MS = 5_000;
const HOLD_MS = 20_000;
/** A held call is extended up to this: callers that repeat a call until it is answered would extend it forever. */
const LONGEST_HOLD_MS = 60_000;
/** Far more than are called at the same time; the oldest are evicted first, but none that holds a call. */
const MOST_PARKINGS = 2_000;
const FIRST_ERROR_STATUS_CODE = 400;

/** How n8n answers a call: `finish` comes once it has. */
interface Response {
	readonly statusCode: number;
	once(event: 'finish', listener: () => void): unknown;
}

/** A call that is held until Akool's results have caught up with it. */
export interface HeldCall {
	beganMs: number;
	untilMs: number;
	/** The videos of the calls; undefined once a call came whose video is unknown. */
	called: Set<VideoId> | undefined;
}

export interface Progress {
	finished: number;
	total: number;
	/** For the progress page. */
	videos: readonly ShownVideo[];
}

/** This process's record of one parked execution: its last poll, held call, claim and progress. */
export class Parking {
	private lastPollMs = Number.NEGATIVE_INFINITY;

	/** The response of the call that resumes the execution, until it is answered. */
	private claimant: Response | undefined;

	private isAnswered = false;

	held: HeldCall | undefined;

	/** The result of the last successful status request. */
	progress: Progress | undefined;

	constructor(readonly awaited: readonly VideoId[]) {}

	/** How many milliseconds an unverified caller has to wait for a status request. */
	untilNextPollMs(): number {
		return Math.max(0, this.lastPollMs + POLL_INTERVAL_MS - clock.now());
	}

	notePoll(): void {
		this.lastPollMs = clock.now();
	}

	/**
	 * Extends the held call by the hold time of a new one, and makes it wait for the new call's video too. Returns false if none is held, or if it was
	 * held for too long: then the new one replaces it.
	 */
	extendHeld(called: VideoId | undefined): boolean {
		const untilMs = clock.now() + HOLD_MS;
		if (this.held === undefined || untilMs > this.held.beganMs + LONGEST_HOLD_MS) return false;
		this.held.untilMs = untilMs;
		if (called === undefined) this.held.called = undefined;
		else this.held.called?.add(called);
		return true;
	}

	/** Holds a call. It replaces a held one and waits for that one's videos too. */
	hold(called: VideoId | undefined): HeldCall {
		const nowMs = clock.now();
		const before = this.held === undefined ? new Set<VideoId>() : this.held.called;
		this.held = {
			beganMs: nowMs,
			untilMs: nowMs + HOLD_MS,
			called: called === undefined || before === undefined ? undefined : new Set([...before, called]),
		};
		return this.held;
	}

	/** Whether a call has resumed the execution. Its claim ends if n8n answers that it could not. */
	isClaimed(): boolean {
		const hasFailed = this.claimant !== undefined && this.claimant.statusCode >= FIRST_ERROR_STATUS_CODE;
		if (hasFailed) this.claimant = undefined;
		return this.isAnswered || this.claimant !== undefined;
	}

	/** Claims the execution for the call with this response. Returns false if another call has it. */
	claim(response: Response): boolean {
		if (this.isClaimed()) return false;
		this.claimant = response;
		response.once('finish', () => {
			if (this.claimant !== response) return;
			this.isAnswered = response.statusCode < FIRST_ERROR_STATUS_CODE;
			this.claimant = undefined;
		});
		return true;
	}

	/** Gives the claim back. */
	release(): void {
		this.claimant = undefined;
	}
}

/** By execution and parking. */
const parkings = new Map<string, Parking>();

/** This process's record of a parked execution. */
export function parkingOf(executionId: string, state: ParkedState): Parking {
	const key = `${executionId} ${parkingKey(state)}`;
	const parking = parkings.get(key) ?? new Parking(awaitedIds(state));
	parkings.delete(key);
	parkings.set(key, parking);
	for (const [oldest, { held }] of parkings) {
		if (parkings.size <= MOST_PARKINGS) break;
		if (held === undefined) parkings.delete(oldest);
	}
	return parking;
}
