// The n8n contexts from which a request may leave, and the two things that every caller of Akool needs from them.

import type { IExecuteFunctions, ILoadOptionsFunctions, IWebhookFunctions } from 'n8n-workflow';

import { readAccount, type AkoolAccount } from '../akool/account';

export type AkoolContext = IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions;

export const CREDENTIAL_TYPE = 'akoolApi';

/** The decrypted credential, for what is not a request: reading callbacks, judging addresses, keeping secrets out of messages. */
export async function accountOf(context: AkoolContext): Promise<AkoolAccount> {
	return readAccount(await context.getCredentials(CREDENTIAL_TYPE));
}

/** The signal that is aborted when the user stops the execution; undefined where nothing runs that could be stopped. */
export function cancelSignalOf(context: AkoolContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
