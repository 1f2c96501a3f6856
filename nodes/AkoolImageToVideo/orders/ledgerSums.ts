// What the orders of a ledger come to, kept up to date with every change: asking whether an order fits the budget reads none of them anew.

import { isPrice } from './keptVideo';
import type { KeptOrder } from './ledgerSchema';

export class LedgerSums {
	/** Credits that Akool says it charged, less refunds. */
	spent = 0;

	/** Credits that Akool charged, refunded or not: an order that has passed the limit stays past it. */
	charged = 0;

	/** Videos that exist or may exist, less those that were ordered anew since they failed. */
	videos = 0;

	/** Videos whose price nobody has named although they exist. */
	private unpriced = 0;

	/** For each kind of price, videos that may be charged: of orders on their way, of unknown outcome, and not mentioned in Akool's answer. */
	private readonly perhapsCharged = new Map<string, number>();

	private readonly prices = new Map<string, number>();

	/** Adds an order to the sums, or takes it out. */
	count({ state, priceKind, asked, videos, replaces, unmentioned }: KeptOrder, sign: 1 | -1): void {
		for (const { deduction = 0, price } of videos) {
			this.spent += sign * deduction;
			this.charged += sign * Math.max(deduction, price ?? 0);
			if (isPrice(price)) this.prices.set(priceKind, Math.max(price, this.priceOf(priceKind) ?? 0));
			else this.unpriced += sign;
		}
		const isUnsettled = state === 'reserved' || state === 'sent' || state === 'unknown';
		const open = isUnsettled ? asked : unmentioned;
		const count = isUnsettled ? asked : videos.length + unmentioned;
		this.videos += sign * (count - (count > 0 ? replaces.length : 0));
		const videosNow = (this.perhapsCharged.get(priceKind) ?? 0) + sign * open;
		if (videosNow > 0) this.perhapsCharged.set(priceKind, videosNow);
		else this.perhapsCharged.delete(priceKind);
	}

	/** Whether Akool has named a price for each video: only then does a balance show what else was charged. */
	isPriced(): boolean {
		return this.unpriced === 0;
	}

	/** The highest price of a video of this kind so far; undefined where Akool has named none. */
	priceOf(priceKind: string): number | undefined {
		return this.prices.get(priceKind);
	}

	/** What orders that are on their way or of unknown outcome may cost; undefined where a price that counts is not known. */
	unsettled(): number | undefined {
		if (!this.isPriced()) return undefined;
		let credits = 0;
		for (const [priceKind, videos] of this.perhapsCharged) {
			const price = this.priceOf(priceKind);
			if (price === undefined) return undefined;
			credits += videos * price;
		}
		return credits;
	}
}
