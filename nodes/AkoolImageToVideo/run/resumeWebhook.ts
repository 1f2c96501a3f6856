// The ways back into a parked execution: n8n routes a request for the execution's own address to the node that parked it. Akool posts there; a
// person who opens the address hears how far it is. Kept apart from the node's description, as it is no webhook that anybody registers.

import type { IWebhookDescription } from 'n8n-workflow';

const resumeWebhook = { responseMode: 'onReceived', responseData: '', path: '', isFullPath: true, restartWebhook: true };

export const resumeWebhooks: IWebhookDescription[] = [
	{ ...resumeWebhook, name: 'default', httpMethod: 'POST' },
	{ ...resumeWebhook, name: 'setup', httpMethod: 'GET' },
];

/** Shown on the parked node; n8n fills in the execution's address. */
export const WAITING_TOOLTIP =
	'=Waiting for Akool to finish the videos. The execution goes on when Akool calls back, or when the wait times out. <a href="{{ $execution.resumeUrl }}" target="_blank">Ask Akool how far it is</a>';
