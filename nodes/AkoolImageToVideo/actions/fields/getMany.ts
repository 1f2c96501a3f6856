// Return All and Limit, as n8n users know them.

import type { INodeProperties } from 'n8n-workflow';

import type { Run } from '../../orders/run';
import { parametersOf, valuesOfRun } from '../parameters';

const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
};

export const getManyFields: INodeProperties[] = [
	returnAll,
	{ ...limit, displayOptions: { show: { returnAll: [false] } } },
];

/** As much of a list as the user asked for. */
export function limited<T>(run: Run, list: readonly T[]): readonly T[] {
	const parameters = valuesOfRun(run, parametersOf);
	if (parameters.flag(returnAll)) return list;
	return list.slice(0, parameters.required(parameters.number(limit, { isWhole: true }), limit, 'Enter a number.'));
}
