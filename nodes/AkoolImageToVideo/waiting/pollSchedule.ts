// When the run looks at its videos again. Pure: times go in, a pause comes out, so the schedule is tested without waiting.
//
// The pause grows by a second for every 40 seconds waited, so that a long wait costs few requests and a short one ends soon: at 5 seconds the looks
// come after about 10, 15, 21, 26 … and, 90 seconds in, 7 seconds apart: 15 looks in all. The first pause is twice as long, as no video is that quick.
// A look that found another video finished starts over with the short pause: its neighbours are likely to follow.
// Where it is known how long such videos took of late, the pauses are twice as long until then, and a look comes right after: 8 looks for 90 seconds.

const SECONDS_WAITED_PER_SECOND_MORE = 40;
const LONGEST_PAUSE_SECONDS = 30;
/** Many runs that started together drift apart by as much as this part of a pause. */
const JITTER = 0.1;
const MS_PER_SECOND = 1_000;
/** How much longer the pauses may be while no end is near. */
const UNHURRIED_FACTOR = 2;
/** How much longer a pause may be that ends right after an expected end: a look shortly before it would find nothing, and the next would come late. */
const STRETCH_FACTOR = 1.5;
/** How soon after an expected end to look. */
const AFTER_END_MS = 500;

export const SHORTEST_INTERVAL_SECONDS = 2;
export const DEFAULT_INTERVAL_SECONDS = 5;

/** How it stands with a wait, in milliseconds of the same clock. */
export interface Moment {
	nowMs: number;
	/** When something changed last: the wait began, or a video was found finished. */
	lastNewsMs: number;
	/** When the unfinished videos may be finished, as far as anything is known about that. */
	expectedEndsMs: readonly number[];
	/** Nothing was asked so far. */
	isFirst: boolean;
}

function regularPauseMs(intervalSeconds: number, quietMs: number, random: number): number {
	const shortest = Math.max(SHORTEST_INTERVAL_SECONDS, intervalSeconds);
	const grown = shortest + quietMs / MS_PER_SECOND / SECONDS_WAITED_PER_SECOND_MORE;
	const seconds = Math.max(shortest, Math.min(LONGEST_PAUSE_SECONDS, grown));
	const jittered = seconds * (1 + JITTER * (2 * random - 1));
	return Math.max(SHORTEST_INTERVAL_SECONDS, jittered) * MS_PER_SECOND;
}

/**
 * The pause before the next look.
 *
 * @param intervalSeconds the shortest pause, which the user may set
 * @param random          a number from 0 to 1
 */
export function pauseMs(
	intervalSeconds: number,
	{ nowMs, lastNewsMs, expectedEndsMs, isFirst }: Moment,
	random: number,
): number {
	const sorted = [...expectedEndsMs].sort((a, b) => a - b);
	const overdueMs = sorted.filter((endMs) => endMs <= nowMs).at(-1);
	// A video that is overdue is news that is about to come.
	const regularMs = regularPauseMs(intervalSeconds, nowMs - Math.max(lastNewsMs, overdueMs ?? lastNewsMs), random);
	const unhurriedMs = Math.max(
		regularMs,
		Math.min(regularMs * UNHURRIED_FACTOR, LONGEST_PAUSE_SECONDS * MS_PER_SECOND),
	);
	const firstMs = sorted.find((endMs) => endMs > nowMs);
	if (firstMs === undefined) return isFirst && overdueMs === undefined ? unhurriedMs : regularMs;
	// Ends that lie close together are worth one look.
	const closeMs = sorted.filter((endMs) => endMs - firstMs <= intervalSeconds * MS_PER_SECOND).at(-1) ?? firstMs;
	const longestMs = overdueMs === undefined ? unhurriedMs : regularMs;
	const untilEndMs = closeMs + AFTER_END_MS - nowMs;
	const reachMs = Math.max(longestMs, Math.min(longestMs * STRETCH_FACTOR, LONGEST_PAUSE_SECONDS * MS_PER_SECOND));
	return Math.max(SHORTEST_INTERVAL_SECONDS * MS_PER_SECOND, untilEndMs <= reachMs ? untilEndMs : longestMs);
}
