// The ways back into a parked execution: n8n routes a request for the execution's own address to the node that parked it. Akool posts to a path of ours
// below it (n8n/resumeUrl.ts says why); a person who opens the address sees how far it is. Kept out of the node's description file, as it is no webhook that
// anybody registers. `responseData: ''` has n8n give the answer of the node itself.

import type { IWebhookDescription } from 'n8n-workflow';

import { CALLBACK_PATH } from '../n8n/resumeUrl';

const resumeWebhook = { responseMode: 'onReceived', responseData: '', isFullPath: true, restartWebhook: true };

export const resumeWebhooks: IWebhookDescription[] = [
	{ ...resumeWebhook, name: 'default', httpMethod: 'POST', path: CALLBACK_PATH },
	{ ...resumeWebhook, name: 'setup', httpMethod: 'GET', path: '' },
];
