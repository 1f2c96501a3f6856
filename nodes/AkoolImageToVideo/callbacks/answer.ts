// The answer to a callback. Akool repeats every callback that is not answered 200, so 200 means "handled, do not call again", and a valid callback that
// could not be handled yet must never get it. The status is the whole answer: the reason goes into n8n's log, never out.

import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** The HTTP status for each way that a call may end. Vendor page: "Webhook" (200 or it is repeated; its samples answer 400 to a bad one). */
export const ANSWER_STATUS_CODES = {
	/** Handled, repeated, or about an event that was not selected. */
	done: 200,
	/** Not even an envelope. */
	malformed: 400,
	/** All that an envelope hides or gets wrong, and a credential that cannot read it. */
	refused: 401,
	/** Nothing is here for a caller without the secret. */
	notFound: 404,
	/** Valid as far as is known, but it could not be handled yet: Akool is to call again. */
	callAgain: 503,
} as const;

export type CallbackEnding = keyof typeof ANSWER_STATUS_CODES;

export type LogLevel = 'debug' | 'warn' | 'error';

/** Writes a sentence into n8n's log, under the name of the node that was called. */
export function logCall(context: IWebhookFunctions, message: string, level: LogLevel = 'debug'): void {
	context.logger[level](`${context.getNode().name}: ${message}`);
}

/** Answers a call that starts nothing and resumes nothing. @param level of the log line */
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
