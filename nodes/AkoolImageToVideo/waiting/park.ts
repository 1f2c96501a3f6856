// Parks the execution until Akool calls back. Before that, the items are put where n8n keeps them with the parked execution: they are the output
// if the wait times out, and the input of the run that a callback resumes. Rule that must not regress: everything that is needed to continue is stored with
// the execution before it is parked; nothing of it is only in memory.

import { sortBy } from 'lodash';
import type { INodeExecutionData } from 'n8n-workflow';

import { clock } from '../clock';
import type { ItemResult } from '../items/itemResult';
import { toItems } from '../items/toItems';
import { waitingMessages } from '../messages/waiting';
import { inPairingOrder, keepItemsWhileParked, wouldRunAgain } from '../n8n/parkedItems';
import { holdsSecret, resumeUrl } from '../n8n/resumeUrl';
import { runIndexOf } from '../n8n/runIndex';
import type { Run } from '../orders/run';
import { keepParked, type ParkedItem } from './parkedState';
import { pollParkedOnce } from './pollParkedOnce';
import type { WaitPlan } from './waitPlan';

interface Placed {
	itemIndex: number;
	result: ItemResult;
}

/** Results in the order that n8n needs to pair them correctly if the wait times out. */
function placed(results: readonly ItemResult[]): Placed[] {
	const inOrder = sortBy(results, ({ itemIndex }) => itemIndex ?? 0);
	return inPairingOrder(inOrder.map((result) => ({ itemIndex: result.itemIndex ?? 0, result })));
}

function parkedItem({ itemIndex, result }: Placed): ParkedItem {
	if (result.kind !== 'video' || !result.timedOut) return { itemIndex };
	const { video, orderKey, delivery } = result;
	return { itemIndex, awaited: { videoId: video.id, orderKey, delivery } };
}

/**
 * Parks the run until `endMs` (milliseconds since 1970) and returns the items that n8n keeps: unfinished videos are marked `timed_out`, finished ones are
 * complete with their files. Returns undefined if this n8n would not keep them, so that the run has to continue without parking.
 */
export async function park(
	run: Run,
	results: readonly ItemResult[],
	plan: WaitPlan,
	concurrency: number,
	endMs: number,
): Promise<INodeExecutionData[] | undefined> {
	const { context } = run;
	const inPlace = placed(results);
	const items = toItems(
		run,
		inPlace.map(({ result }) => result),
	);
	const runIndex = runIndexOf(context);
	if (runIndex === undefined || wouldRunAgain(context, items)) return undefined;
	if (!keepItemsWhileParked(context, items)) {
		context.logger.warn(`${run.node.name}: ${waitingMessages.itemsNotKept()}`);
		return undefined;
	}
	const address = resumeUrl(context);
	keepParked(context, {
		runIndex,
		parkedAtMs: clock.now(),
		endMs,
		items: inPlace.map(parkedItem),
		isAddressSecret: holdsSecret(address),
		intervalSeconds: plan.intervalSeconds,
		concurrency,
		hints: [...run.hints, ...plan.hints, ...(plan.parkedHint === undefined ? [] : [plan.parkedHint])],
	});
	// The editor shows it on the parked node; it is not in any item.
	context.setMetadata({ resumeUrl: address });
	await context.putExecutionToWait(new Date(endMs));
	context.logger.debug(`${run.node.name}: ${waitingMessages.parking()}`);
	if (holdsSecret(address)) pollParkedOnce(context, address);
	return items;
}
