// How one call to Akool ended. The kinds answer the question that money asks: can Akool have accepted it? `mayBeAccepted` below is the one place
// that answers it; whoever repeats a call, or orders again, decides by it and by nothing else.

import { meansNotAccepted } from '../akool/codes';
import { HTTP_SERVER_SIDE } from '../akool/httpStatus';
import type { Endpoint } from '../akool/endpoints';
import { connectionMessages } from '../messages/connection';

export type CallOutcome =
	| { kind: 'success'; data: unknown }
	/** Akool answered with a code of its own other than success. `answer` is what it said, for the log and the ledger. */
	| { kind: 'apiError'; code: number; msg: string; answer: string; httpStatus: number }
	/** Akool, or what stands before it, wants fewer requests (code 1005, HTTP 429). */
	| { kind: 'rateLimited'; code: number | undefined; msg: string; retryAfterMs: number | undefined }
	/**
	 * An HTTP status of the 300s or 400s without an answer of Akool's: a wrong address, a proxy that says no. For an order it is of unknown outcome: whoever
	 * stands before Akool may say so of what was passed on.
	 */
	| { kind: 'httpError'; httpStatus: number; answer: string }
	/** The request cannot have reached Akool. */
	| { kind: 'notSent'; reason: string; retryAfterMs?: number }
	/** The credential gives no access token to send it with. */
	| { kind: 'authFailed'; reason: string }
	/** It may have reached Akool, and no answer came back that says what came of it. */
	| { kind: 'unknown'; reason: string; answer?: string }
	| { kind: 'canceled' };

export type UnsuccessfulOutcome = Exclude<CallOutcome, { kind: 'success' }>;

/** A success without what it is about. */
export const NO_BALANCE: UnsuccessfulOutcome = { kind: 'unknown', reason: connectionMessages.noBalance() };

/** Says whether Akool can have accepted the call, although no success came back: then an order may have been charged. */
export function mayBeAccepted(outcome: UnsuccessfulOutcome): boolean {
	switch (outcome.kind) {
		case 'unknown':
		case 'httpError':
			return true;
		case 'apiError':
			return !meansNotAccepted(outcome.code);
		case 'rateLimited':
		case 'notSent':
		case 'authFailed':
		case 'canceled':
			return false;
	}
}

/** Says whether the same call may fare better a little later. */
export function isTransient(outcome: UnsuccessfulOutcome): boolean {
	if (outcome.kind === 'apiError') return outcome.httpStatus >= HTTP_SERVER_SIDE;
	return outcome.kind === 'rateLimited' || outcome.kind === 'notSent' || outcome.kind === 'unknown';
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
