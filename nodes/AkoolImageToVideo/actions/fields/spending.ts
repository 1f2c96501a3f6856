// The common part of every operation that costs credits: limits, waiting, downloading, and running it.

import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { BudgetLimits } from '../../orders/budget';
import { produceVideos, type ProduceOptions } from '../produceVideos';
import type { Delivery } from '../../items/delivery';
import { nothingCharged } from '../../messages/userMessage';
import type { Run } from '../../orders/run';
import type { OrderRequest } from '../../orders/orderRequest';
import { optionsOf, readPerItem, UnusableValue, valuesOfRun } from '../parameters';
import { readDelivery } from './delivery';
import { atTopLevel, concurrencyOption, optionsField } from './options';
import {
	downloadAfterWaiting,
	fileOptionsWithDownload,
	linkNoticeAfterWaiting,
	outputAtTopLevel,
	outputBinaryField,
	outputFields,
} from './output';
import { readHandling, waitByDefault, waitOptions } from './waiting';

const maxCredits: INodeProperties = {
	displayName: 'Limit: Maximum Credits',
	name: 'maxCredits',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 100,
	description:
		'Stop creating videos when the next one would exceed this. The first of each kind is always created, since its price is not known beforehand.',
};

const maxVideos: INodeProperties = {
	displayName: 'Limit: Maximum Videos',
	name: 'maxVideos',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 10,
	description: 'Create no videos at all if this execution would create more than this',
};

const minBalance: INodeProperties = {
	displayName: 'Limit: Minimum Balance',
	name: 'minBalance',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 100,
	description: 'Create no videos if the Akool account has fewer credits than this. The balance is read first.',
};

/** The options that limit what a run may cost. */
const limitOptions: INodeProperties[] = [maxCredits, maxVideos, minBalance];

/** All fields of an operation that spends: its own before what all of them have, its own options among the common ones. */
export function spendingFields(own: INodeProperties[], ownOptions: INodeProperties[]): INodeProperties[] {
	return [
		...own,
		waitByDefault,
		downloadAfterWaiting,
		linkNoticeAfterWaiting,
		atTopLevel(outputBinaryField),
		...outputAtTopLevel,
		optionsField([
			...waitOptions,
			...limitOptions,
			concurrencyOption,
			...fileOptionsWithDownload,
			...outputFields,
			...ownOptions,
		]),
	];
}

/** Reads the limits, which hold for the whole run, from its first item. */
function readLimits(run: Run): BudgetLimits {
	const options = valuesOfRun(run, optionsOf);
	return {
		maxCredits: options.limit(maxCredits),
		maxVideos: options.limit(maxVideos),
		minBalance: options.limit(minBalance),
	};
}

/** The settings of the whole run. @throws UnusableValue for an unusable value, before anything is ordered */
function readForRun(run: Run): Omit<ProduceOptions, 'deliveries'> {
	try {
		return { limits: readLimits(run), ...readHandling(run) };
	} catch (error) {
		throw error instanceof UnusableValue ? new UnusableValue(nothingCharged(error.userMessage)) : error;
	}
}

/**
 * Reads the requests of each item and creates the videos of the run.
 *
 * @throws NodeApiError | NodeOperationError as `deliver` does
 */
export async function spend(
	run: Run,
	readRequests: (itemIndex: number) => OrderRequest[] | Promise<OrderRequest[]>,
): Promise<INodeExecutionData[]> {
	const forRun = readForRun(run);
	const deliveries = new Map<number, Delivery>();
	const { values, messages } = await readPerItem(run, async (itemIndex) => {
		deliveries.set(itemIndex, readDelivery(run, itemIndex, forRun.wait === undefined ? 'never' : 'ifWanted'));
		return await readRequests(itemIndex);
	});
	const refused = messages.map((result) => ({ ...result, message: nothingCharged(result.message) }));
	return await produceVideos(run, values.flat(), refused, { ...forRun, deliveries });
}
