// What this execution has ordered at this node. Rule that must not regress: an order is written here, under its slot, before it is sent, and its state
// decides whether the slot may be ordered again: never if created or unknown, on any retry if refused or cleared.
//
// It is plain data in the node's context, which n8n keeps with the execution through Retry On Fail, loops, parking and a retry from the executions list
// (which begins with a copy). Sums are kept up to date, so that checking the budget does not read all orders.

import type { AkoolVideo, VideoId } from '../akool/video';
import { randomWord } from '../clock';
import { connectionMessages } from '../messages/connection';
import { keptVideo, videosOf, withUpdate } from './keptVideo';
import { idsWithin, isLedger, LEDGER_VERSION, type KeptLedger, type KeptOrder } from './ledgerSchema';
import { LedgerSums } from './ledgerSums';
import { comparedFieldsOf, makeOrderKey } from './orderKey';
import type { OrderRequest } from './orderRequest';

/** The ledger's field in the node's context. */
export const LEDGER_FIELD = 'akoolLedger';

/** Facts of an order that its request does not hold. */
export interface OrderFacts extends Pick<
	KeptOrder,
	'run' | 'slot' | 'contentHash' | 'priceKind' | 'carriesKey' | 'isCalledBack' | 'replaces' | 'before'
> {
	atMs: number;
}

/** The orders of one node in one execution. */
export class Ledger {
	/** Undefined until the first order, or where the stored ledger cannot be read. */
	private kept: KeptLedger | undefined;

	/** The IDs found in a stored ledger that cannot be read: then nothing may be ordered. */
	readonly unreadable: readonly string[] | undefined;

	/** Credits and videos of all orders. */
	readonly sums = new LedgerSums();

	private readonly byVideo = new Map<VideoId, KeptOrder>();

	private readonly bySlot = new Map<string, KeptOrder[]>();

	/** @param store the node's context; the ledger is written there with the first order */
	constructor(
		private readonly store: Record<string, unknown>,
		readonly executionId: string,
	) {
		const found = store[LEDGER_FIELD];
		if (isLedger(found)) this.kept = found;
		this.unreadable = found === undefined || this.kept !== undefined ? undefined : idsWithin(found);
		for (const order of this.orders()) {
			// No order is in flight when a ledger is opened, so one in that state was interrupted.
			if (order.state === 'reserved') order.state = 'refused';
			if (order.state === 'sent') Object.assign(order, { state: 'unknown', reason: connectionMessages.cutOff() });
			this.enter(order);
		}
	}

	/** Whether it still is the ledger in the node's context. */
	isCurrent(executionId: string): boolean {
		return this.kept === this.store[LEDGER_FIELD] && this.executionId === executionId;
	}

	orders(): readonly KeptOrder[] {
		return this.kept?.orders ?? [];
	}

	/** All orders of a slot, oldest first. */
	ofSlot(slot: string): KeptOrder[] {
		return [...(this.bySlot.get(slot) ?? [])];
	}

	/** The orders of an item of a run, whatever the item's parameters are now. */
	ofItem(run: string, item: number): KeptOrder[] {
		return this.orders().filter((order) => order.run === run && order.item === item);
	}

	byKey(key: string): KeptOrder | undefined {
		return this.orders().find((order) => order.key === key);
	}

	/** An order of the same run with the same content: equal audio for the same video is bought once for all items. */
	equalTo(run: string, contentHash: string): KeptOrder | undefined {
		return this.orders().find((order) => order.run === run && order.contentHash === contentHash);
	}

	/** Writes an order that is about to be sent: a new one, or the replacement of one that was not accepted. @throws Error where the ledger cannot be read */
	place(request: OrderRequest, { atMs, ...facts }: OrderFacts): KeptOrder {
		if (this.unreadable !== undefined) throw new Error('The ledger cannot be read, so nothing may be ordered');
		this.kept ??= { version: LEDGER_VERSION, salt: randomWord(), orders: [] };
		this.store[LEDGER_FIELD] = this.kept;
		const earlier = this.ofSlot(facts.slot);
		const free = earlier.find(({ state }) => ['reserved', 'refused', 'cleared'].includes(state));
		const turn = free?.turn ?? earlier.length;
		const order: KeptOrder = {
			...facts,
			key: makeOrderKey(this.kept.salt, this.executionId, facts.slot, turn),
			turn,
			item: request.itemIndex,
			endpoint: request.endpoint,
			executionId: this.executionId,
			state: 'reserved',
			reason: '',
			answer: '',
			asked: request.videoCount,
			comparedFields: comparedFieldsOf(request.body),
			sentAtMs: atMs,
			videos: [],
			shortfalls: [],
			unmentioned: 0,
		};
		if (free !== undefined) {
			this.change(free, order);
			return free;
		}
		this.kept.orders.push(order);
		this.enter(order);
		return order;
	}

	/** Changes the state of an order. */
	note(order: KeptOrder, changes: Partial<Pick<KeptOrder, 'state' | 'reason' | 'code' | 'answer' | 'sentAtMs'>>): void {
		this.change(order, changes);
	}

	/** Adds created videos to an order: from here on every message names them. @param notCreated Akool's reasons for the videos that it did not create */
	created(order: KeptOrder, videos: readonly AkoolVideo[], notCreated: readonly string[]): void {
		const known = new Map(order.videos.map((video) => [video.id, video]));
		for (const video of videos) {
			const earlier = known.get(video.id);
			known.set(video.id, earlier === undefined ? keptVideo(video) : withUpdate(earlier, video));
		}
		const unmentioned = Math.max(0, order.asked - known.size - notCreated.length);
		const others = unmentioned > 0 ? [connectionMessages.othersUntold()] : [];
		const shortfalls = [...notCreated, ...others];
		this.change(order, { state: 'created', videos: [...known.values()], shortfalls, unmentioned });
	}

	/** Updates videos with Akool's latest answer; videos of other ledgers are ignored. */
	learn(said: readonly AkoolVideo[]): void {
		for (const video of said) {
			const order = this.byVideo.get(video.id);
			if (order === undefined) continue;
			const videos = order.videos.map((kept) => (kept.id === video.id ? withUpdate(kept, video) : kept));
			this.change(order, { videos });
		}
	}

	/** All videos that this execution has paid for at this node, as Akool described them on creation. */
	videos(): AkoolVideo[] {
		return this.orders().flatMap(videosOf);
	}

	/** The IDs of the first videos, without reading all orders. */
	firstIds(limit: number): VideoId[] {
		return [...this.byVideo.keys()].slice(0, limit);
	}

	/** Whether Akool's callbacks about all these videos go to this execution. For videos ordered before a retry, they go to the execution that was retried. */
	isCalledBackAbout(ids: readonly VideoId[], executionId: string): boolean {
		return ids.every((id) => {
			const order = this.byVideo.get(id);
			return order?.isCalledBack === true && order.executionId === executionId;
		});
	}

	private enter(order: KeptOrder): void {
		this.bySlot.set(order.slot, [...(this.bySlot.get(order.slot) ?? []), order]);
		this.count(order);
	}

	private change(order: KeptOrder, changes: Partial<KeptOrder>): void {
		this.sums.count(order, -1);
		Object.assign(order, changes);
		this.count(order);
	}

	private count(order: KeptOrder): void {
		this.sums.count(order, 1);
		for (const { id } of order.videos) this.byVideo.set(id, order);
	}
}
