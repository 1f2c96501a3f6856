// The end of a run that was parked: its own items come in again, and it goes on as if it had never left. Files are brought home, messages are
// told and items are paired here, in the execution, and not while Akool waits for an answer to its call.

import type { INodeExecutionData } from 'n8n-workflow';

import { clock } from '../clock';
import { finishVideos, type OwnedVideo } from './finishVideos';
import { sayHint } from '../items/hints';
import type { ItemResult } from '../items/itemResult';
import { awaitedVideo, parkedItems, type ParkedRun } from './parkedState';
import type { Run } from '../orders/run';

/** Takes up a parked run: looks at its videos once more and delivers. @throws NodeApiError | NodeOperationError as `deliver` does */
export async function finishParkedRun(run: Run, parked: ParkedRun): Promise<INodeExecutionData[]> {
	const awaited: OwnedVideo[] = [];
	const settled: ItemResult[] = [];
	// All of them: of the node's input, n8n gives the first item alone where the node is set to Execute Once.
	parkedItems(run.context.getExecuteData().data.main?.[0]).forEach((item, position) => {
		const itemIndex = parked.itemIndexes[position] ?? position;
		const video = awaitedVideo(item);
		if (video === undefined) settled.push({ kind: 'settled', itemIndex, item });
		else awaited.push({ itemIndex, video });
	});
	const { endMs, intervalSeconds, sleptHint, ...wishes } = parked;
	if (sleptHint !== undefined) sayHint(run, sleptHint);
	const timeoutMs = Math.max(0, endMs - clock.now());
	const plan = {
		timeoutMs,
		intervalSeconds,
		parkAfterMs: undefined,
		callbackUrl: undefined,
		sleptHint: undefined,
		awakeBecause: undefined,
	};
	return await finishVideos(run, awaited, settled, { ...wishes, plan, justCreated: false });
}
