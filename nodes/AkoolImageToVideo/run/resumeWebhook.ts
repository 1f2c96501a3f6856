// The way back into a parked execution: n8n routes a POST to the execution's own address to the node that parked it. Kept apart from the
// node's description, as it is no webhook that anybody registers.

import type { IWebhookDescription } from 'n8n-workflow';

export const resumeWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		responseData: '',
		path: '',
		isFullPath: true,
		restartWebhook: true,
	},
];
