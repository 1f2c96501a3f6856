// How old a callback may be. One from the future is refused as well: it would stay young, and could be sent again, for as
// long as its sender likes. What cannot be measured (no clock, no sensible limit) is never fresh.

export interface AgeLimit {
	nowMs: number;
	/** 0 is no limit, in either direction. */
	maxAgeMinutes: number;
}

export type AgeOutcome = 'fresh' | 'too-old' | 'from-the-future';

/** How far Akool's clock may run ahead of this machine's. */
export const CLOCK_SKEW_MINUTES = 5;

const MS_PER_MINUTE = 60_000;

/**
 * Takes the moment that Akool signed and the limit; says on which side of it the callback falls. Throws nothing.
 * Akool documents no limit: this one is ours. With 1440 minutes, a callback from 12:00 is fresh until 12:00 of the next day.
 */
export function judgeAge(timestampMs: number, { nowMs, maxAgeMinutes }: AgeLimit): AgeOutcome {
	if (maxAgeMinutes === 0) return 'fresh';
	const ageMs = nowMs - timestampMs;
	if (ageMs < -CLOCK_SKEW_MINUTES * MS_PER_MINUTE) return 'from-the-future';
	return ageMs <= maxAgeMinutes * MS_PER_MINUTE ? 'fresh' : 'too-old';
}
