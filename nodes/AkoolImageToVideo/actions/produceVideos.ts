// Runs an operation that costs credits, from the requests to the output items. Everything that can be refused is refused before the first credit is
// spent. "Can this item be paid for twice?" is answered in five files: orders/findExisting (what exists is not ordered again), orders/ledger (what was ordered),
// orders/placeOrder (what an answer makes of it), transport/outcome (what allows another order), and orders/reconcile (what is known without an answer).

import type { INodeExecutionData } from 'n8n-workflow';

import { withDeliveries, type Deliveries } from '../items/delivery';
import { addHint } from '../items/hints';
import type { ItemError, ItemResult } from '../items/itemResult';
import { deliver } from '../items/toItems';
import { nothingCharged, type UserMessage } from '../messages/userMessage';
import { orderMessages } from '../messages/orders';
import { outcomeMessages } from '../messages/outcome';
import type { BudgetLimits } from '../orders/budget';
import type { BalanceBefore } from '../orders/ledgerSchema';
import { checkBalance, tooManyVideos } from '../orders/limits';
import { withLock } from '../orders/nodeOrders';
import type { OrderRequest } from '../orders/orderRequest';
import type { OrderResult } from '../orders/orderResult';
import { withPriceKinds } from '../orders/priceKinds';
import type { Run } from '../orders/run';
import { plannedVideos, submitOrders } from '../orders/submitOrders';
import { findExisting, type PendingOrder, type FoundOrders } from '../orders/findExisting';
import { finishVideos, type VideoOfItem } from '../waiting/finishVideos';
import type { WaitSettings } from '../waiting/waitPlan';
import { checkOrderImages } from './checkOrderImages';
import { planFor, type Planned } from './planOrders';

export interface ProduceOptions {
	limits: BudgetLimits;
	wait: WaitSettings | undefined;
	concurrency: number;
	deliveries: Deliveries;
}

/** The same message for every item whose order was not placed. */
function refuseAll(orders: readonly PendingOrder[], message: UserMessage): ItemResult[] {
	return orders.map(({ request: { itemIndex } }) => ({ kind: 'error', itemIndex, message: nothingCharged(message) }));
}

interface Ordered {
	results: OrderResult[];
	/** Items whose order a limit or an image check refused. */
	refused: ItemResult[];
}

/** Places orders within the limits. Earlier orders are taken up whatever the limits say. */
async function order(
	run: Run,
	runKey: string,
	{ results, unknownOrders, pending }: FoundOrders,
	{ address, message }: Planned,
	{ limits, concurrency }: ProduceOptions,
): Promise<Ordered> {
	const place = async (
		orders: readonly PendingOrder[],
		refused: ItemResult[],
		before?: BalanceBefore,
	): Promise<Ordered> => {
		const { maxCredits } = limits;
		const options = { runKey, concurrency, maxCredits, before, address };
		const placed = await submitOrders(run, await withPriceKinds(run, orders, maxCredits), unknownOrders, options);
		return { results: [...results, ...placed], refused };
	};
	const planned = plannedVideos(pending);
	const forAll = message ?? tooManyVideos(run, planned, limits.maxVideos);
	if (forAll !== undefined) return await place([], refuseAll(pending, forAll));
	const { passed, refused } = await checkOrderImages(run, pending);
	if (passed.length === 0 || (refused.length > 0 && !run.continueOnFail)) return await place([], refused);
	const checked = await checkBalance(run, limits.minBalance);
	if (checked.kind === 'refused') return await place([], [...refused, ...refuseAll(passed, checked.message)]);
	return await place(passed, refused, checked.before);
}

interface Produced {
	owned: VideoOfItem[];
	/** Messages that end the run, unless Continue On Fail is on. */
	messages: ItemResult[];
	/** Messages that are always returned as items beside the videos. */
	shortfalls: ItemResult[];
}

function splitResults(results: readonly OrderResult[]): Produced {
	const messagesThat = (ends: boolean): ItemResult[] =>
		results.flatMap(({ itemIndex, messages }) =>
			messages
				.filter(({ endsRun }) => endsRun === ends)
				.map(({ message, orderKey }): ItemResult => ({
					kind: 'error',
					itemIndex,
					message,
					orderKey,
					...(!ends && { endsRun: false }),
				})),
		);
	return {
		owned: results.flatMap(({ itemIndex, videos }) =>
			videos.map(({ video, orderKey }) => ({ itemIndex, video, orderKey })),
		),
		messages: messagesThat(true),
		shortfalls: messagesThat(false),
	};
}

/** Why nothing may be ordered: earlier orders could not be recognized. */
function whyBlocked({ ledger, runKey }: Run): UserMessage | undefined {
	if (ledger.unreadable !== undefined) return orderMessages.ledgerUnreadable(ledger.unreadable);
	return runKey === undefined ? orderMessages.runUnknown() : undefined;
}

/** Shows a hint if several items share one order: the same video with the same audio. */
function hintShared(run: Run, results: readonly OrderResult[], requests: readonly OrderRequest[]): void {
	if (requests.every(({ endpoint }) => endpoint !== 'updateAudio')) return;
	const itemOf = new Map<string, number>();
	const isShared = results.some(({ itemIndex, videos }) =>
		videos.some(({ orderKey }) => {
			const first = itemOf.get(orderKey) ?? itemIndex;
			itemOf.set(orderKey, first);
			return first !== itemIndex;
		}),
	);
	if (isShared) addHint(run, orderMessages.orderedOnce());
}

/** Warns if a first video, whose price was unknown, has passed the limit. */
function warnOfCharge(run: Run, { maxCredits }: BudgetLimits): void {
	const { spent } = run.ledger.sums;
	if (maxCredits === undefined || spent <= maxCredits) return;
	addHint(run, outcomeMessages.limitPassed(maxCredits, spent), 'warning');
}

/**
 * Orders the videos of a run, waits as set, and returns its items.
 *
 * @param unreadable items whose parameters could not be used; without Continue On Fail they end the run before anything is spent
 * @throws NodeApiError | NodeOperationError as `deliver` does
 */
export async function produceVideos(
	run: Run,
	requests: readonly OrderRequest[],
	unreadable: readonly ItemError[],
	options: ProduceOptions,
): Promise<INodeExecutionData[]> {
	const blocked = whyBlocked(run);
	const { runKey } = run;
	if (blocked !== undefined || runKey === undefined) {
		const message = blocked ?? orderMessages.runUnknown();
		return deliver(
			run,
			run.items.map((_, itemIndex) => ({ kind: 'error', itemIndex, message })),
		);
	}

	const planned = await planFor(run, requests, options.wait);
	// Earlier orders are read only under the lock, since another run may be placing the same order.
	const { unread, ordered } = await withLock(run.context, async () => {
		const found = findExisting(run, runKey, requests, unreadable);
		const endsHere = found.unread.length > 0 && !run.continueOnFail;
		return { unread: found.unread, ordered: endsHere ? undefined : await order(run, runKey, found, planned, options) };
	});
	const unreadItems = unread.map((item): ItemResult => ({ kind: 'error', ...item }));
	if (ordered === undefined) return deliver(run, unreadItems);

	hintShared(run, ordered.results, requests);
	warnOfCharge(run, options.limits);
	const produced = splitResults(ordered.results);
	const orderErrors = [...ordered.refused, ...produced.messages];
	const others = [...unreadItems, ...orderErrors, ...produced.shortfalls];
	if (orderErrors.length > 0 && !run.continueOnFail) return deliver(run, others);
	return await finishVideos(run, withDeliveries(produced.owned, options.deliveries), others, {
		plan: planned.plan,
		concurrency: options.concurrency,
		justCreated: true,
	});
}
