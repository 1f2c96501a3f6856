// The address at which n8n resumes a parked execution, and the one that Akool gets for an order. Akool's differs in two ways. It has our own path
// below n8n's: at the bare address, a late callback would resume a later Wait node of the workflow. And it carries the order's key
// as a query parameter, which Akool returns with the video: the only proof that a video belongs to an order. If the execution will not
// park, the address is that of no execution: it holds no secret, and n8n answers it without reading the execution, which would take 0.1 s or more
// for a thousand items.
// Since: before n8n 2.8, the oldest that this package runs on; the `signature` in it since n8n 2.9. n8n routes one literal path below the address to
// the node's own webhook of that path, checks `signature` alone, and lets further query parameters pass. Source:
// https://github.com/n8n-io/n8n/blob/master/packages/cli/src/webhooks/waiting-webhooks.ts
// Without it: there is no address, nothing is parked, and no video is recognized as an order's.

import type { IExecuteFunctions } from 'n8n-workflow';
import { parseUrl } from '../akool/url';

/** What Akool's address ends in, before the query. */
export const CALLBACK_PATH = 'akool';

/** n8n's own name for the secret in the address. */
const SECRET_PARAMETER = 'signature';
const ORDER_PARAMETER = 'order';
/** n8n counts executions from 1. */
const NO_EXECUTION = '0';

/** The execution's own address. A secret: anyone who knows it can resume the execution. */
export function resumeUrl(context: IExecuteFunctions): string {
	return String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
}

/** Whether an address of a parked execution holds a secret that n8n checks: n8n 2.8 has none. */
export function holdsSecret(address: string): boolean {
	return parseUrl(address)?.searchParams.has(SECRET_PARAMETER) === true;
}

/** The callback address for Akool, made from the execution's own; a value that is not an address is returned unchanged. */
export function callbackUrl(executionsUrl: string, orderKey?: string): string {
	const url = parseUrl(executionsUrl);
	if (url === undefined) return executionsUrl;
	url.pathname += `/${CALLBACK_PATH}`;
	if (orderKey !== undefined) url.searchParams.set(ORDER_PARAMETER, orderKey);
	return url.href;
}

/** An address like the execution's own that resumes nothing, for orders without a callback. */
export function addressOfNoExecution(executionsUrl: string): string {
	const url = parseUrl(executionsUrl);
	if (url === undefined) return executionsUrl;
	url.pathname = url.pathname.replace(/[^/]*$/, NO_EXECUTION);
	url.search = '';
	return url.href;
}

/** The order key in a callback address; undefined where the address is not one of ours. */
export function orderKeyOf(address: string): string | undefined {
	const url = parseUrl(address);
	if (url === undefined || !url.pathname.endsWith(`/${CALLBACK_PATH}`)) return undefined;
	return url.searchParams.get(ORDER_PARAMETER) ?? undefined;
}
