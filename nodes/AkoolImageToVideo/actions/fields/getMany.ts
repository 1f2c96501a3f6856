// Return All and Limit, as n8n users know them.

import type { INodeProperties } from 'n8n-workflow';

import type { Run } from '../../orders/run';
import { booleanParameter, numberParameter } from '../parameters';

export const getManyFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

/** As much of a list as the user asked for. */
export function limited<T>(run: Run, list: readonly T[]): readonly T[] {
	return booleanParameter(run, 'returnAll', 0)
		? list
		: list.slice(0, Math.max(0, numberParameter(run, 'limit', 'Limit', 0)));
}
