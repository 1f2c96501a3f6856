// Parks the execution until Akool calls back. Before that, the items are put where n8n keeps them with the parked execution: they are what
// leaves the node when the time runs out, and what `resume` finds when a call comes. They hold every ID, so nothing depends on memory.

import type { INodeExecutionData } from 'n8n-workflow';

import { deliver } from './deliver';
import type { ItemResult } from './itemResult';
import { keepSettings, type ParkedSettings } from './parked';
import type { Run } from './run';

/**
 * Parks the run and gives the items that n8n keeps: unfinished videos are marked `timed_out`, finished ones are complete with their files.
 *
 * @throws NodeApiError | NodeOperationError as `deliver` does: a fault that ends the run is not parked over
 */
export async function park(run: Run, results: readonly ItemResult[], settings: ParkedSettings, endMs: number): Promise<INodeExecutionData[]> {
	const items = deliver(run, results, settings.output);
	keepSettings(run.context, settings);
	run.context.getExecuteData().data = { main: [items] };
	await run.context.putExecutionToWait(new Date(endMs));
	run.context.logger.debug(`${run.node.name}: parked until Akool calls back about its videos`);
	return items;
}
