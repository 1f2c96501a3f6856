// What a run may cost. Akool tells no price beforehand, so a price is what this execution was really charged. Nothing is started that would
// pass a limit, counting what is in flight; and whatever was not started is said, item by item.

import type { UserMessage } from '../messages/define';
import { orderMessages } from '../messages/orders';
import type { Ledger } from './ledger';

export interface BudgetLimits {
	/** Undefined where the user set none. */
	maxCredits: number | undefined;
	maxVideos: number | undefined;
	minBalance: number | undefined;
}

/** A place in the budget for one request: to be given back when it has ended. */
export interface Reservation {
	release(): void;
}

export type Admission = { kind: 'admitted'; reservation: Reservation } | { kind: 'refused'; message: UserMessage };

/**
 * Guards Maximum Credits while several creates are in flight. Until a first price is known, one request goes alone, and none after it where
 * Akool names none; after that, each one in flight counts with the highest price seen.
 */
export class CreditGate {
	private videosInFlight = 0;

	private waiting: Array<() => void> = [];

	constructor(
		private readonly ledger: Ledger,
		private readonly maxCredits: number | undefined,
	) {}

	/** Waits until it is clear whether a request for so many videos fits, and says so. */
	async admit(videoCount: number): Promise<Admission> {
		if (this.maxCredits === undefined) return { kind: 'admitted', reservation: { release: () => undefined } };
		for (;;) {
			const verdict = this.judge(videoCount, this.maxCredits);
			if (verdict === undefined) return { kind: 'admitted', reservation: this.reserve(videoCount) };
			if (this.videosInFlight === 0) return { kind: 'refused', message: verdict };
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		}
	}

	/** Why a request may not go now; undefined where it may. */
	private judge(videoCount: number, maxCredits: number): UserMessage | undefined {
		const { spent, price } = this.ledger.spending();
		if (price === undefined)
			return this.videosInFlight === 0 && this.ledger.count() === 0
				? undefined
				: orderMessages.priceUnknown(maxCredits);
		const expected = spent + (this.videosInFlight + videoCount) * price;
		return expected <= maxCredits ? undefined : orderMessages.maxCreditsReached(maxCredits, spent, price);
	}

	private reserve(videoCount: number): Reservation {
		this.videosInFlight += videoCount;
		return {
			release: () => {
				this.videosInFlight -= videoCount;
				const woken = this.waiting;
				this.waiting = [];
				for (const wake of woken) wake();
			},
		};
	}
}
