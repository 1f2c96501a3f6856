// The price kind of each order, for Maximum Credits. The price of an audio update depends on the length of its source video, which is looked up once
// for all of them; if that fails, each source is a kind of its own, so that no price is used for another video.

import { uniq } from 'lodash';

import { numberOf, textOf } from '../akool/json';
import { causeOf } from '../messages/causes';
import { orderMessages } from '../messages/orders';
import { withoutSecrets } from '../messages/redact';
import { readResults } from '../transport/results';
import { priceKindOf } from './orderKey';
import type { PricedOrder } from './placeOrder';
import type { PendingOrder } from './findExisting';
import type { Run } from './run';

const sourceOf = ({ request }: PendingOrder): string[] => {
	const id = textOf(request.body, 'pre_video_id');
	return id === undefined ? [] : [id];
};

/** The lengths of videos in whole seconds, since lengths of one kind differ by hundredths. Never throws. */
async function lengthsOf(run: Run, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
	if (ids.length === 0) return new Map();
	try {
		const { videos } = await readResults(run.context, ids, 1);
		const lengths = [...videos].flatMap(([id, { raw }]) => {
			const seconds = numberOf(raw, 'video_duration');
			return seconds === undefined ? [] : [[id, Math.round(seconds)] as const];
		});
		return new Map(lengths);
	} catch (error) {
		run.context.logger.warn(orderMessages.lengthsNotRead(withoutSecrets(causeOf(error), run.account)));
		return new Map();
	}
}

/** Adds the price kind to orders. Never throws. @param maxCredits without a limit, nothing is looked up */
export async function withPriceKinds(
	run: Run,
	orders: readonly PendingOrder[],
	maxCredits: number | undefined,
): Promise<PricedOrder[]> {
	const lengths = await lengthsOf(run, maxCredits === undefined ? [] : uniq(orders.flatMap(sourceOf)));
	return orders.map((order) => {
		const [source = ''] = sourceOf(order);
		return { ...order, priceKind: priceKindOf(order.request, String(lengths.get(source) ?? source)) };
	});
}
