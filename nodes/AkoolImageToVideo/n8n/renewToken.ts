// Tells n8n that a token has expired. n8n calls `preAuthentication` again and sends the request once more where it meets an error with
// `response.status` 401. Akool says 1101 with HTTP 200, so the credential throws such an error before the request leaves, where it finds our mark.
// Since: before n8n 2.8, the oldest that this package runs on. Source:
// https://github.com/n8n-io/n8n/blob/master/packages/core/src/execution-engine/node-execution-context/utils/request-helpers/authentication.ts
// Without it: the call is reported as refused (code 1101), the log says that n8n did not renew the token, and nothing is sent. Saving the credential anew helps.

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

/** The header that marks a request whose token has to be renewed first. It is never sent to Akool. */
const RENEWAL_MARK = 'x-akool-renew';

/** n8n wraps what the credential threw. */
const LONGEST_CAUSE_CHAIN = 6;

/** n8n treats it like an answer of HTTP 401. */
class TokenRenewal extends Error {
	readonly response = { status: 401 };
}

/** The headers of a request that renews the token first. */
export function renewalHeaders(): IDataObject {
	return { [RENEWAL_MARK]: 'true' };
}

/** Removes the mark from a request, since n8n sends the same request again after the renewal. Returns whether it was there. */
export function takeRenewalMark(request: IHttpRequestOptions): boolean {
	const { [RENEWAL_MARK]: mark, ...headers } = request.headers ?? {};
	if (mark === undefined) return false;
	request.headers = headers;
	return true;
}

/** The error that makes n8n renew a token. */
export function tokenRenewal(): Error {
	return new TokenRenewal('The access token has run out');
}

/** Whether a call ended in that error, so that n8n did not renew the token and nothing was sent. */
export function wasNotRenewed(error: unknown): boolean {
	let current = error;
	for (let depth = 0; depth < LONGEST_CAUSE_CHAIN && current instanceof Error; depth++) {
		if (current instanceof TokenRenewal) return true;
		current = current.cause;
	}
	return false;
}
