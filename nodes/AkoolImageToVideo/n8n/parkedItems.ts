// The items that n8n keeps with a parked execution. Three things that n8n does with them without documenting it:
// 1. For a parked node, n8n keeps the entry of its stack. The entry's `data` is the node's output if the wait times out, and the input of the node's
//    webhook and its next run. What `execute()` returned is lost. So the items are put there before parking.
// 2. If the wait times out, n8n pairs those items with the input by position alone. So the first output item of each input item comes first, and further
//    ones, as of a batch, come last: they are then paired with nothing rather than with another item.
// 3. A node whose first item has a field `error` counts as failed: with Retry On Fail it is run again at once, parked or not.
// The engine splits the returned list if the node has an error output, so the entry gets a list of its own.
// Since: before n8n 2.8, the oldest that this package runs on. Source:
// https://github.com/n8n-io/n8n/blob/master/packages/core/src/execution-engine/workflow-execute.ts
// Without it: nothing is parked, since the IDs of paid videos would be lost at the time-out; the node keeps polling and the log says why.

import { difference, uniqBy } from 'lodash';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** Items in the order that n8n needs to pair them correctly if the wait times out. */
export function inPairingOrder<Item extends { itemIndex: number }>(items: readonly Item[]): Item[] {
	const firsts = uniqBy(items, ({ itemIndex }) => itemIndex);
	return [...firsts, ...difference(items, firsts)];
}

/** Makes n8n keep these items with the execution that is about to be parked. Returns false where this n8n does not expose its entry. */
export function keepItemsWhileParked(context: IExecuteFunctions, items: readonly INodeExecutionData[]): boolean {
	const entry: unknown = context.getExecuteData();
	if (typeof entry !== 'object' || entry === null || !('data' in entry)) return false;
	entry.data = { main: [[...items]] };
	return true;
}

/** Whether n8n would run the node again at once instead of leaving it parked with these items. */
export function wouldRunAgain(context: IExecuteFunctions, items: readonly INodeExecutionData[]): boolean {
	const error = items[0]?.json.error;
	return context.getNode().retryOnFail === true && error !== undefined && error !== null && error !== false;
}
