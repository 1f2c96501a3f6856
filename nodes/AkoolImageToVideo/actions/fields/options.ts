// The collection Options, and the one option that every operation with calls for several items has.

import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { DEFAULT_CONCURRENCY, MAX_CONCURRENCY } from '../../transport/pool';
import type { Run } from '../../orders/run';
import { optionsOf } from '../parameters';

export const concurrencyOption: INodeProperties = {
	displayName: 'Parallel Videos',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY },
	default: DEFAULT_CONCURRENCY,
	description: 'How many videos to create or download at the same time',
};

/** Reads Concurrency. */
export function readConcurrency(run: Run): number {
	return optionsOf(run, 0).number(concurrencyOption, { isWhole: true }) ?? DEFAULT_CONCURRENCY;
}

/** The collection Options with the given entries in the order that n8n asks for. */
export function optionsField(options: INodeProperties[]): INodeProperties {
	const sorted: Array<INodePropertyOptions | INodeProperties | INodePropertyCollection> = [...options].sort((a, b) =>
		a.displayName.localeCompare(b.displayName),
	);
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: sorted,
	};
}
