// What n8n's request helpers read of a request. There are two: the legacy one of the HTTP Request node (`url` or `uri`, `followRedirect`,
// `followAllRedirects`) and `httpRequest` (`url`, `disableFollowRedirect`); both read `baseURL`, `maxRedirects`, `auth`, `proxy` and `agentOptions`.
// Since: before n8n 2.8, the oldest that this package runs on. Sources:
// https://github.com/n8n-io/n8n/blob/master/packages/@n8n/backend-network/src/http/axios/legacy.ts
// https://github.com/n8n-io/n8n/blob/master/packages/@n8n/backend-network/src/http/axios/request.ts
// Without it: an option that n8n renames is sent and ignored. The address is the one set here in any case, since both read `url` first.
// Rule that must not regress: a request that carries the key has one address, follows no redirect, and opens no connection of its own.

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { fieldOf, isRecord, textOf } from '../akool/json';

/** The options of both helpers that would lead a request on to another address. */
const NO_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
	maxRedirects: 0,
	sendCredentialsOnCrossOriginRedirect: false,
};

/** What an agent may be given: whom to trust, and who we are. All else (a host, a socket, a DNS lookup of its own) leads elsewhere. */
const TLS_OPTIONS = ['ca', 'cert', 'key', 'passphrase', 'pfx', 'rejectUnauthorized', 'secureOptions', 'ciphers'];

/** Headers that say who calls, or whom: a request with a key has them from us alone. */
const OWN_HEADERS = ['authorization', 'x-api-key', 'host'];

/** What names another address, or another caller, besides `url` and the headers. */
const OTHER_WAYS = ['uri', 'baseURL', 'auth'];

function addressIn(request: unknown, name: string): string | undefined {
	const value = fieldOf(request, name);
	return value instanceof URL ? value.href : textOf(request, name);
}

/** What a request names as its address and, where it does, as what that is below. */
export function addressOf(request: unknown): { address: string; base: string | undefined } {
	const base = addressIn(request, 'baseURL');
	return {
		address: addressIn(request, 'url') ?? addressIn(request, 'uri') ?? '',
		base: base === undefined || base.trim() === '' ? undefined : base,
	};
}

/** Says whether a request takes another way than straight to the host of its address. */
export function hasOwnConnection(request: unknown): boolean {
	const proxy = fieldOf(request, 'proxy');
	const agentOptions = fieldOf(request, 'agentOptions');
	const names = isRecord(agentOptions) ? Object.keys(agentOptions) : [];
	return (proxy !== undefined && proxy !== null && proxy !== '') || names.some((name) => !TLS_OPTIONS.includes(name));
}

/** The same request to exactly this address, with these headers of ours. A copy: what n8n shows of the request stays without them. */
export function boundTo(request: IHttpRequestOptions, target: URL, own: Record<string, string>): IHttpRequestOptions {
	const headers: IDataObject = Object.fromEntries(
		Object.entries(request.headers ?? {}).filter(([name]) => !OWN_HEADERS.includes(name.toLowerCase())),
	);
	const bound = { ...request, ...NO_REDIRECTS, url: target.href, headers: { ...headers, ...own } };
	for (const name of OTHER_WAYS) Reflect.deleteProperty(bound, name);
	return bound;
}
