// How one call to Akool ended. The kinds answer the question that money asks: can Akool have accepted it? `notSent`, `noToken`,
// `busy`, `refused` and `rejected` mean no, `unclear` means perhaps; whoever repeats a call decides by the kind and by nothing else.

import type { Endpoint } from '../akool/endpoints';

export type CallOutcome =
	| { kind: 'success'; data: unknown }
	/** Akool read the request and said no. */
	| { kind: 'refused'; code: number; msg: string }
	/** Akool, or what stands before it, wants fewer requests (code 1005, HTTP 429). */
	| { kind: 'busy'; code: number | undefined; msg: string; retryAfterMs: number | undefined }
	/** An HTTP status of the 300s or 400s without an answer of Akool's: a wrong address, a proxy that says no. */
	| { kind: 'rejected'; httpStatus: number }
	/** The request cannot have reached Akool. */
	| { kind: 'notSent'; reason: string; retryAfterMs?: number }
	/** The credential gives no access token to send it with. */
	| { kind: 'noToken'; reason: string }
	/** It may have reached Akool, and no readable answer came back. */
	| { kind: 'unclear'; reason: string }
	| { kind: 'cancelled' };

export type UnsuccessfulOutcome = Exclude<CallOutcome, { kind: 'success' }>;

/** A success without what it is about. */
export const NO_BALANCE: UnsuccessfulOutcome = { kind: 'unclear', reason: 'the answer holds no balance' };

/** Says whether the same call may fare better a little later. */
export function isPassing(outcome: UnsuccessfulOutcome): boolean {
	return outcome.kind === 'busy' || outcome.kind === 'notSent' || outcome.kind === 'unclear';
}

/** A call that did not succeed, on its way to whoever can tell the user; carries no request, so no key can leak with it. */
export class CallFailure extends Error {
	constructor(
		readonly outcome: UnsuccessfulOutcome,
		readonly endpoint: Endpoint,
	) {
		super(`A request to Akool did not succeed: ${endpoint.purpose}`);
	}
}
