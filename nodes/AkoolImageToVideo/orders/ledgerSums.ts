// The sums of a ledger's orders, kept up to date with every change, so that checking the budget does not read all orders.

import { isPrice } from './keptVideo';
import type { KeptOrder } from './ledgerSchema';

/** Credits and videos of a ledger's orders. */
export class LedgerSums {
	/** Credits that Akool says it charged, less refunds. */
	spent = 0;

	/** Credits that Akool charged, refunded or not: a refund does not free the budget. */
	charged = 0;

	/** Videos that exist or may exist, less the failed ones that were replaced. */
	videos = 0;

	/** Existing videos without a price. */
	private unpriced = 0;

	/** For each price kind, the videos that may be charged: of orders in flight or of unknown outcome, and those that Akool's answer does not mention. */
	private readonly perhapsCharged = new Map<string, number>();

	private readonly prices = new Map<string, number>();

	/** Adds an order to the sums (1), or removes it (-1). */
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

	/** Whether every video has a price: only then does the balance show what else was charged. */
	isPriced(): boolean {
		return this.unpriced === 0;
	}

	/** The highest price of a video of this kind so far; undefined where Akool has named none. */
	priceOf(priceKind: string): number | undefined {
		return this.prices.get(priceKind);
	}

	/** Credits that orders in flight or of unknown outcome may cost; undefined where a price is unknown. */
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
