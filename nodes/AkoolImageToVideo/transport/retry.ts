// When a call is sent again, and after how long. Reads are repeated when that may help; a call that spends credits only where Akool
// cannot have accepted it. Pure: it only computes pauses.

import type { Endpoint } from '../akool/endpoints';
import type { UnsuccessfulOutcome } from './outcome';
import { isTransient } from './outcome';

export const MAX_ATTEMPTS = 4;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

/** Says whether a call with this outcome may be sent again without the risk of paying twice. */
export function mayRepeat(endpoint: Endpoint, outcome: UnsuccessfulOutcome): boolean {
	return endpoint.repeatable ? isTransient(outcome) : outcome.kind === 'notSent' || outcome.kind === 'rateLimited';
}

/**
 * The pause in milliseconds before the next attempt: 1, 2, 4 … seconds, of which the upper half is random so that many runs do not retry
 * together. A longer Retry-After is respected, up to 30 seconds.
 *
 * @param attempt 1 after the first attempt
 * @param random  a number from 0 to 1
 */
export function retryDelayMs(attempt: number, outcome: UnsuccessfulOutcome, random: number): number {
	const backoffMs = FIRST_DELAY_MS * 2 ** (attempt - 1) * (0.5 + random / 2);
	const askedMs = outcome.kind === 'rateLimited' || outcome.kind === 'notSent' ? (outcome.retryAfterMs ?? 0) : 0;
	return Math.min(LONGEST_DELAY_MS, Math.max(backoffMs, askedMs));
}
