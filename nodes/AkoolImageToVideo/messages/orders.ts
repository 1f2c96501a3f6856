// What is said of orders: limits, unknown outcomes, and what was not created.

import { define, parameterMessage } from './define';

export const orderMessages = {
	/** The run would make more videos than Maximum Videos allows: refused before the first is paid for. */
	maxVideosExceeded: define([10, 3, 12], (limit: number, existing: number, planned: number) => {
		const before = existing === 0 ? '' : ` This execution made ${existing} before.`;
		return parameterMessage(
			'Maximum Videos',
			`is ${limit}, but this execution would make ${existing + planned}`,
			`Nothing was created now.${before} Raise 'Maximum Videos' under Options, or pass fewer items.`,
		);
	}),

	balanceTooLow: define([100, 40], (limit: number, balance: number) =>
		parameterMessage(
			'Minimum Balance',
			`is ${limit} credits, but the account has ${balance}`,
			"Nothing was created. Top up the credits in your Akool account, or lower 'Minimum Balance' under Options.",
		),
	),

	maxCreditsReached: define([500, 480, 100], (limit: number, spent: number, price: number) => ({
		title: "Not created: it would exceed 'Maximum Credits'",
		description: `This execution has spent ${spent} of ${limit} credits, and the next video is expected to cost ${price}. Raise 'Maximum Credits' under Options to create this one too.`,
	})),

	priceUnknown: define([500], (limit: number) => ({
		title: 'Not created: Akool has not said what a video costs',
		description: `'Maximum Credits' is ${limit}, but the earlier answers of this execution name no price, so it cannot be kept. Look at the balance in your Akool account before you create more.`,
	})),
};
