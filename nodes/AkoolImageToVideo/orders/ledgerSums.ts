// What the orders of a ledger come to, kept up to date with every change: asking whether an order fits the budget reads none of them anew.

import { isPrice } from './keptVideo';
import type { KeptOrder } from './ledgerSchema';

export class LedgerSums {
	/** What Akool says that it took, less what it gave back. */
	spent = 0;

	/** What Akool took, also where it gave it back later: an order that passed the limit has passed it. */
	charged = 0;

	/** Videos that exist or may exist, less those that were ordered anew since they failed. */
	videos = 0;

	/** Videos whose price nobody has named although they exist. */
	private unpriced = 0;

	/** For each kind of price, videos that may be charged: of orders on their way, and of unknown outcome. */
	private readonly doubtful = new Map<string, number>();

	private readonly prices = new Map<string, number>();

	/** Takes an order in, or out of the sums again. */
	count({ state, priceKind, asked, videos, replaces }: KeptOrder, sign: 1 | -1): void {
		for (const { deduction = 0, price } of videos) {
			this.spent += sign * deduction;
			this.charged += sign * Math.max(deduction, price ?? 0);
			if (isPrice(price)) this.prices.set(priceKind, Math.max(price, this.priceOf(priceKind) ?? 0));
			else this.unpriced += sign;
		}
		const isDoubtful = state === 'reserved' || state === 'sent' || state === 'unknown';
		const count = isDoubtful ? asked : videos.length;
		this.videos += sign * (count - (count > 0 ? replaces.length : 0));
		if (!isDoubtful) return;
		const left = (this.doubtful.get(priceKind) ?? 0) + sign * asked;
		if (left > 0) this.doubtful.set(priceKind, left);
		else this.doubtful.delete(priceKind);
	}

	/** Whether each video has a price that Akool has named: only then does a balance tell what else was charged. */
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
		for (const [priceKind, videos] of this.doubtful) {
			const price = this.priceOf(priceKind);
			if (price === undefined) return undefined;
			credits += videos * price;
		}
		return credits;
	}
}
