// What an operation is to the node: the fields that it shows and the code that runs over all items of a run at once.

import type { IDisplayOptions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import type { Run } from '../orders/run';

export interface Operation {
	fields: INodeProperties[];
	execute(run: Run): Promise<INodeExecutionData[]>;
}

/** Shows fields for one operation only, on top of what each field asks for itself. */
export function fieldsOf(resource: string, operation: string, fields: INodeProperties[]): INodeProperties[] {
	const displayOptions: IDisplayOptions = { show: { resource: [resource], operation: [operation] } };
	return updateDisplayOptions(displayOptions, fields);
}
