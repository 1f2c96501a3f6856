// Turns an answer or an error into an outcome. The body decides before the status: Akool's envelope counts at any HTTP status, and a broken
// connection is `unknown` unless it is certain that nothing was sent.

import { TOO_FREQUENT_CODE, meansNotAccepted } from '../akool/codes';
import { namedVideos, parseOrder } from '../akool/answers';
import { readBody, readEnvelope, type Envelope } from '../akool/envelope';
import { HTTP_SERVER_SIDE, HTTP_TOO_MANY_REQUESTS } from '../akool/httpStatus';
import { fieldOf, numberOf, shortText, textOf, type JsonRecord } from '../akool/json';
import { retryAfterMs } from '../akool/retryAfter';
import { connectionMessages } from '../messages/connection';
import { errorsWithin, whyNotSent } from './notSent';
import { mayBeAccepted, type CallOutcome } from './outcome';

const HTTP_REDIRECT = 300;
const HTTP_PROXY_AUTHENTICATION = 407;
/** A server in front of Akool may have passed the request on before it gave up. */
const HTTP_REQUEST_TIMEOUT = 408;
const KEPT_CHARACTERS = 2_000;

/** What an answer without Akool's envelope means, by its HTTP status. */
function classifyStatus(httpStatus: number, answer: string): CallOutcome {
	if (httpStatus === HTTP_PROXY_AUTHENTICATION)
		return { kind: 'notSent', reason: connectionMessages.proxyAuthentication() };
	const saysNo = httpStatus >= HTTP_REDIRECT && httpStatus < HTTP_SERVER_SIDE && httpStatus !== HTTP_REQUEST_TIMEOUT;
	if (saysNo) return { kind: 'httpError', httpStatus, answer };
	const isFine = httpStatus > 0 && httpStatus < HTTP_REDIRECT;
	const reason = isFine ? connectionMessages.notAnAnswer() : connectionMessages.httpStatus(httpStatus);
	return { kind: 'unknown', reason, answer };
}

function isRateLimit(envelope: Envelope, httpStatus: number): boolean {
	if (envelope.kind !== 'refusal') return httpStatus === HTTP_TOO_MANY_REQUESTS;
	if (envelope.code === TOO_FREQUENT_CODE) return true;
	return httpStatus === HTTP_TOO_MANY_REQUESTS && !meansNotAccepted(envelope.code);
}

/** Classifies n8n's full response (`statusCode`, `headers`, `body`). Never throws. */
export function classifyResponse(response: unknown, nowMs: number): CallOutcome {
	const body = readBody(fieldOf(response, 'body'));
	const envelope = readEnvelope(body);
	if (envelope.kind === 'success') return { kind: 'success', data: envelope.data };

	const httpStatus = numberOf(response, 'statusCode') ?? 0;
	const refusal = envelope.kind === 'refusal' ? envelope : undefined;
	if (isRateLimit(envelope, httpStatus)) {
		const msg = refusal?.msg ?? connectionMessages.status(httpStatus);
		return {
			kind: 'rateLimited',
			code: refusal?.code,
			msg,
			retryAfterMs: retryAfterMs(fieldOf(response, 'headers'), nowMs),
		};
	}
	const answer = shortText(body ?? '', KEPT_CHARACTERS);
	if (refusal !== undefined) return { kind: 'apiError', code: refusal.code, msg: refusal.msg, answer, httpStatus };
	return classifyStatus(httpStatus, answer);
}

/**
 * Classifies the answer to an order. Rule: an answer that names a video is never a refusal, and the order is not repeated, whatever else it says: that video
 * may be paid for. A success whose video is outside of `data` is read from there. Never throws.
 *
 * @param sent the order's body: an ID that is only quoted from it is no new video
 */
export function classifyOrder(response: unknown, nowMs: number, sent: JsonRecord): CallOutcome {
	const outcome = classifyResponse(response, nowMs);
	const body = readBody(fieldOf(response, 'body'));
	if (outcome.kind === 'success') {
		const { created, notCreated } = parseOrder(outcome.data);
		return created.length + notCreated.length > 0 ? outcome : { ...outcome, data: body };
	}
	if (mayBeAccepted(outcome) || namedVideos(body, sent).length === 0) return outcome;
	const reason =
		outcome.kind === 'apiError'
			? connectionMessages.otherCode(outcome.code, outcome.msg)
			: connectionMessages.namesVideo();
	return { kind: 'unknown', reason, answer: shortText(body, KEPT_CHARACTERS) };
}

const BROKEN = new Map<string, () => string>([
	['ECONNRESET', connectionMessages.closed],
	['EPIPE', connectionMessages.closed],
	['ECONNABORTED', connectionMessages.noAnswerInTime],
	['ETIMEDOUT', connectionMessages.noAnswerInTime],
]);

/** Classifies what a request threw. Never throws, and quotes nothing of the error, since it holds the request's headers. */
export function classifyThrown(error: unknown): CallOutcome {
	const errors = errorsWithin(error);
	const withoutToken = errors.find((inner) => textOf(inner, 'noTokenBecause') !== undefined);
	if (withoutToken !== undefined) {
		const reason = textOf(withoutToken, 'noTokenBecause') ?? '';
		if (fieldOf(withoutToken, 'mayPass') !== true) return { kind: 'authFailed', reason };
		return { kind: 'notSent', reason, retryAfterMs: numberOf(withoutToken, 'retryAfterMs') };
	}
	const reason = whyNotSent(error);
	if (reason !== undefined) return { kind: 'notSent', reason };
	const code = errors.map((inner) => textOf(inner, 'code')).find((found) => found !== undefined) ?? '';
	return { kind: 'unknown', reason: (BROKEN.get(code) ?? connectionMessages.brokeOff)() };
}
