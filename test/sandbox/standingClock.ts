// A clock for the sandbox's own tests. Rule: it stands still until it is advanced by hand, so that "not yet" and "late" are different.
import type { Clock } from '../../nodes/AkoolImageToVideo/clock';

const START_MS = 1_800_000_000_000;

export interface StandingClock extends Clock {
	advance(seconds: number): void;
	/** How many sleep at this moment. */
	sleepers(): number;
}

export function standingClock(): StandingClock {
	let nowMs = START_MS;
	const dueMsOf = new Map<() => void, number>();
	return {
		now: () => nowMs,
		sleep: async (ms, signal) =>
			await new Promise((resolve) => {
				const wake = () => {
					dueMsOf.delete(wake);
					resolve(signal?.aborted !== true);
				};
				signal?.addEventListener('abort', wake);
				dueMsOf.set(wake, nowMs + ms);
			}),
		random: () => 0,
		advance: (seconds) => {
			nowMs += seconds * 1000;
			for (const [wake, dueMs] of [...dueMsOf]) if (dueMs <= nowMs) wake();
		},
		sleepers: () => dueMsOf.size,
	};
}
