// When a run polls again. Pure: times go in, a pause comes out, so the schedule is tested without waiting.
//
// - A pause is Poll Interval and a second more for every 40 seconds in which no video was finished, up to 30 seconds: a long wait costs few requests, a short one ends soon.
//   At 5 seconds the status requests come after about 5, 10, 15, 21, 26, 32 seconds, and every 7 seconds after a minute and a half.
// - A status request that finds another video finished makes the next pause the short one again, since others are likely to follow.
// - A Poll Interval longer than 30 seconds is kept; one shorter than 2 seconds is not.
// - Each pause is up to a tenth longer or shorter, so that runs that began together do not poll together.

export const SHORTEST_INTERVAL_SECONDS = 2;
export const DEFAULT_INTERVAL_SECONDS = 5;
const LONGEST_PAUSE_SECONDS = 30;
const QUIET_SECONDS_PER_SECOND_MORE = 40;
const JITTER = 0.1;
const MS_PER_SECOND = 1_000;

/**
 * The pause before the next status request, in milliseconds.
 *
 * @param intervalSeconds Poll Interval
 * @param quietMs         milliseconds since the wait began or a video was last found finished
 * @param random          a number from 0 to 1
 */
export function pauseMs(intervalSeconds: number, quietMs: number, random: number): number {
	const shortest = Math.max(SHORTEST_INTERVAL_SECONDS, intervalSeconds);
	const grown = shortest + quietMs / MS_PER_SECOND / QUIET_SECONDS_PER_SECOND_MORE;
	const seconds = Math.max(shortest, Math.min(LONGEST_PAUSE_SECONDS, grown));
	const jittered = seconds * (1 + JITTER * (2 * random - 1));
	return Math.max(SHORTEST_INTERVAL_SECONDS, jittered) * MS_PER_SECOND;
}
