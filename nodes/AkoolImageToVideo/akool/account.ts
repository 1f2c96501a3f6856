// Who we are at Akool. Exactly one authentication header leaves with a request: Akool lets a stale Authorization hide a good x-api-key.

import { DEFAULT_BASE_URL } from './endpoints';
import { textOf } from './json';
import { trimInvisible, withoutSlashes, withoutStray } from './text';

export interface AkoolAccount {
	authentication: 'apiKey' | 'accessToken';
	apiKey: string;
	/** Empty where the user gave none: then no callback can be read. */
	clientId: string;
	accessToken: string;
	/** Without a slash at the end. */
	baseUrl: string;
}

/** A value as it was copied, without what a page or a mail puts around and into it unseen. */
const pasted = (credential: unknown, name: string): string =>
	trimInvisible(withoutStray(textOf(credential, name) ?? ''));

/** Reads the fields of the credential `akoolApi`, whatever n8n decrypted. */
export function readAccount(credential: unknown): AkoolAccount {
	return {
		authentication: textOf(credential, 'authentication') === 'accessToken' ? 'accessToken' : 'apiKey',
		apiKey: pasted(credential, 'apiKey'),
		clientId: pasted(credential, 'clientId'),
		accessToken: textOf(credential, 'accessToken') ?? '',
		baseUrl: withoutSlashes(pasted(credential, 'baseUrl') || DEFAULT_BASE_URL),
	};
}

/** The one header that says who calls. Vendor page: "Authentication". */
export function authenticationHeader(account: AkoolAccount): Record<string, string> {
	return account.authentication === 'accessToken'
		? { Authorization: `Bearer ${account.accessToken}` }
		: { 'x-api-key': account.apiKey };
}

/**
 * There is no access token to send a request with: nothing has left for Akool. Thrown by the credential and wrapped by n8n, so its fields are
 * what it is known by.
 */
export class NoAccessToken extends Error {
	/**
	 * @param noTokenBecause  what to tell the user, in whole sentences
	 * @param mayPass         whether the next try may fare better
	 * @param retryAfterMs    the pause that Akool asks for before that
	 */
	constructor(
		readonly noTokenBecause: string,
		readonly mayPass: boolean,
		readonly retryAfterMs?: number,
	) {
		super(noTokenBecause);
	}
}
