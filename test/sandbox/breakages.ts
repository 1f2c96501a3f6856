// What a fault does to an answer; the table of kinds is in faults.ts. Rule: whether the request was accepted is decided before anything is
// broken, because "charged, yet no answer" and "not charged, no answer" look the same to a client and must not be the same here.
import { refusalAnswer } from './codes';
import { send, sendJson, sendPage } from './http';
import { isRecord } from './values';
import type { Answer, Fault, Outgoing } from './types';

const NOT_ACCEPTED = ['resetBefore', 'hang', 'status', 'rateLimit', 'code'];
const DEFAULT_RETRY_AFTER_SECONDS = 1;
const UNDOCUMENTED_STATUS = 7;
const CUT_WITHOUT_ANSWER = '{"code":1000,"msg":"OK","data":{"_id":"68917';

/** Whether the endpoint does its work before the fault strikes. */
export function isAccepted(fault: Fault) {
	return fault.accepted ?? fault.accept ?? !NOT_ACCEPTED.includes(fault.kind);
}

const isMeant = (row: unknown, ids: string[] | undefined) =>
	isRecord(row) && (ids === undefined || ids.some((id) => id === row['_id']));

/** `data` with its rows changed, wherever this endpoint keeps them. */
function withRows(answer: Answer, change: (rows: unknown[]) => unknown[]): Answer {
	const { data } = answer;
	if (Array.isArray(data)) return { ...answer, data: change(data) };
	if (!isRecord(data) || !Array.isArray(data['result'])) return answer;
	const result = change(data['result']);
	return { ...answer, data: 'count' in data ? { ...data, result, count: result.length } : { result } };
}

/** The faults that leave the answer whole but untrue. */
export function distort(fault: Fault, answer: Answer) {
	switch (fault.kind) {
		case 'unknownStatus':
			return withRows(answer, (rows) =>
				rows.map((row) =>
					isRecord(row) && isMeant(row, fault.ids) ? { ...row, status: fault.status ?? UNDOCUMENTED_STATUS } : row,
				),
			);
		case 'missingRow':
			return withRows(answer, (rows) => rows.filter((row) => !isMeant(row, fault.ids)));
		case 'emptyList':
			return withRows(answer, () => []);
		default:
			return answer;
	}
}

/** The faults that strike on the wire. @returns whether it did */
export function strike(fault: Fault, answer: Answer | undefined, response: Outgoing): boolean {
	switch (fault.kind) {
		case 'resetBefore':
		case 'resetAfter':
			response.destroy();
			return true;
		case 'hang':
			return true;
		case 'status':
			strikeStatus(fault, response);
			return true;
		case 'rateLimit':
			strikeRateLimit(fault, response);
			return true;
		case 'code':
			sendJson(response, 200, refusalAnswer(fault.code ?? 1015, fault.msg));
			return true;
		case 'cutJson': {
			const text = answer ? JSON.stringify(answer) : CUT_WITHOUT_ANSWER;
			send(
				response,
				200,
				'application/json; charset=utf-8',
				answer ? text.slice(0, Math.floor(text.length / 2)) : text,
			);
			return true;
		}
		default:
			return false;
	}
}

function strikeStatus({ status = 500, body }: Fault, response: Outgoing) {
	if (body === undefined) return sendPage(response, status, `${status} nginx`);
	if (typeof body === 'string') return send(response, status, 'text/html; charset=utf-8', body);
	return sendJson(response, status, body);
}

function strikeRateLimit(fault: Fault, response: Outgoing) {
	if (fault.code !== undefined) return sendJson(response, 200, refusalAnswer(fault.code, fault.msg));
	const retryAfter = String(fault.retryAfterSeconds ?? DEFAULT_RETRY_AFTER_SECONDS);
	return send(response, 429, 'text/plain', 'Too Many Requests', { 'retry-after': retryAfter });
}
