// Applies faults to the connection; the table of kinds is in faults.ts. Rule: whether the request was accepted is decided before the connection breaks,
// because a client cannot distinguish "charged, no answer" from "not charged, no answer", but a test must.
import { refusalAnswer } from './codes';
import { pauseOf } from './faults';
import { sendAsJson, sendHtml, send, sendJson, sendJsonHead, sendPage } from './http';
import type { Answer, Fault, Outgoing } from './types';
import type { SandboxState } from './sandboxState';

const NOT_ACCEPTED = ['resetBefore', 'hang', 'status', 'rateLimit', 'code'];
const DEFAULT_RETRY_AFTER_SECONDS = 1;
const CUT_WITHOUT_ANSWER = '{"code":1000,"msg":"OK","data":{"_id":"68917';

/** Whether the endpoint does its work before the fault. */
export function isAccepted({ accepted, kind }: Fault): boolean {
	return accepted ?? !NOT_ACCEPTED.includes(kind);
}

/** A redirect needs an address. */
const locationOf = ({ location }: Fault): Record<string, string> => (location === undefined ? {} : { location });

function strikeStatus(fault: Fault, response: Outgoing): void {
	const { status = 500, body } = fault;
	const headers = locationOf(fault);
	if (body === undefined) return sendPage(response, status, `${status} nginx`, headers);
	if (typeof body === 'string') return sendHtml(response, status, body, headers);
	return sendJson(response, status, body, headers);
}

function strikeRateLimit(fault: Fault, response: Outgoing): void {
	if (fault.code !== undefined) return sendJson(response, 200, refusalAnswer(fault.code, fault.msg));
	const retryAfter = String(fault.retryAfterSeconds ?? DEFAULT_RETRY_AFTER_SECONDS);
	return send(response, 429, 'text/plain', 'Too Many Requests', { 'retry-after': retryAfter });
}

function strikeInTheMiddle(answer: Answer | undefined, response: Outgoing): void {
	const text = JSON.stringify(answer);
	sendAsJson(response, answer === undefined ? CUT_WITHOUT_ANSWER : text.slice(0, Math.floor(text.length / 2)));
}

/** Faults of the connection. @returns whether one occurred */
export function applyFault(state: SandboxState, fault: Fault, answer: Answer | undefined, response: Outgoing): boolean {
	switch (fault.kind) {
		case 'resetBefore':
		case 'resetAfter':
			if (fault.hard) response.socket?.resetAndDestroy();
			else response.destroy();
			return true;
		case 'hang':
			return true;
		case 'status':
			strikeStatus(fault, response);
			return true;
		case 'wrongStatus':
			sendJson(response, fault.status ?? 502, answer, locationOf(fault));
			return true;
		case 'rateLimit':
			strikeRateLimit(fault, response);
			return true;
		case 'code':
			sendJson(response, fault.status ?? 200, refusalAnswer(fault.code ?? 1015, fault.msg));
			return true;
		case 'cutJson':
			strikeInTheMiddle(answer, response);
			return true;
		case 'slowBody':
			state.timers.after(pauseOf(fault), sendJsonHead(response, answer));
			return true;
		default:
			return false;
	}
}
