// The notice for using the node as a tool of an AI agent: what to set. Shown only there, in two lines.

import type { INodeProperties } from 'n8n-workflow';

/** The notice of an operation whose fields with these labels are for the model to fill in. @param more a further sentence */
export function toolNotice(labels: string, more: string = ''): INodeProperties {
	return {
		displayName: `Let the model define ${labels}, and set 'On Error' to Continue under Settings. ${more}`.trim(),
		name: 'toolNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { '@tool': [true] } },
	};
}

export const LIMIT_OF_A_TOOL = "Add 'Limit: Maximum Videos' to limit what a chat may cost.";
