// How one call to Akool ended, and whether Akool can have accepted it. `mayBeAccepted` below is the one place that decides this; all code that
// repeats a call or orders again relies on it alone.

import { meansNotAccepted } from '../akool/codes';
import { HTTP_SERVER_SIDE } from '../akool/httpStatus';
import type { Endpoint } from '../akool/endpoints';
import { connectionMessages } from '../messages/connection';

export type CallOutcome =
	| { kind: 'success'; data: unknown }
	/** Akool answered with a code of its own other than success. `answer` is what it said, for the log and the ledger. */
	| { kind: 'apiError'; code: number; msg: string; answer: string; httpStatus: number }
	/** Akool, or a server in front of it, asks for fewer requests (code 1005, HTTP 429). */
	| { kind: 'rateLimited'; code: number | undefined; msg: string; retryAfterMs: number | undefined }
	/**
	 * An HTTP status of the 300s or 400s without Akool's envelope: a wrong address, or a refusing proxy. An order is then of unknown outcome, since a server in
	 * front of Akool may have passed it on.
	 */
	| { kind: 'httpError'; httpStatus: number; answer: string }
	/** The request cannot have reached Akool. */
	| { kind: 'notSent'; reason: string; retryAfterMs?: number }
	/** The credential gives no access token, so nothing was sent. */
	| { kind: 'authFailed'; reason: string }
	/** It may have reached Akool, and no answer says whether it was accepted. */
	| { kind: 'unknown'; reason: string; answer?: string }
	| { kind: 'canceled' };

export type UnsuccessfulOutcome = Exclude<CallOutcome, { kind: 'success' }>;

/** A balance request that succeeded without a balance. */
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

/** Says whether the same call may succeed a little later. */
export function isTransient(outcome: UnsuccessfulOutcome): boolean {
	if (outcome.kind === 'apiError') return outcome.httpStatus >= HTTP_SERVER_SIDE;
	return outcome.kind === 'rateLimited' || outcome.kind === 'notSent' || outcome.kind === 'unknown';
}

/** A call that did not succeed, thrown up to the code that reports it. Holds no request, so it cannot leak the key. */
export class CallFailure extends Error {
	constructor(
		readonly outcome: UnsuccessfulOutcome,
		readonly endpoint: Endpoint,
	) {
		super(`A request to Akool did not succeed: ${endpoint.purpose}`);
	}
}
