// What this execution has ordered at this node. Rule that must not regress: an order is written down before it is sent, under its slot, and what is
// found under that slot later decides whether it may be sent: created or unknown never again, refused or cleared by any retry.
//
// It is kept as plain data in the node's context, which n8n keeps with the execution through Retry On Fail, loops, parking and a retry from the list of
// executions (which begins with a copy). Sums are kept up to date here, so that asking whether an order fits the budget reads nothing anew.

import groupBy from 'lodash/groupBy';

import type { AkoolVideo, VideoId } from '../akool/video';
import { randomWord } from '../clock';
import { connectionMessages } from '../messages/connection';
import { keptVideo, videosOf, withUpdate } from './keptVideo';
import { idsWithin, isLedger, LEDGER_VERSION, type KeptLedger, type KeptOrder } from './ledgerSchema';
import { LedgerSums } from './ledgerSums';
import { comparedFieldsOf, makeOrderKey } from './orderKey';
import type { OrderRequest } from './orderRequest';

/** The name under which the ledger lies in the node's context. */
export const LEDGER_FIELD = 'akoolLedger';

/** Facts of an order that its request does not hold. */
export interface OrderFacts extends Pick<
	KeptOrder,
	'run' | 'slot' | 'contentHash' | 'priceKind' | 'carriesKey' | 'isCalledBack' | 'replaces' | 'before'
> {
	atMs: number;
}

export class Ledger {
	/** Undefined until the first order, or where what was kept cannot be read. */
	private kept: KeptLedger | undefined;

	/** The IDs in what was kept, where that cannot be read: then nothing may be ordered. */
	readonly unreadable: readonly string[] | undefined;

	/** What the orders come to. */
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
			// No order is on its way when a ledger is opened: one that is found as such was interrupted.
			if (order.state === 'reserved') order.state = 'refused';
			if (order.state === 'sent') Object.assign(order, { state: 'unknown', reason: connectionMessages.cutOff() });
			this.enter(order);
		}
	}

	/** Whether it still is what lies in the node's context. */
	isCurrent(executionId: string): boolean {
		return this.unreadable === undefined && this.kept === this.store[LEDGER_FIELD] && this.executionId === executionId;
	}

	orders(): readonly KeptOrder[] {
		return this.kept?.orders ?? [];
	}

	/** All orders of a slot, oldest first. */
	ofSlot(slot: string): KeptOrder[] {
		return [...(this.bySlot.get(slot) ?? [])];
	}

	/** What was ordered for an item of a run, whatever its parameters are now: the orders of each slot. */
	ofItem(run: string, item: number): KeptOrder[][] {
		return Object.values(
			groupBy(
				this.orders().filter((order) => order.run === run && order.item === item),
				'slot',
			),
		);
	}

	byKey(key: string): KeptOrder | undefined {
		return this.orders().find((order) => order.key === key);
	}

	/** An order of the same run for the very same thing: equal audio for the same video is bought once, for whichever items it is. */
	equalTo(run: string, contentHash: string): KeptOrder | undefined {
		return this.orders().find((order) => order.run === run && order.contentHash === contentHash);
	}

	/** Writes down an order that is about to be sent: a new one, or one of its slot that was not accepted before. */
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

	/** Notes what has become of an order. */
	note(order: KeptOrder, changes: Partial<Pick<KeptOrder, 'state' | 'reason' | 'code' | 'answer' | 'sentAtMs'>>): void {
		this.change(order, changes);
	}

	/** Akool has created these: from here on their IDs are part of every message. @param notCreated Akool's reasons for others of the order */
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

	/** Updates videos with what Akool says now; videos of other ledgers are ignored. */
	learn(said: readonly AkoolVideo[]): void {
		for (const video of said) {
			const order = this.byVideo.get(video.id);
			const videos = order?.videos.map((kept) => (kept.id === video.id ? withUpdate(kept, video) : kept));
			if (order !== undefined && videos !== undefined) this.change(order, { videos: videos });
		}
	}

	/** Everything that this execution has paid for at this node, as Akool described it when it created it. */
	videos(): AkoolVideo[] {
		return this.orders().flatMap(videosOf);
	}

	/** The IDs of the first videos. Cheap also where there are many. */
	firstIds(limit: number): VideoId[] {
		return [...this.byVideo.keys()].slice(0, limit);
	}

	/** Whether Akool calls this execution about each of these videos. For those ordered before a retry, it calls the execution that was retried. */
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
