// What this process knows of the parked executions that it was called about: when it polled last, which call it holds, and which call has resumed the
// execution. Rules that must not regress: at most one status request in five seconds for callers that are not verified, one call held for each execution, and one call
// resumes an execution once. The claim of that call holds until its answer fails, not for a time: a call that was held back for minutes finds it there.
// Nothing here is needed to go on: after a restart, n8n's database alone says what is parked.

import type { VideoId } from '../akool/video';
import { clock } from '../clock';
import { awaitedIds, parkingKey, type ParkedState } from './parkedState';
import type { ShownVideo } from './progressPage';

export const POLL_INTERVAL_MS = 5_000;
const HOLD_MS = 20_000;
/** A call that is extended by others is held no longer than this: whoever repeats a call until it is answered would extend it for ever. */
const LONGEST_HOLD_MS = 60_000;
/** Far more than are called about at the same time; the oldest are evicted first, but none that holds a call. */
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
	/** The videos that were called about; undefined once a call came of which that is not known. */
	called: Set<VideoId> | undefined;
}

export interface Progress {
	finished: number;
	total: number;
	/** For the page that shows it. */
	videos: readonly ShownVideo[];
}

export class Parking {
	private lastPollMs = Number.NEGATIVE_INFINITY;

	/** The call that has resumed the execution, until it is answered. */
	private claimant: Response | undefined;

	private isAnswered = false;

	held: HeldCall | undefined;

	/** What the last status request has shown; undefined where none has succeeded. */
	progress: Progress | undefined;

	constructor(readonly awaited: readonly VideoId[]) {}

	/** How long a caller that is not verified has to wait for a status request. */
	untilNextPollMs(): number {
		return Math.max(0, this.lastPollMs + POLL_INTERVAL_MS - clock.now());
	}

	notePoll(): void {
		this.lastPollMs = clock.now();
	}

	/**
	 * Keeps a held call for as long as a new one would be held, and has it wait for that one's video too. Gives false where none is held, or where it was
	 * held for long: then the new one takes its place.
	 */
	extendHeld(called: VideoId | undefined): boolean {
		const untilMs = clock.now() + HOLD_MS;
		if (this.held === undefined || untilMs > this.held.beganMs + LONGEST_HOLD_MS) return false;
		this.held.untilMs = untilMs;
		if (called === undefined) this.held.called = undefined;
		else this.held.called?.add(called);
		return true;
	}

	/** Holds a call, in the place of the one before it if there is one: what that was to wait for, this one waits for too. */
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

	/** Whether a call has resumed the execution. Its claim ends where n8n answers that it could not. */
	isClaimed(): boolean {
		const hasFailed = this.claimant !== undefined && this.claimant.statusCode >= FIRST_ERROR_STATUS_CODE;
		if (hasFailed) this.claimant = undefined;
		return this.isAnswered || this.claimant !== undefined;
	}

	/** Claims the execution for the call that this answers. Gives false where another call has it. */
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

/** What this process knows of a parked execution. */
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
