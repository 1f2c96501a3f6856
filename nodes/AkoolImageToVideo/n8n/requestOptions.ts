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

/** The allowed agent options: trusted and own certificates. All others (a host, a socket, a DNS lookup) could lead to another server. */
const TLS_OPTIONS = ['ca', 'cert', 'key', 'passphrase', 'pfx', 'rejectUnauthorized', 'secureOptions', 'ciphers'];

/** Headers for authentication and host, which only this package sets on a request with the key. */
const OWN_HEADERS = ['authorization', 'x-api-key', 'host'];

/** Options with another address or authentication, besides `url` and the headers. */
const OTHER_WAYS = ['uri', 'baseURL', 'auth'];

function addressIn(request: unknown, name: string): string | undefined {
	const value = fieldOf(request, name);
	return value instanceof URL ? value.href : textOf(request, name);
}

/** The address of a request, and the base URL if the request has one. */
export function addressOf(request: unknown): { address: string; base: string | undefined } {
	const base = addressIn(request, 'baseURL');
	return {
		address: addressIn(request, 'url') ?? addressIn(request, 'uri') ?? '',
		base: base === undefined || base.trim() === '' ? undefined : base,
	};
}

/** Whether a request uses a proxy or a connection of its own instead of going straight to its host. */
export function hasOwnConnection(request: unknown): boolean {
	const proxy = fieldOf(request, 'proxy');
	const agentOptions = fieldOf(request, 'agentOptions');
	const names = isRecord(agentOptions) ? Object.keys(agentOptions) : [];
	return (proxy !== undefined && proxy !== null && proxy !== '') || names.some((name) => !TLS_OPTIONS.includes(name));
}

/** A copy of the request to exactly this address with our headers. A copy, so that n8n never shows them with the request. */
export function boundTo(request: IHttpRequestOptions, target: URL, own: Record<string, string>): IHttpRequestOptions {
	const headers: IDataObject = Object.fromEntries(
		Object.entries(request.headers ?? {}).filter(([name]) => !OWN_HEADERS.includes(name.toLowerCase())),
	);
	const bound = { ...request, ...NO_REDIRECTS, url: target.href, headers: { ...headers, ...own } };
	for (const name of OTHER_WAYS) Reflect.deleteProperty(bound, name);
	return bound;
}
