// The answer to a callback. Akool repeats every callback that is not answered 200, so 200 means "handled, do not call again", and a valid callback that
// could not be handled yet must never get it. Only the status is sent: the reason goes into n8n's log.

import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** The HTTP status for each outcome of a call. Vendor page: "Webhook" (200 or it is repeated; its samples answer 400 to a bad one). */
export const ANSWER_STATUS_CODES = {
	/** Handled, repeated, or about an event that is not selected. */
	done: 200,
	/** Not even an envelope. */
	malformed: 400,
	/** Anything wrong in or with the envelope, or a credential that cannot read it. */
	refused: 401,
	/** There is no page at an address without a secret. */
	notFound: 404,
	/** Not handled yet, though nothing is known to be wrong: Akool shall call again. */
	callAgain: 503,
} as const;

export type CallbackEnding = keyof typeof ANSWER_STATUS_CODES;

export type LogLevel = 'debug' | 'warn' | 'error';

/** Writes a line into n8n's log, with the name of the called node. */
export function logCall(context: IWebhookFunctions, message: string, level: LogLevel = 'debug'): void {
	context.logger[level](`${context.getNode().name}: ${message}`);
}

/** Answers a call that starts and resumes nothing, and logs why. @param level of the log line */
export function answerCall(
	context: IWebhookFunctions,
	ending: CallbackEnding,
	message: string,
	level: LogLevel = 'debug',
): IWebhookResponseData {
	logCall(context, message, level);
	context.getResponseObject().status(ANSWER_STATUS_CODES[ending]).json({});
	return { noWebhookResponse: true };
}
