// The Akool account of a credential. Rule: exactly one authentication header is sent, since Akool ignores a valid x-api-key beside a stale Authorization.

import { DEFAULT_BASE_URL, withoutApiPath } from './endpoints';
import { textOf } from './json';
import { trimInvisible, withoutSlashes, withoutStray } from './text';

export interface AkoolAccount {
	authentication: 'apiKey' | 'accessToken';
	apiKey: string;
	/** Empty where the user gave none: then no callback can be read. */
	clientId: string;
	accessToken: string;
	/** Without a slash or the path of the API at the end. */
	baseUrl: string;
}

/** A pasted value without the invisible characters that pages and mails add. */
const pasted = (credential: unknown, name: string): string =>
	trimInvisible(withoutStray(textOf(credential, name) ?? ''));

/** Reads the decrypted credential `akoolApi`. Accepts anything; a missing or wrong field becomes empty or its default. */
export function readAccount(credential: unknown): AkoolAccount {
	return {
		authentication: textOf(credential, 'authentication') === 'accessToken' ? 'accessToken' : 'apiKey',
		apiKey: pasted(credential, 'apiKey'),
		clientId: pasted(credential, 'clientId'),
		accessToken: textOf(credential, 'accessToken') ?? '',
		baseUrl: withoutSlashes(withoutApiPath(pasted(credential, 'baseUrl')) || DEFAULT_BASE_URL),
	};
}

/** The one header that says who calls. Vendor page: "Authentication". */
export function authenticationHeader(account: AkoolAccount): Record<string, string> {
	return account.authentication === 'accessToken'
		? { Authorization: `Bearer ${account.accessToken}` }
		: { 'x-api-key': account.apiKey };
}

/**
 * There is no access token, so nothing was sent to Akool. The credential throws this and n8n wraps it, so it is recognized by its fields.
 */
export class NoAccessToken extends Error {
	/**
	 * @param noTokenBecause  what to tell the user, in whole sentences
	 * @param mayPass         whether the next try may succeed
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
