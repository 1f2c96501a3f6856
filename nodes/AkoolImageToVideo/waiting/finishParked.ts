// The end of a run that was parked: its own items come in again. Rule that must not regress: even if it cannot continue, each item is returned with the ID of
// its video and the key of its order, since the video is paid for. A run that ends in an error restores the node's own input, so that Retry On Fail or a retried
// execution reads the parameters from the input items again, and the ledger says what was ordered for each.

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
	/** Items that were finished when the execution was parked. */
	settled: ItemResult[];
}

function parkedVideos(run: Run, { items }: ParkedState): ParkedVideos {
	// Read here, since getInputData gives only the first item if the node is set to Execute Once.
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

/** Waits for the rest of the time and returns the items. @throws as `deliver` does */
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

/** The items of a parked run that cannot continue. @throws as `deliver` does */
export function endParkedVideos(run: Run, state: ParkedState, message: UserMessage): INodeExecutionData[] {
	const { videos, settled } = parkedVideos(run, state);
	const unfinished = videos.map((owned): ItemResult => ({ kind: 'error', message, ...owned }));
	return deliver(run, [...unfinished, ...settled]);
}

/**
 * Restores the node's own input; to be called before a parked run ends in an error. Not with Continue On Fail, since n8n then passes on the items that the
 * node was parked with.
 */
export function giveInputBack({ context, continueOnFail }: Run, { items }: ParkedState): void {
	const input = ownInputOf(context);
	if (continueOnFail || input === undefined) return;
	const hasAll = items.every(({ itemIndex }) => itemIndex < input.length);
	if (hasAll && keepItemsWhileParked(context, input)) forgetParked(context);
}
