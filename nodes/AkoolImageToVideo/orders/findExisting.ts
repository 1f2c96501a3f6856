// Finds earlier orders of this execution for its items. Rules that must not regress: an order that exists, or may exist, is taken up and never placed again;
// a message about a parameter never replaces a paid video; and a failed video is ordered anew only in a retried execution, and only if the request
// has changed.

import { groupBy } from 'lodash';

import { textOf } from '../akool/json';
import { isFailed } from '../akool/video';
import type { UserMessage } from '../messages/userMessage';
import type { KeptOrder, KeptVideo } from './ledgerSchema';
import { contentHashOf, orderKeyIn, slotOf } from './orderKey';
import type { OrderRequest } from './orderRequest';
import { createdResult, messageOnly, type OrderResult } from './orderResult';
import type { Run } from './run';

/** An order that is to be placed. */
export interface PendingOrder {
	request: OrderRequest;
	slot: string;
	/** Of the item's whole request, even if only a part of it is placed again. */
	contentHash: string;
	replaces: string[];
}

/** An order of unknown outcome, and the item that waits for it. */
export interface UnknownOrder {
	itemIndex: number;
	order: KeptOrder;
}

/** An item whose parameters could not be read. */
export interface UnreadItem {
	itemIndex: number;
	message: UserMessage;
}

export interface FoundOrders {
	results: OrderResult[];
	unknownOrders: UnknownOrder[];
	pending: PendingOrder[];
	/** Items without an earlier order whose parameters could not be read. */
	unread: UnreadItem[];
}

const mayExist = ({ state }: KeptOrder): boolean => state === 'created' || state === 'unknown' || state === 'sent';

const hasFailed = ({ status }: KeptVideo): boolean => isFailed({ status });

/** A request for the failed part of an order. */
function again(request: OrderRequest, videoCount: number): OrderRequest {
	const body = 'count' in request.body ? { ...request.body, count: videoCount } : request.body;
	return { ...request, body, videoCount };
}

class ExistingOrders {
	readonly found: FoundOrders = { results: [], unknownOrders: [], pending: [], unread: [] };

	constructor(
		private readonly run: Run,
		private readonly runKey: string,
	) {}

	/** Takes up one item with its requests. @param unread why its parameters could not be read */
	item(itemIndex: number, requests: readonly OrderRequest[], unread: UserMessage | undefined): void {
		const { json } = this.run.items[itemIndex] ?? {};
		const key = orderKeyIn(json);
		const named = key === undefined ? undefined : this.run.ledger.byKey(key);
		if (named !== undefined) this.named(itemIndex, named, textOf(json, '_id'), requests, unread);
		else if (unread !== undefined) this.unreadItem(itemIndex, unread);
		else for (const request of requests) this.request(request);
	}

	/** An item that carries the key of its order. */
	private named(
		itemIndex: number,
		named: KeptOrder,
		id: string | undefined,
		requests: readonly OrderRequest[],
		unread: UserMessage | undefined,
	): void {
		const { ledger } = this.run;
		const orders = ledger.ofSlot(named.slot);
		const isOfVideo = orders.some(({ videos }) => videos.some((video) => video.id === id));
		const request = requests.find(({ place }) => named.slot.endsWith(`.${place}`)) ?? requests[0];
		if (this.existing(itemIndex, orders, isOfVideo ? id : undefined, request, named.slot)) return;
		if (request !== undefined) this.place(request, named.slot);
		else if (unread !== undefined) this.found.unread.push({ itemIndex, message: unread });
	}

	private request(request: OrderRequest): void {
		const { ledger } = this.run;
		const slot = slotOf(this.runKey, request);
		const own = ledger.ofSlot(slot);
		const equal =
			own.length === 0 && request.endpoint === 'updateAudio'
				? ledger.equalTo(this.runKey, contentHashOf(request))
				: undefined;
		const orders = equal === undefined ? own : ledger.ofSlot(equal.slot);
		if (!this.existing(request.itemIndex, orders, undefined, request, slot)) this.place(request, slot);
	}

	private unreadItem(itemIndex: number, message: UserMessage): void {
		const orders = this.run.ledger.ofItem(this.runKey, itemIndex);
		if (!this.existing(itemIndex, orders, undefined, undefined, '')) this.found.unread.push({ itemIndex, message });
		// An item can have several audio updates, and it is unknown whether all of them were ordered.
		else if (orders.some(({ endpoint }) => endpoint === 'updateAudio'))
			this.found.results.push(messageOnly(itemIndex, message, undefined, false));
	}

	/** Takes up the orders of a slot, or of an item, that exist or may exist. Returns false where there is none. */
	private existing(
		itemIndex: number,
		orders: readonly KeptOrder[],
		onlyId: string | undefined,
		request: OrderRequest | undefined,
		slot: string,
	): boolean {
		const existing = orders.filter(mayExist);
		if (existing.length === 0) return false;
		const unknown = existing.filter(({ state }) => state !== 'created');
		const replaced = new Set(existing.flatMap(({ replaces }) => replaces));
		const failed = request === undefined || unknown.length > 0 ? [] : this.failedOf(existing, replaced, request);
		if (request !== undefined && failed.length > 0)
			this.place(again(request, failed.length), slot, failed, contentHashOf(request));
		for (const order of existing.filter(({ state }) => state === 'created')) {
			const isMeant = ({ id }: { id: string }): boolean =>
				!replaced.has(id) && !failed.includes(id) && (onlyId === undefined || id === onlyId);
			this.found.results.push(createdResult(itemIndex, order, isMeant));
		}
		this.found.unknownOrders.push(...unknown.map((order) => ({ itemIndex, order })));
		return true;
	}

	/** The failed videos that are to be ordered anew. */
	private failedOf(orders: readonly KeptOrder[], replaced: ReadonlySet<string>, request: OrderRequest): string[] {
		const contentHash = contentHashOf(request);
		return orders
			.filter((order) => order.executionId !== this.run.ledger.executionId && order.contentHash !== contentHash)
			.flatMap(({ videos }) => videos.filter((video) => hasFailed(video) && !replaced.has(video.id)))
			.map(({ id }) => id);
	}

	private place(
		request: OrderRequest,
		slot: string,
		replaces: string[] = [],
		contentHash = contentHashOf(request),
	): void {
		this.found.pending.push({ request, slot, contentHash, replaces });
	}
}

/**
 * Splits the requests of the items into orders that exist or may exist and orders to place. Sends nothing, and changes nothing. Never throws.
 *
 * @param unread items whose parameters could not be read this time; they may have been paid for before
 */
export function findExisting(
	run: Run,
	runKey: string,
	requests: readonly OrderRequest[],
	unread: readonly UnreadItem[],
): FoundOrders {
	const search = new ExistingOrders(run, runKey);
	const ofItem = groupBy(requests, ({ itemIndex }) => itemIndex);
	const messages = new Map(unread.map(({ itemIndex, message }) => [itemIndex, message]));
	for (const itemIndex of run.items.keys()) search.item(itemIndex, ofItem[itemIndex] ?? [], messages.get(itemIndex));
	return search.found;
}
