// The orders of a run, from the first to the last: placed within its limits, and those of unknown outcome reconciled once at the end. Rule that must not
// regress: without Continue On Fail, no further order is sent after the first that failed, nor while one is of unknown outcome.

import { inPool } from '../transport/pool';
import { createdResult, messageOnly, type OrderResult } from './orderResult';
import { OrderPlacement, type PlacingOptions, type PricedOrder } from './placeOrder';
import { reconcile } from './reconcile';
import type { Run } from './run';
import type { StopCondition } from './stopCondition';
import type { PendingOrder, UnknownOrder } from './findExisting';

export interface SubmitOptions extends PlacingOptions {
	concurrency: number;
}

/** How many videos would be added: the replacement of a failed one adds none, and equal audio updates count once. */
export function plannedVideos(orders: readonly PendingOrder[]): number {
	return linesOf(orders).reduce((sum, { pending }) => sum + pending.request.videoCount - pending.replaces.length, 0);
}

/** Groups items by order: equal audio for the same video is one order for all its items, and so is an order that two items name. */
function linesOf<Order extends PendingOrder>(orders: readonly Order[]): Array<{ pending: Order; items: number[] }> {
	const lines = new Map<string, { pending: Order; items: number[] }>();
	for (const pending of orders) {
		const key = pending.request.endpoint === 'updateAudio' ? pending.contentHash : pending.slot;
		const line = lines.get(key) ?? { pending, items: [] };
		line.items.push(pending.request.itemIndex);
		lines.set(key, line);
	}
	return [...lines.values()];
}

const forItems = (items: readonly number[], result: OrderResult): OrderResult[] =>
	items.map((itemIndex) => ({ ...result, itemIndex }));

/**
 * Places orders within the budget, at most `concurrency` at a time, and then reconciles those of unknown outcome. Without Continue On Fail, no
 * further one is sent after the first that failed; orders in flight are waited for, since they may be charged. A refused credential ends the
 * run for all. Returns the result of each item's orders. Never throws.
 *
 * @param unknownOrders orders of unknown outcome that were placed before
 */
export async function submitOrders(
	run: Run,
	orders: readonly PricedOrder[],
	unknownOrders: readonly UnknownOrder[],
	options: SubmitOptions,
): Promise<OrderResult[]> {
	const placing = new OrderPlacement(run, options);
	const results: OrderResult[] = [];
	let open = linesOf(orders);
	let unknown: UnknownOrder[] = [...unknownOrders];
	if (unknown.length > 0) placing.stop.noteUnknown();
	for (;;) {
		const endings = await inPool(open, options.concurrency, async (line) => ({
			line,
			ending: await placing.place(line.pending),
		}));
		const held: typeof endings = [];
		for (const { line, ending } of endings) {
			if (ending.kind === 'settled') results.push(...forItems(line.items, ending.result));
			else if (ending.kind === 'held') held.push({ line, ending });
			else unknown.push(...line.items.map((itemIndex) => ({ itemIndex, order: ending.order })));
		}
		results.push(...(await reconcileUnknown(run, unknown, placing.stop)));
		unknown = [];
		// Orders that were held back because of one of unknown outcome may be sent if that one was found.
		if (held.length === 0 || placing.stop.reason() !== undefined) {
			for (const { line, ending } of held) {
				if (ending.kind === 'held') results.push(...forItems(line.items, messageOnly(0, ending.because)));
			}
			return results;
		}
		open = held.map(({ line }) => line);
	}
}

async function reconcileUnknown(
	run: Run,
	unknownOrders: readonly UnknownOrder[],
	stop: StopCondition,
): Promise<OrderResult[]> {
	const orders = [...new Set(unknownOrders.map(({ order }) => order))];
	const messages = await reconcile(run, orders);
	for (const message of messages.values()) stop.note(message);
	stop.noteReconciled();
	return unknownOrders.map(({ itemIndex, order }) => {
		const message = messages.get(order);
		return message === undefined ? createdResult(itemIndex, order) : messageOnly(itemIndex, message, order.key);
	});
}
