// The collection Options, and fields in it that older workflows hold at the top level.

import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { DEFAULT_CONCURRENCY, MAX_CONCURRENCY } from '../../transport/pool';
import type { Run } from '../../orders/run';
import { optionsOf, valuesOfRun } from '../parameters';

export const concurrencyOption: INodeProperties = {
	displayName: 'Parallel Videos',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY },
	default: DEFAULT_CONCURRENCY,
	description: 'Number of videos to create or download at the same time',
};

/** Reads Parallel Videos. */
export function readConcurrency(run: Run): number {
	return valuesOfRun(run, optionsOf).number(concurrencyOption, { isWhole: true }) ?? DEFAULT_CONCURRENCY;
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

/**
 * The same field at the top level, for one that the editor shows among the options, to keep the form short. What stands in Options counts before what
 * stands here.
 */
export function atTopLevel({ displayName, name, default: byDefault }: INodeProperties): INodeProperties {
	return { displayName, name, type: 'hidden', default: byDefault };
}

/** To hide what only means something while waiting. */
export const WITHOUT_WAITING = { '/waitForCompletion': [false] };
