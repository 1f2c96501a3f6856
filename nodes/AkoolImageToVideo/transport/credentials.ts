// The account and the abort signal of an n8n context, which every request to Akool needs.

import { createHash } from 'crypto';

import { NodeError, type IExecuteFunctions, type ILoadOptionsFunctions, type IWebhookFunctions } from 'n8n-workflow';

import { readAccount, type AkoolAccount } from '../akool/account';
import { clock } from '../clock';
import { causeOf } from '../messages/causes';
import { logMessages } from '../messages/log';

export type AkoolContext = IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions;

export const CREDENTIAL_TYPE = 'akoolApi';

/** A key may be rotated while a run waits: after this time, the credential is read again. */
const KNOWN_FOR_MS = 10_000;

interface KnownAccounts {
	/** The one that was read last comes first; the others have another key or token. */
	all: AkoolAccount[];
	readMs: number;
}

const accounts = new WeakMap<AkoolContext, KnownAccounts>();

const hasSameSecrets = (one: AkoolAccount, other: AkoolAccount): boolean =>
	one.apiKey === other.apiKey && one.accessToken === other.accessToken && one.clientId === other.clientId;

/** Remembers the account of a context, and the earlier ones whose secrets still have to be masked. */
function keepAccount(context: AkoolContext, account: AkoolAccount): AkoolAccount {
	const earlier = accounts.get(context)?.all.filter((known) => !hasSameSecrets(known, account)) ?? [];
	accounts.set(context, { all: [account, ...earlier], readMs: clock.now() });
	return account;
}

/**
 * The key of an account in module-level caches: a hash of the credential's content, so that no other credential gets this account's data. The API key
 * cannot be recovered from it.
 */
export function accountKey({ authentication, baseUrl, apiKey, clientId }: AkoolAccount): string {
	return createHash('sha256')
		.update(JSON.stringify([authentication, baseUrl, apiKey, clientId]))
		.digest('hex');
}

/** n8n could not give the credential: it cannot be decrypted, or was deleted. */
export class CredentialUnreadable extends Error {
	constructor(cause: unknown) {
		super(causeOf(cause), { cause });
	}
}

/**
 * The decrypted credential, for everything but requests: reading callbacks, checking addresses, masking secrets.
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

function isCurrent({ all: [account], readMs }: KnownAccounts): boolean {
	if (account?.authentication === 'accessToken' && account.accessToken === '') return false;
	return clock.now() - readMs < KNOWN_FOR_MS;
}

/**
 * The account, and what it was before its key was rotated or its token renewed: their values are masked in answers. Never throws, since the answer that is
 * about to be read may hold the ID of a paid video.
 */
export async function accountsToHide(context: AkoolContext): Promise<readonly AkoolAccount[]> {
	const known = accounts.get(context);
	if (known !== undefined && isCurrent(known)) return known.all;
	try {
		await accountOf(context);
	} catch (error) {
		context.logger.warn(logMessages.credentialUnreadable(causeOf(error)));
	}
	return accounts.get(context)?.all ?? [];
}

/** The account as it was read last. Never throws. */
export async function accountToHide(context: AkoolContext): Promise<AkoolAccount | undefined> {
	return (await accountsToHide(context))[0];
}

/** The signal that is aborted when the user stops the execution; undefined where there is no execution to stop. */
export function cancelSignalOf(context: AkoolContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
