// What is said of orders: limits, unknown outcomes, and what was not created.

import { define, nothingCharged, parameterMessage } from './define';

export const orderMessages = {
	/** The run would create more videos than Maximum Videos allows: refused before the first is paid for. */
	maxVideosExceeded: define([10, 3, 12], (limit: number, existing: number, planned: number) => {
		const before = existing === 0 ? '' : `This execution created ${existing} before. `;
		return parameterMessage(
			'Limit: Maximum Videos',
			`is ${limit}, but this execution would create ${existing + planned}`,
			`${before}Raise 'Limit: Maximum Videos' under Options, or pass fewer items.`,
		);
	}),

	balanceTooLow: define([100, 40], (limit: number, balance: number) =>
		parameterMessage(
			'Limit: Minimum Balance',
			`is ${limit} credits, but the account has ${balance}`,
			"Top up the credits in your Akool account, or lower 'Limit: Minimum Balance' under Options.",
		),
	),

	maxCreditsReached: define([500, 480, 100], (limit: number, spent: number, price: number) =>
		nothingCharged({
			title: "Video not created: it would exceed 'Limit: Maximum Credits'",
			description: `This execution has spent ${spent} of ${limit} credits, and the next video is expected to cost ${price}. Raise 'Limit: Maximum Credits' under Options to create this one too.`,
		}),
	),

	priceUnknown: define([500], (limit: number) =>
		nothingCharged({
			title: 'Video not created: Akool has not said what a video costs',
			description: `'Limit: Maximum Credits' is ${limit}, but the earlier answers of this execution name no price, so it cannot be kept. Look at the balance in your Akool account before you create more.`,
		}),
	),

	stopped: define([], () =>
		nothingCharged({
			title: 'Video not created: the execution was stopped',
			description: 'Run the workflow again to create it.',
		}),
	),

	earlierItem: define([], () =>
		nothingCharged({
			title: 'Video not created: an earlier item stopped the run',
			description: "Under Settings, set 'On Error' to Continue to create the videos of the other items all the same.",
		}),
	),

	orderedOnce: define([], () => 'Several items name the same video: it was ordered once'),
};
