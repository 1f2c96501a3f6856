// The kind of each order, for Maximum Credits: what decides its price. An audio update's price goes with the length of its source, which is looked up once
// for all of them; without it, each source is a kind of its own, so that no price is taken for another's.

import uniq from 'lodash/uniq';

import { numberOf, textOf } from '../akool/json';
import { causeOf } from '../messages/causes';
import { orderMessages } from '../messages/orders';
import { withoutSecrets } from '../messages/redact';
import { readResults } from '../transport/results';
import { priceKindOf } from './orderKey';
import type { PricedOrder } from './placeOrder';
import type { PendingOrder } from './takeUp';
import type { Run } from './run';

const sourceOf = ({ request }: PendingOrder): string[] => {
	const id = textOf(request.body, 'pre_video_id');
	return id === undefined ? [] : [id];
};

/** The lengths of videos in whole seconds: those of one kind differ by hundredths. */
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

/** @param maxCredits without a limit nobody asks for the price, and nothing is looked up */
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
