// When the run looks at its videos again. Pure: time goes in, a pause comes out, so the schedule is tested without waiting.
//
// The pause grows by a second for every 30 seconds waited, so that a long wait costs few requests and a short one ends soon:
// at 5 seconds the looks come after about 5, 10, 16, 21, 27 … and, 90 seconds in, 8 seconds apart: 15 looks in all.
// A look that found another video finished starts over with the short pause: its neighbours are likely to follow.

const SECONDS_WAITED_PER_SECOND_MORE = 30;
const LONGEST_PAUSE_SECONDS = 30;
/** Many runs that started together drift apart by as much as this part of a pause. */
const JITTER = 0.1;
const MS_PER_SECOND = 1_000;

export const SHORTEST_INTERVAL_SECONDS = 2;
export const DEFAULT_INTERVAL_SECONDS = 5;

/**
 * The pause before the next look.
 *
 * @param intervalSeconds the shortest pause, which the user may set
 * @param quietMs         how long nothing has changed: since the wait began, or since the last video that finished
 * @param random          a number from 0 to 1
 */
export function pauseMs(intervalSeconds: number, quietMs: number, random: number): number {
	const shortest = Math.max(SHORTEST_INTERVAL_SECONDS, intervalSeconds);
	const grown = shortest + quietMs / MS_PER_SECOND / SECONDS_WAITED_PER_SECOND_MORE;
	const seconds = Math.max(shortest, Math.min(LONGEST_PAUSE_SECONDS, grown));
	const jittered = seconds * (1 + JITTER * (2 * random - 1));
	return Math.max(SHORTEST_INTERVAL_SECONDS, jittered) * MS_PER_SECOND;
}
