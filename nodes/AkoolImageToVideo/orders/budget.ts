// What a run may cost. Akool names no price beforehand, so the price is what this execution was really charged for an order of the same kind.
//
// The promise of Maximum Credits: at most one order in all passes the limit, and only because nobody could know its price. So an order whose kind has no
// price yet goes alone, and only while what was spent and what may have been is below the limit; one whose kind has a price goes if it fits, counting all
// orders that are on their way. Where a price that counts is not known (none, zero or less was named, or no answer came), nothing more is ordered.

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

/** What an order would cost, as far as anybody can know. */
interface Expected {
	priceKind: string;
	videoCount: number;
}

type Verdict = { kind: 'fits'; isAlone: boolean } | { kind: 'refused'; message: UserMessage } | { kind: 'wait' };

/** Guards Maximum Credits while several orders are on their way. */
export class Budget {
	private onTheWay = 0;

	/** An order of unknown price is on its way: until it is answered, nobody knows how many credits remain. */
	private isOneAlone = false;

	private waiting: Array<() => void> = [];

	constructor(
		private readonly ledger: Ledger,
		private readonly maxCredits: number | undefined,
	) {}

	/**
	 * Waits until it is clear whether an order fits, and lets it be written down at that moment, so that it counts for the next one.
	 * Whoever is admitted calls `release` once the order is answered.
	 */
	async admit(expected: Expected, place: () => KeptOrder): Promise<Admission> {
		for (;;) {
			const verdict = this.judge(expected);
			if (verdict.kind === 'refused') return verdict;
			if (verdict.kind === 'fits') {
				this.onTheWay++;
				this.isOneAlone = verdict.isAlone;
				return { kind: 'admitted', order: place() };
			}
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		}
	}

	/** An admitted order is answered: others may fit now. */
	release(): void {
		this.onTheWay--;
		this.isOneAlone = false;
		for (const resume of this.waiting.splice(0)) resume();
	}

	private judge({ priceKind, videoCount }: Expected): Verdict {
		const { maxCredits } = this;
		if (maxCredits === undefined) return { kind: 'fits', isAlone: false };
		if (this.isOneAlone) return { kind: 'wait' };
		const unsettled = this.ledger.sums.unsettled();
		if (unsettled === undefined) return this.waitOr(orderMessages.priceUnknown(maxCredits));
		const committed = this.ledger.sums.charged + unsettled;
		const price = this.ledger.sums.priceOf(priceKind);
		if (price !== undefined && committed + price * videoCount <= maxCredits) return { kind: 'fits', isAlone: false };
		if (price !== undefined)
			return this.waitOr(orderMessages.maxCreditsReached(maxCredits, committed, price * videoCount));
		if (this.onTheWay > 0) return { kind: 'wait' };
		if (committed < maxCredits) return { kind: 'fits', isAlone: true };
		return { kind: 'refused', message: orderMessages.maxCreditsSpent(maxCredits, committed) };
	}

	/** Orders on their way may turn out cheaper, or not be accepted: so the answer is not final yet. */
	private waitOr(message: UserMessage): Verdict {
		return this.onTheWay > 0 ? { kind: 'wait' } : { kind: 'refused', message };
	}
}
