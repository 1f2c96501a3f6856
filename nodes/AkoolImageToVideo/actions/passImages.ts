// Lets only those orders through whose images can be animated, as far as that can be seen before anything is spent.

import { checkImages } from '../images/checkImages';
import { sayHint } from '../items/hints';
import type { ItemResult } from '../items/itemResult';
import { nothingCharged } from '../messages/define';
import { itemsOf, type SpendRequest } from '../orders/orderRequest';
import type { Run } from '../orders/run';

/** Looks at the images of orders that are about to be sent, and says what is doubtful. */
export async function passImages(
	run: Run,
	orders: readonly SpendRequest[],
): Promise<{ passed: SpendRequest[]; refused: ItemResult[] }> {
	const { passed, refused, hints } = await checkImages(run.context, orders);
	for (const hint of hints) sayHint(run, hint);
	return {
		passed,
		refused: refused.flatMap(({ order, message }) =>
			itemsOf(order).map((itemIndex): ItemResult => ({ kind: 'error', itemIndex, message: nothingCharged(message) })),
		),
	};
}
