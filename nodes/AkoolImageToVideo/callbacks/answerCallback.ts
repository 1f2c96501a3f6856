// How a call of Akool's is answered where no workflow starts or goes on: by the status alone, with the reason in n8n's log.

import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { ANSWER_STATUS_CODES, type CallbackEnding } from './answers';

/** Answers a call. @param level how loudly the log tells of it */
export function answerCall(
	context: IWebhookFunctions,
	ending: CallbackEnding,
	message: string,
	level: 'debug' | 'warn' | 'error' = 'debug',
): IWebhookResponseData {
	context.logger[level](`${context.getNode().name}: ${message}`);
	context.getResponseObject().status(ANSWER_STATUS_CODES[ending]).json({});
	return { noWebhookResponse: true };
}
