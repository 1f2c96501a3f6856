// An operation: its fields, and the code that runs over all items of a run at once.

import type { IDisplayOptions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import type { Run } from '../orders/run';

export interface Operation {
	fields: INodeProperties[];
	execute(run: Run): Promise<INodeExecutionData[]>;
}

/** Shows fields only for one operation, in addition to each field's own display conditions. */
export function fieldsOf(resource: string, operation: string, fields: INodeProperties[]): INodeProperties[] {
	const displayOptions: IDisplayOptions = { show: { resource: [resource], operation: [operation] } };
	return updateDisplayOptions(displayOptions, fields);
}
