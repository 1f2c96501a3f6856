// n8n's own protection against requests into its network. `getSecureEgressFilter` judges an address with a DNS lookup, which nothing in this
// package can do: asked as `enforced`, it judges also where the administrator has not switched N8N_SSRF_PROTECTION_ENABLED on, and it keeps to what
// N8N_SSRF_ALLOWED_HOSTNAMES and N8N_SSRF_ALLOWED_IP_RANGES allow.
// Since: n8n 2.12 has the protection; seen with `enforced` on 2.41. Sources:
// https://github.com/n8n-io/n8n/blob/master/packages/core/src/execution-engine/node-execution-context/utils/request-helpers/factory.ts
// https://github.com/n8n-io/n8n/blob/master/packages/@n8n/backend-network/src/http/outbound-http.ts
// Without it: an address is judged by what it says alone, a public name that leads into the network is not noticed, and the log says so.

import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { fieldOf } from '../akool/json';

/** The names of n8n's errors for a blocked address; other errors, such as a failed DNS lookup, say nothing about it. */
const BLOCKED = ['SsrfBlockedIpError', 'SsrfBlockedHostnameError'];

/** Where n8n has its request helpers. */
export type WithHelpers = Pick<IExecuteFunctions | IWebhookFunctions, 'helpers'>;

/** Says whether an error is n8n's refusal to send a request into its network. */
export function isBlockedByN8n(error: unknown): boolean {
	return error instanceof Error && BLOCKED.includes(error.name);
}

/** n8n's judgment of an address; undefined if this n8n has no filter. A name that cannot be resolved counts as allowed, since the request will fail anyway. */
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
