// Passes only orders whose images can be animated, as far as that can be checked before anything is spent.

import { checkImages } from '../images/checkImages';
import { addHint } from '../items/hints';
import type { ItemResult } from '../items/itemResult';
import { nothingCharged } from '../messages/userMessage';
import type { Run } from '../orders/run';
import type { PendingOrder } from '../orders/findExisting';

/** Checks the images of orders that are about to be sent, and shows hints about questionable ones. */
export async function checkOrderImages(
	run: Run,
	orders: readonly PendingOrder[],
): Promise<{ passed: PendingOrder[]; refused: ItemResult[] }> {
	const { passed, refused, hints } = await checkImages(
		run.context,
		orders.map((pending) => ({ ...pending.request, pending })),
	);
	for (const hint of hints) addHint(run, hint);
	return {
		passed: passed.map(({ pending }) => pending),
		refused: refused.map(({ order: { itemIndex }, message }) => ({
			kind: 'error',
			itemIndex,
			message: nothingCharged(message),
		})),
	};
}
