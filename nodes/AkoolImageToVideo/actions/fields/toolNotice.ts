// What someone has to set who gives the node to an AI agent as a tool. Shown to them alone.

import type { INodeProperties } from 'n8n-workflow';

/** The notice of an operation whose fields with these labels are for the model to fill in. @param more a further sentence */
export function toolNotice(labels: string, more: string = ''): INodeProperties {
	return {
		displayName:
			`For an agent: let the model fill in ${labels} with the button beside each field. Under Settings, set On Error to Continue, so that the agent is told what went wrong and can try again. ${more}`.trim(),
		name: 'toolNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { '@tool': [true] } },
	};
}

export const BUDGET_OF_A_TOOL = 'Maximum Videos under Options limits what one question may cost.';
