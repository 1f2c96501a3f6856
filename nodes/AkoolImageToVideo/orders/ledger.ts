// What this execution has bought. The book lies in the node's context, which n8n keeps through Retry On Fail and loops, so that a request
// which was paid for (or may have been) is taken up when n8n runs the node again, and never sent a second time.
//
// Same item or new item? In the same run of the node (n8n tries again, or goes on) the item's place decides, whatever its parameters come out
// as this time: an expression with a random number, or a link that is signed anew, is not another order. In a later run (a loop), a request is
// the same as long as its video has not left the node. One that left unfinished, its time being up, is also the same for an item that was sent
// back to the node on another way than it first came.

import groupBy from 'lodash/groupBy';
import isEqual from 'lodash/isEqual';
import type { IExecuteFunctions } from 'n8n-workflow';

import { listOf, textOf } from '../akool/json';
import type { AkoolVideo, VideoId } from '../akool/video';
import {
	fingerprint,
	isEntry,
	isOfItem,
	rowOf,
	sentOf,
	slotOf,
	videosOf,
	type BalanceBefore,
	type LedgerEntry,
} from './ledgerEntry';
import { itemsOf, type SpendRequest } from './orderRequest';

const CONTEXT_KEY = 'akoolLedger';

/** Whose each entry is while a run is at it. An agent may call its tool twice at the same moment: an equal item of the other call is another order. */
const runAt = new WeakMap<LedgerEntry, Ledger>();

/** The call of a tool that ordered an entry, by the object that n8n hands over on each try. Numbers do not tell them apart: n8n counts anew for each item of an agent, and on for each try. */
const callOf = new WeakMap<LedgerEntry, object>();

const tellsNoPicture = ({ sent }: LedgerEntry): boolean => textOf(sent, 'image_url') === undefined;

export class Ledger {
	private readonly entries: LedgerEntry[];

	private readonly originNode: string;

	/** The same for all runs of the node in the execution. */
	readonly book: object;

	constructor(
		context: IExecuteFunctions,
		private readonly runIndex: number,
		/** Undefined where the run is none of a tool's. */
		private readonly toolCall: object | undefined,
	) {
		const store = context.getContext('node');
		const kept = listOf(store, CONTEXT_KEY);
		this.entries = kept.every(isEntry) ? kept : kept.filter(isEntry);
		store[CONTEXT_KEY] = this.entries;
		this.book = store;
		this.originNode = context.getExecuteData().source?.main?.[0]?.previousNode ?? '';
	}

	/**
	 * The entry of a request that was already sent for this item, or undefined where it is to be sent now. One of an earlier run is this item's from
	 * here on: an equal item beside it is another order.
	 */
	claim(request: SpendRequest): LedgerEntry | undefined {
		const slot = slotOf(request);
		const { itemIndex, alsoFor } = request;
		const here = this.entries.find((entry) => this.isSentFor(entry, itemIndex) && entry.slot === slot);
		if (here !== undefined) {
			here.alsoFor = [...new Set([...here.alsoFor, ...alsoFor])];
			return this.hold(here);
		}
		const earlier = this.findFromEarlierRun(fingerprint(request));
		return (
			earlier && this.hold(Object.assign(earlier, { runIndex: this.runIndex, itemIndex, slot, alsoFor: [...alsoFor] }))
		);
	}

	private hold(entry: LedgerEntry): LedgerEntry {
		runAt.set(entry, this);
		if (this.toolCall !== undefined) callOf.set(entry, this.toolCall);
		return entry;
	}

	/** Whether this run of the node has sent it, on whichever try. */
	private isOfThisRun(entry: LedgerEntry): boolean {
		return this.toolCall === undefined ? entry.runIndex === this.runIndex : callOf.get(entry) === this.toolCall;
	}

	private isSentFor(entry: LedgerEntry, itemIndex: number): boolean {
		return this.isOfThisRun(entry) && isOfItem(entry, itemIndex);
	}

	/** Items that share an order now may each have had one before: then each goes on with its own, and those without join the first. */
	apart(request: SpendRequest): SpendRequest[] {
		if (request.alsoFor.length === 0) return [request];
		const slot = slotOf(request);
		const placeOf = (itemIndex: number): number =>
			this.entries.findIndex((entry) => this.isSentFor(entry, itemIndex) && entry.slot === slot);
		const { '-1': without = [], ...known } = groupBy(itemsOf(request), placeOf);
		const shared = Object.values(known);
		const all =
			shared.length === 0 ? [without] : shared.map((items, index) => (index === 0 ? [...items, ...without] : items));
		return all.flatMap(([itemIndex, ...alsoFor]) =>
			itemIndex === undefined ? [] : [{ ...request, itemIndex, alsoFor }],
		);
	}

	/** What was sent for an item of this run before, whatever its parameters are now. */
	ofItem(itemIndex: number): LedgerEntry[] {
		return this.entries.filter((entry) => this.isSentFor(entry, itemIndex));
	}

	/** To be called once the run is over, however it ended: what it leaves open may then be taken up by another. */
	letGo(): void {
		for (const entry of this.entries) {
			if (runAt.get(entry) === this) runAt.delete(entry);
		}
	}

	private findFromEarlierRun(request: string): LedgerEntry | undefined {
		return this.entries.find((entry) => {
			if (entry.request !== request || runAt.has(entry) || this.isOfThisRun(entry)) return false;
			return entry.left === 'no' || (entry.left === 'unfinished' && entry.originNode !== this.originNode);
		});
	}

	/**
	 * Writes down that a request is about to be sent. To be called before it leaves.
	 *
	 * @param calls the execution that Akool is to call about it; empty where it is to call none
	 */
	open(request: SpendRequest, nowMs: number, before: BalanceBefore, calls: string): LedgerEntry {
		const entry: LedgerEntry = {
			request: fingerprint(request),
			runIndex: this.runIndex,
			itemIndex: request.itemIndex,
			slot: slotOf(request),
			alsoFor: [...request.alsoFor],
			sent: sentOf(request),
			originNode: this.originNode,
			state: 'sent',
			reason: '',
			sentAtMs: nowMs,
			calls,
			before,
			asked: request.videoCount,
			rows: [],
			notMade: [],
			left: 'no',
		};
		this.entries.push(entry);
		return this.hold(entry);
	}

	/** Akool has made these: from here on their IDs are part of every message. */
	made(entry: LedgerEntry, videos: readonly AkoolVideo[], notMade: readonly string[]): void {
		Object.assign(entry, { state: 'made', rows: videos.map(rowOf), notMade: [...notMade] });
	}

	unclear(entry: LedgerEntry, reason: string): void {
		Object.assign(entry, { state: 'unclear', reason });
	}

	/**
	 * Says whether what Akool lists may be another request's: one for the same picture and prompt that is still on its way, or that got no answer
	 * either and asked for something else. An audio update tells neither picture nor prompt, so any other counts.
	 */
	hasTwin(entry: LedgerEntry): boolean {
		const isAlike = (other: LedgerEntry): boolean =>
			isEqual(other.sent, entry.sent) || (tellsNoPicture(other) && tellsNoPicture(entry));
		const isOpen = (other: LedgerEntry): boolean =>
			other.state === 'sent' || (other.state === 'unclear' && other.request !== entry.request);
		return this.entries.some((other) => other !== entry && isOpen(other) && isAlike(other));
	}

	/** Says whether another request may be charged whose price is not known: the balance then tells nothing of this one. */
	hasOthersOpen(entry: LedgerEntry): boolean {
		return this.entries.some((other) => other !== entry && other.state !== 'made');
	}

	/** The videos that audio updates started from, which the account's list shows as well. */
	sources(): VideoId[] {
		return this.entries.flatMap(({ sent }) => textOf(sent, 'pre_video_id') ?? []);
	}

	/** Akool has certainly not accepted the request: it may be sent again another time. */
	strike(entry: LedgerEntry): void {
		const index = this.entries.indexOf(entry);
		if (index >= 0) this.entries.splice(index, 1);
	}

	/**
	 * Videos leave the node now: a later item with the same request is a new one.
	 *
	 * @param whole      those of which nothing more is expected here
	 * @param unfinished those whose time was up
	 */
	deliver(whole: ReadonlySet<VideoId>, unfinished: ReadonlySet<VideoId>): void {
		for (const entry of this.entries) {
			const ids = videosOf(entry).map(({ id }) => id);
			if (ids.length === 0 || !ids.every((id) => whole.has(id) || unfinished.has(id))) continue;
			entry.left = ids.some((id) => unfinished.has(id)) ? 'unfinished' : 'whole';
		}
		// What is told of as unclear has left, too. Sent back to the node, the item is the same; an equal one that comes later is a new order.
		for (const entry of this.entries) {
			if (entry.state === 'unclear' && this.isOfThisRun(entry)) entry.left = 'unfinished';
		}
	}

	/** Everything that this execution has paid for at this node. */
	videos(): AkoolVideo[] {
		return this.entries.flatMap(videosOf);
	}

	/** Says whether Akool calls this execution about each of these videos. What was ordered by one that this is a retry of, it tells to that one. */
	hearsOf(ids: readonly VideoId[], executionId: string): boolean {
		const heard = new Set(
			this.entries.filter(({ calls }) => calls === executionId).flatMap((entry) => videosOf(entry).map(({ id }) => id)),
		);
		return ids.every((id) => heard.has(id));
	}

	/** The IDs of the first videos, without a look at all the others. */
	firstIds(limit: number): VideoId[] {
		const ids: VideoId[] = [];
		for (const { rows } of this.entries) {
			if (ids.length >= limit) break;
			ids.push(...rows.flatMap((row) => textOf(row, '_id') ?? []));
		}
		return ids.slice(0, limit);
	}

	/** What Akool said that it charged. */
	booked(): number {
		return this.videos().reduce((sum, { deductionCredit }) => sum + (deductionCredit ?? 0), 0);
	}

	/**
	 * What was charged so far, with an unclear create counted as charged, and the highest price of a single video: undefined where Akool has not
	 * named one yet.
	 */
	spending(): { spent: number; price: number | undefined } {
		const charges = this.videos().flatMap(({ deductionCredit }) => deductionCredit ?? []);
		const price = charges.length === 0 ? undefined : Math.max(...charges);
		const unclear = this.entries.filter(({ state }) => state === 'unclear').reduce((sum, { asked }) => sum + asked, 0);
		return { spent: this.booked() + unclear * (price ?? 0), price };
	}

	/** How many videos of this execution exist, or may exist. */
	count(): number {
		return this.entries.reduce((sum, entry) => sum + (entry.state === 'made' ? entry.rows.length : entry.asked), 0);
	}
}
