// The n8n contexts from which a request may leave, and the two things that every caller of Akool needs from them.

import { createHash } from 'crypto';

import { NodeError, type IExecuteFunctions, type ILoadOptionsFunctions, type IWebhookFunctions } from 'n8n-workflow';

import { readAccount, type AkoolAccount } from '../akool/account';
import { causeOf } from '../messages/causes';
import { logMessages } from '../messages/log';

export type AkoolContext = IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions;

export const CREDENTIAL_TYPE = 'akoolApi';

const accounts = new WeakMap<AkoolContext, AkoolAccount>();

/** Lets a context know the account that it is about. */
export function keepAccount(context: AkoolContext, account: AkoolAccount): AkoolAccount {
	accounts.set(context, account);
	return account;
}

/**
 * What tells accounts apart in what this process remembers: their content, so that no credential of somebody else's, whatever its ID and its Base URL,
 * answers for this one. The key itself is not to be got out of it.
 */
export function accountKey({ authentication, baseUrl, apiKey, clientId }: AkoolAccount): string {
	return createHash('sha256')
		.update(JSON.stringify([authentication, baseUrl, apiKey, clientId]))
		.digest('hex');
}

/** n8n could not give the credential: it cannot be decrypted, or is not there any more. */
export class CredentialUnreadable extends Error {
	constructor(cause: unknown) {
		super(causeOf(cause), { cause });
	}
}

/**
 * The decrypted credential, for what is not a request: reading callbacks, judging addresses, keeping secrets out of messages.
 *
 * @throws CredentialUnreadable, or n8n's own error where the node has none
 */
export async function accountOf(context: AkoolContext): Promise<AkoolAccount> {
	const credential = await context
		.getCredentials(CREDENTIAL_TYPE)
		.catch(
			async (error: unknown) =>
				await Promise.reject(error instanceof NodeError ? error : new CredentialUnreadable(error)),
		);
	return keepAccount(context, readAccount(credential));
}

/**
 * The account whose values must not stand in an answer. A token that was not there yet is asked for. Never throws: the answer that is waiting to be read
 * may hold the ID of a video that was paid for.
 */
export async function accountToHide(context: AkoolContext): Promise<AkoolAccount | undefined> {
	const known = accounts.get(context);
	if (known !== undefined && (known.authentication === 'apiKey' || known.accessToken !== '')) return known;
	try {
		return await accountOf(context);
	} catch (error) {
		context.logger.warn(logMessages.credentialUnreadable(causeOf(error)));
		return known;
	}
}

/** The signal that is aborted when the user stops the execution; undefined where nothing runs that could be stopped. */
export function cancelSignalOf(context: AkoolContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
