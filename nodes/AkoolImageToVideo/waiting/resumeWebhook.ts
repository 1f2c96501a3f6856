// The webhooks of a parked execution: n8n routes requests for the execution's address to the node that parked it. Akool posts to a path of ours
// below it (n8n/resumeUrl.ts says why); a person who opens the address sees the progress page. Nobody registers these webhooks. `responseData: ''` makes n8n
// send the node's own answer.

import type { IWebhookDescription } from 'n8n-workflow';

import { CALLBACK_PATH } from '../n8n/resumeUrl';

const resumeWebhook = { responseMode: 'onReceived', responseData: '', isFullPath: true, restartWebhook: true };

export const resumeWebhooks: IWebhookDescription[] = [
	{ ...resumeWebhook, name: 'default', httpMethod: 'POST', path: CALLBACK_PATH },
	{ ...resumeWebhook, name: 'setup', httpMethod: 'GET', path: '' },
];
