// The end of a run that was parked: its own items come in again. Rule that must not regress: whatever keeps it from going on, each item leaves with the ID of
// its video and the key of its order, since the video is paid for. A run that ends in an error leaves the node as it was before it was parked: what n8n
// begins again, by Retry On Fail or as a retried execution, reads the parameters from the input items, and the ledger tells what was ordered for each.

import type { INodeExecutionData } from 'n8n-workflow';

import { numberOf } from '../akool/json';
import { knownById } from '../akool/video';
import { clock } from '../clock';
import type { ItemResult } from '../items/itemResult';
import { deliver } from '../items/toItems';
import type { UserMessage } from '../messages/userMessage';
import { ownInputOf } from '../n8n/ownInput';
import { keepItemsWhileParked } from '../n8n/parkedItems';
import type { Run } from '../orders/run';
import { finishVideos, type OwnedVideo } from './finishVideos';
import { forgetParked, type ParkedState } from './parkedState';
import type { WaitPlan } from './waitPlan';

interface ParkedVideos {
	videos: OwnedVideo[];
	/** Items that were ready when the execution was parked. */
	settled: ItemResult[];
}

function parkedVideos(run: Run, { items }: ParkedState): ParkedVideos {
	// All of them: of the node's input, n8n gives the first item alone where the node is set to Execute Once.
	const parkedItems = run.context.getExecuteData().data.main?.[0] ?? [];
	const videos: OwnedVideo[] = [];
	const settled: ItemResult[] = [];
	items.forEach(({ itemIndex, awaited }, position) => {
		const item = parkedItems[position];
		if (awaited !== undefined) {
			const { videoId, orderKey, delivery } = awaited;
			const video = { ...knownById(videoId), status: numberOf(item?.json, 'status') };
			videos.push({ itemIndex, video, orderKey, delivery });
		} else if (item !== undefined) settled.push({ kind: 'settled', itemIndex, item });
	});
	return { videos, settled };
}

/** Goes on waiting for what is left of the time, and gives the items. @throws as `deliver` does */
export async function finishParkedVideos(run: Run, state: ParkedState): Promise<INodeExecutionData[]> {
	const { videos, settled } = parkedVideos(run, state);
	const plan: WaitPlan = {
		timeoutMs: Math.max(0, state.endMs - clock.now()),
		intervalSeconds: state.intervalSeconds,
		parkAfterMs: undefined,
		callbackUrl: undefined,
		hints: state.hints,
		parkedHint: undefined,
		polledBecause: undefined,
	};
	return await finishVideos(run, videos, settled, { plan, concurrency: state.concurrency, justCreated: false });
}

/** The items of a parked run that cannot go on at all. @throws as `deliver` does */
export function endParkedVideos(run: Run, state: ParkedState, message: UserMessage): INodeExecutionData[] {
	const { videos, settled } = parkedVideos(run, state);
	const unfinished = videos.map((owned): ItemResult => ({ kind: 'error', message, ...owned }));
	return deliver(run, [...unfinished, ...settled]);
}

/**
 * To be called before a parked run ends in an error: gives the node its own input back. With Continue On Fail nothing is given back, since the items that
 * the node was parked with are then what n8n hands on.
 */
export function giveInputBack({ context, continueOnFail }: Run, { items }: ParkedState): void {
	const input = ownInputOf(context);
	if (continueOnFail || input === undefined) return;
	const hasAll = items.every(({ itemIndex }) => itemIndex < input.length);
	if (hasAll && keepItemsWhileParked(context, input)) forgetParked(context);
}
