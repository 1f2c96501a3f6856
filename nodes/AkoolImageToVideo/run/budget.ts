// What a run may cost. Akool tells no price beforehand, so a price is what this execution was really charged. Nothing is started that would
// pass a limit, counting what is in flight; and whatever was not started is said, item by item.

import type { Fault } from '../transport/faults';
import { inputFault } from '../transport/faults';
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

export type Admission = { kind: 'admitted'; reservation: Reservation } | { kind: 'refused'; fault: Fault };

/** The request would make more videos than Maximum Videos allows: refused before the first is paid for. */
export function maxVideosFault(limit: number, existing: number, planned: number): Fault {
	const before = existing === 0 ? '' : ` This execution made ${existing} before.`;
	return inputFault(
		'Maximum Videos',
		`is ${limit}, but this execution would make ${existing + planned}`,
		`Nothing was created now.${before} Raise Maximum Videos under Options, or pass fewer items.`,
	);
}

/** The account has less than Minimum Balance. */
export function minBalanceFault(limit: number, balance: number): Fault {
	return inputFault(
		'Minimum Balance',
		`is ${limit} credits, but the account has ${balance}`,
		'Nothing was created. Top up the credits in your Akool account, or lower Minimum Balance under Options.',
	);
}

function maxCreditsFault(limit: number, spent: number, price: number): Fault {
	return {
		title: 'Not created: it would go beyond Maximum Credits',
		description: `This execution has spent ${spent} of ${limit} credits, and the next video is expected to cost ${price}. Raise Maximum Credits under Options to create this one too.`,
	};
}

function unknownPriceFault(limit: number): Fault {
	return {
		title: 'Not created: Akool has not said what a video costs',
		description: `Maximum Credits is ${limit}, but the earlier answers of this execution name no price, so it cannot be kept. Look at the balance in your Akool account before you create more.`,
	};
}

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
			if (this.videosInFlight === 0) return { kind: 'refused', fault: verdict };
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		}
	}

	/** Why a request may not go now; undefined where it may. */
	private judge(videoCount: number, maxCredits: number): Fault | undefined {
		const { spent, price } = this.ledger.spending();
		if (price === undefined)
			return this.videosInFlight === 0 && this.ledger.count() === 0 ? undefined : unknownPriceFault(maxCredits);
		const expected = spent + (this.videosInFlight + videoCount) * price;
		return expected <= maxCredits ? undefined : maxCreditsFault(maxCredits, spent, price);
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
