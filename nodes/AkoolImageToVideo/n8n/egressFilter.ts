// n8n's own protection against requests into its network. `getSecureEgressFilter` judges an address with a DNS lookup, which nothing in this
// package can do: asked as `enforced`, it judges also where the administrator has not switched N8N_SSRF_PROTECTION_ENABLED on, and it keeps to what
// N8N_SSRF_ALLOWED_HOSTNAMES and N8N_SSRF_ALLOWED_IP_RANGES allow.
// Since: n8n 2.12 has the protection; seen with `enforced` on 2.41. Sources:
// https://github.com/n8n-io/n8n/blob/master/packages/core/src/execution-engine/node-execution-context/utils/request-helpers/factory.ts
// https://github.com/n8n-io/n8n/blob/master/packages/@n8n/backend-network/src/http/outbound-http.ts
// Without it: an address is judged by what it says alone, a public name that leads into the network is not noticed, and the log says so.

import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { fieldOf } from '../akool/json';

/** How n8n calls what it has blocked; other errors of its judgment (a name that cannot be looked up) say nothing about the address. */
const BLOCKED = ['SsrfBlockedIpError', 'SsrfBlockedHostnameError'];

/** Where n8n has its request helpers. */
export type WithHelpers = Pick<IExecuteFunctions | IWebhookFunctions, 'helpers'>;

/** Says whether an error is n8n's refusal to send a request into its network. */
export function isBlockedByN8n(error: unknown): boolean {
	return error instanceof Error && BLOCKED.includes(error.name);
}

/** What n8n says of an address; undefined where this n8n cannot tell. A name that cannot be looked up is left to the request, which will tell. */
export async function judgedByN8n(
	{ helpers }: WithHelpers,
	address: string,
): Promise<'allowed' | 'blocked' | undefined> {
	if (typeof fieldOf(helpers, 'getSecureEgressFilter') !== 'function') return undefined;
	try {
		const judgment: unknown = await helpers.getSecureEgressFilter('enforced').validateUrl(address);
		return isBlockedByN8n(fieldOf(judgment, 'error')) ? 'blocked' : 'allowed';
	} catch (error) {
		return isBlockedByN8n(error) ? 'blocked' : 'allowed';
	}
}
