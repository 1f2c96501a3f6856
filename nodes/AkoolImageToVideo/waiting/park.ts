// Parks the execution until Akool calls back. Before that, the items are put where n8n keeps them with the parked execution: they are what
// leaves the node when the time runs out, and what the run goes on with when a call comes. They hold every ID, so nothing depends on memory.

import difference from 'lodash/difference';
import uniqBy from 'lodash/uniqBy';
import type { INodeExecutionData } from 'n8n-workflow';

import { deliver } from '../items/toItems';
import type { ItemResult } from '../items/itemResult';
import { waitingMessages } from '../messages/waiting';
import { keepParked, type ParkedRun } from './parkedState';
import { resumeUrlOf } from './resumeWebhook';
import { runIndexOf, type Run } from '../orders/run';
import type { WaitPlan } from './waitPlan';

function inputOf({ pairedItem }: INodeExecutionData): number {
	return typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : 0;
}

/**
 * When the time of a parked run is up, n8n pairs its items with the input by their places alone. So the first item of each input comes first, and
 * what else there is, as of a batch, behind: it is then paired with nothing rather than with a stranger.
 */
function inTheirPlaces(items: readonly INodeExecutionData[]): INodeExecutionData[] {
	const firsts = uniqBy(items, inputOf);
	return [...firsts, ...difference(items, firsts)];
}

/**
 * Parks the run and gives the items that n8n keeps: unfinished videos are marked `timed_out`, finished ones are complete with their files.
 *
 * @throws NodeApiError | NodeOperationError as `deliver` does: a message that ends the run is not parked over
 */
export async function park(
	run: Run,
	results: readonly ItemResult[],
	plan: WaitPlan,
	{
		output,
		binaryField,
		onVideoFailure,
		concurrency,
		endMs,
	}: Pick<ParkedRun, 'output' | 'binaryField' | 'onVideoFailure' | 'concurrency' | 'endMs'>,
): Promise<INodeExecutionData[]> {
	const { context } = run;
	const { intervalSeconds, sleptHint } = plan;
	const items = inTheirPlaces(deliver(run, results, output));
	const itemIndexes = items.map(inputOf);
	keepParked(context, {
		runIndex: runIndexOf(context),
		itemIndexes,
		endMs,
		output,
		binaryField,
		onVideoFailure,
		concurrency,
		intervalSeconds,
		sleptHint,
	});
	// The editor shows it to whoever looks at the parked node; it is no part of any item.
	context.setMetadata({ resumeUrl: resumeUrlOf(run) });
	// A list of its own: the engine takes the returned one apart when the node has an error output.
	context.getExecuteData().data = { main: [[...items]] };
	await context.putExecutionToWait(new Date(endMs));
	context.logger.debug(`${run.node.name}: ${waitingMessages.parking()}`);
	return items;
}
