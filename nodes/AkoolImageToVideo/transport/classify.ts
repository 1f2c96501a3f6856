// Turns what the network gave into an outcome. A broken connection counts as `unclear` unless it is certain that nothing was sent.

import { SUCCESS_CODE, TOO_FREQUENT_CODE } from '../akool/codes';
import { readEnvelope } from '../akool/envelope';
import { HTTP_SERVER_SIDE, HTTP_TOO_MANY_REQUESTS } from '../akool/httpStatus';
import { fieldOf, numberOf, textOf } from '../akool/json';
import { retryAfterMs } from '../akool/retryAfter';
import type { CallOutcome } from './outcome';

const HTTP_REDIRECT = 300;

/** Takes n8n's full response (`statusCode`, `headers`, `body`) and gives what it means. Total: never throws. */
export function classifyResponse(response: unknown, nowMs: number): CallOutcome {
	const httpStatus = numberOf(response, 'statusCode') ?? 0;
	if (httpStatus >= HTTP_SERVER_SIDE)
		return { kind: 'unclear', reason: `Akool answered with HTTP status ${httpStatus}` };

	const envelope = readEnvelope(fieldOf(response, 'body'));
	const code = envelope.kind === 'refusal' ? envelope.code : undefined;
	if (httpStatus === HTTP_TOO_MANY_REQUESTS || code === TOO_FREQUENT_CODE) {
		const msg = envelope.kind === 'refusal' ? envelope.msg : `HTTP status ${httpStatus}`;
		return { kind: 'busy', code, msg, retryAfterMs: retryAfterMs(fieldOf(response, 'headers'), nowMs) };
	}
	if (envelope.kind === 'refusal') return { kind: 'refused', code: envelope.code, msg: envelope.msg };
	if (httpStatus >= HTTP_REDIRECT) return { kind: 'rejected', httpStatus };
	if (envelope.kind === 'unreadable') {
		return {
			kind: 'unclear',
			reason: `the answer was not one of Akool’s (code ${SUCCESS_CODE} or a refusal was expected)`,
		};
	}
	return { kind: 'success', data: envelope.data };
}

const NOT_TRUSTED = 'the certificate of the server is not trusted';

/** The system's words for a connection that was never made: nothing of the request can have arrived. */
const NEVER_CONNECTED = new Map([
	['ECONNREFUSED', 'the connection was refused'],
	['ENOTFOUND', 'the host name was not found'],
	['EAI_AGAIN', 'the host name could not be looked up'],
	['EHOSTUNREACH', 'the host cannot be reached'],
	['ENETUNREACH', 'the network cannot be reached'],
	['ERR_INVALID_CHAR', 'the API key holds characters that cannot be sent'],
	['CERT_HAS_EXPIRED', 'the certificate of the server has expired'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', NOT_TRUSTED],
	['SELF_SIGNED_CERT_IN_CHAIN', NOT_TRUSTED],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', NOT_TRUSTED],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'the certificate of the server is for another name'],
]);

/** What the system was doing when a connection was there already: then the request may have been on its way. */
const ON_THE_WAY = ['read', 'write'];

const CLOSED = 'the connection was closed before the answer came';
const NO_ANSWER = 'no answer came in time';

const BROKEN = new Map([
	['ECONNRESET', CLOSED],
	['ECONNABORTED', NO_ANSWER],
	['ETIMEDOUT', NO_ANSWER],
	['EPIPE', CLOSED],
]);

const LONGEST_CAUSE_CHAIN = 6;

/** The first among an error and its causes that says a text under a name; n8n wraps what axios and the credential threw. */
function causeWith(error: unknown, name: string): unknown {
	let current = error;
	for (let depth = 0; depth < LONGEST_CAUSE_CHAIN && current !== undefined; depth++) {
		if (textOf(current, name) !== undefined) return current;
		current = fieldOf(current, 'cause');
	}
	return undefined;
}

/** Takes what a request threw and gives what it means for the call. Quotes nothing of the error, which holds the request's headers. */
export function classifyThrown(error: unknown): CallOutcome {
	const tokenTrouble = causeWith(error, 'noTokenBecause');
	const noTokenBecause = textOf(tokenTrouble, 'noTokenBecause');
	if (noTokenBecause !== undefined) {
		if (fieldOf(tokenTrouble, 'mayPass') !== true) return { kind: 'noToken', reason: noTokenBecause };
		return { kind: 'notSent', reason: noTokenBecause, retryAfterMs: numberOf(tokenTrouble, 'retryAfterMs') };
	}
	const trouble = causeWith(error, 'code');
	const code = textOf(trouble, 'code');
	if (code === undefined) return { kind: 'unclear', reason: 'the connection broke off' };
	const wasConnected = ON_THE_WAY.includes(textOf(trouble, 'syscall') ?? '');
	const neverConnected = wasConnected ? undefined : NEVER_CONNECTED.get(code);
	if (neverConnected !== undefined) return { kind: 'notSent', reason: neverConnected };
	return { kind: 'unclear', reason: BROKEN.get(code) ?? 'the connection broke off' };
}
