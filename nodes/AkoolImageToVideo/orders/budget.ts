// What a run may cost. Akool names no price beforehand, so the price of an order is what this execution was really charged for one of the same kind.
//
// The promise of Maximum Credits: at most one order passes the limit, and only because its price was unknown. So an order of a kind without a price is sent
// alone, and only while the credits spent, or possibly spent, are below the limit; an order of a kind with a price is sent if it fits, counting all orders in
// flight. Once a price is missing (none, zero or less, or no answer), nothing more is ordered.

import type { UserMessage } from '../messages/userMessage';
import { orderMessages } from '../messages/orders';
import type { Ledger } from './ledger';
import type { KeptOrder } from './ledgerSchema';

export interface BudgetLimits {
	/** Undefined where the user set none. */
	maxCredits: number | undefined;
	maxVideos: number | undefined;
	minBalance: number | undefined;
}

export type Admission = { kind: 'admitted'; order: KeptOrder } | { kind: 'refused'; message: UserMessage };

/** What decides the cost of an order. */
interface Expected {
	priceKind: string;
	videoCount: number;
}

type Verdict = { kind: 'fits' } | { kind: 'refused'; message: UserMessage } | { kind: 'wait' };

/** Enforces Maximum Credits while several orders are in flight. */
export class Budget {
	private onTheWay = 0;

	private waiting: Array<() => void> = [];

	constructor(
		private readonly ledger: Ledger,
		private readonly maxCredits: number | undefined,
	) {}

	/**
	 * Waits until it is clear whether an order fits, and writes it into the ledger at that moment, so that it counts for the next one.
	 * The caller of an admitted order calls `release` once it is answered. Never throws.
	 */
	async admit(expected: Expected, place: () => KeptOrder): Promise<Admission> {
		for (;;) {
			const verdict = this.judge(expected);
			if (verdict.kind === 'refused') return verdict;
			if (verdict.kind === 'fits') {
				this.onTheWay++;
				return { kind: 'admitted', order: place() };
			}
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		}
	}

	/** To be called when an admitted order is answered: others may fit now. */
	release(): void {
		this.onTheWay--;
		for (const resume of this.waiting.splice(0)) resume();
	}

	private judge({ priceKind, videoCount }: Expected): Verdict {
		const { maxCredits } = this;
		if (maxCredits === undefined) return { kind: 'fits' };
		// Undefined also while an order of a kind without a price is in flight, so that it is alone.
		const unsettled = this.ledger.sums.unsettled();
		if (unsettled === undefined) return this.waitOr(orderMessages.priceUnknown(maxCredits));
		const committed = this.ledger.sums.charged + unsettled;
		const price = this.ledger.sums.priceOf(priceKind);
		if (price !== undefined && committed + price * videoCount <= maxCredits) return { kind: 'fits' };
		if (price !== undefined)
			return this.waitOr(orderMessages.maxCreditsReached(maxCredits, committed, price * videoCount));
		if (this.onTheWay > 0) return { kind: 'wait' };
		if (committed < maxCredits) return { kind: 'fits' };
		return { kind: 'refused', message: orderMessages.maxCreditsSpent(maxCredits, committed) };
	}

	/** While orders are in flight, a refusal is not final: they may be cheaper than expected, or not accepted. */
	private waitOr(message: UserMessage): Verdict {
		return this.onTheWay > 0 ? { kind: 'wait' } : { kind: 'refused', message };
	}
}
