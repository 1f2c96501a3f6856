// The pause that a host asks for. Both forms of the header count, seconds and a date; anything else counts as no header.

import { fieldOf } from './json';

const MS_PER_SECOND = 1000;

/** The pause that an answer's headers ask for with Retry-After; undefined where they ask for none. Total: never throws. */
export function retryAfterMs(headers: unknown, nowMs: number): number | undefined {
	const value = fieldOf(headers, 'retry-after');
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const seconds = Number(value);
	const delayMs = Number.isFinite(seconds) ? seconds * MS_PER_SECOND : Date.parse(String(value)) - nowMs;
	return Number.isFinite(delayMs) && delayMs >= 0 ? delayMs : undefined;
}
