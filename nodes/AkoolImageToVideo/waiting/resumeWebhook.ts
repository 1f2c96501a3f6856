// The ways back into a parked execution: n8n routes a request for the execution's own address to the node that parked it. Akool posts there; a
// person who opens the address hears how far it is. Kept apart from the node's description, as it is no webhook that anybody registers.
//
// Akool repeats its calls, also when the node has long ended, and all nodes that an execution waits at share the execution's address. So Akool
// posts to a path below it: at the bare address, a late call would wake a Wait node behind this one, as if it had been meant for that.

import type { IWebhookDescription } from 'n8n-workflow';

import type { Run } from '../orders/run';

/** What Akool's address ends in, before the signature. */
export const CALLBACK_PATH = 'akool';

const resumeWebhook = { responseMode: 'onReceived', responseData: '', isFullPath: true, restartWebhook: true };

export const resumeWebhooks: IWebhookDescription[] = [
	{ ...resumeWebhook, name: 'default', httpMethod: 'POST', path: CALLBACK_PATH },
	{ ...resumeWebhook, name: 'setup', httpMethod: 'GET', path: '' },
];

/** The execution's own address. */
export function resumeUrlOf(run: Run): string {
	return String(run.context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
}

/** The address for Akool; what n8n gives that is no address stays as it is. */
export function callbackUrlOf(run: Run): string {
	const resumeUrl = resumeUrlOf(run);
	if (!URL.canParse(resumeUrl)) return resumeUrl;
	const url = new URL(resumeUrl);
	url.pathname += `/${CALLBACK_PATH}`;
	return url.href;
}
