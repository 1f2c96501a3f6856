// What is said of orders: limits, unknown outcomes, and what was not created.

import { callMessages } from './calls';
import { codeMessage } from './codes';
import { nothingCharged, paragraphs, parameterMessage, withCharged, type UserMessage } from './userMessage';

/** An order that got no answer, or one that does not say what came of it. */
interface Unanswered {
	reason: string;
	/** Akool's own code, where it answered with one. */
	code?: number | undefined;
}

const codeAdvice = (code: number | undefined): string =>
	code === undefined ? '' : ` ${codeMessage(code).description}`;

const withCode = (code: number | undefined): { code?: number } => (code === undefined ? {} : { code });

/** What the balance says of an order. @param balance as it would be without the order, and as it is */
function balanceWords(balance: { expected: number; found: number } | undefined): string {
	if (balance === undefined) return '';
	const { expected, found } = balance;
	return found < expected
		? ` The balance is ${found} credits, ${expected - found} less than the known videos explain: the video was probably charged.`
		: ` The balance (${found} credits) shows no charge for it so far.`;
}

function candidateWords(candidates: readonly string[] | undefined): string {
	if (candidates === undefined) return '';
	if (candidates.length === 0) return " Akool's list of videos does not show it so far.";
	return ` Akool's list of videos shows ${candidates.join(', ')} from the same minute. Look at them with Get.`;
}

function namedWords(named: readonly string[]): string {
	return named.length === 0 ? '' : ` Akool's answer names ${named.join(', ')}. Look at it with Get.`;
}

export const orderMessages = {
	/** The run would create more videos than Maximum Videos allows: refused before the first is paid for. */
	maxVideosExceeded: (limit: number, existing: number, planned: number) => {
		const before = existing === 0 ? '' : `This execution created ${existing} before. `;
		return parameterMessage(
			'Limit: Maximum Videos',
			`is ${limit}, but this execution would create ${existing + planned}`,
			`${before}Raise 'Limit: Maximum Videos' under Options, or pass fewer items.`,
		);
	},

	balanceTooLow: (limit: number, balance: number) =>
		parameterMessage(
			'Limit: Minimum Balance',
			`is ${limit} credits, but the account has ${balance}`,
			"Top up the credits in your Akool account, or lower 'Limit: Minimum Balance' under Options.",
		),

	/** @param spent with what orders of unknown outcome may have cost */
	maxCreditsReached: (limit: number, spent: number, price: number) =>
		nothingCharged({
			title: "Video not created: it would exceed 'Limit: Maximum Credits'",
			description: `This execution has spent ${spent} of ${limit} credits, counting what may have been charged, and this order is expected to cost ${price}. Raise 'Limit: Maximum Credits' under Options to create it too.`,
		}),

	priceUnknown: (limit: number) =>
		nothingCharged({
			title: 'Video not created: Akool has not said what a video costs',
			description: `'Limit: Maximum Credits' is ${limit}, but the earlier answers of this execution name no price, so the limit cannot be enforced. Look at the balance in your Akool account before you create more.`,
		}),

	/** What was spent, or may have been, has reached the limit. */
	maxCreditsSpent: (limit: number, spent: number) =>
		nothingCharged({
			title: "Video not created: 'Limit: Maximum Credits' is reached",
			description: `This execution has spent ${spent} of ${limit} credits, counting what may have been charged. Raise 'Limit: Maximum Credits' under Options to create this one too.`,
		}),

	/** Neither proof nor evidence: the order may have been accepted. */
	unknownOutcome: (
		{ reason, code }: Unanswered,
		balance: { expected: number; found: number } | undefined,
		candidates: readonly string[] | undefined,
		named: readonly string[],
	): UserMessage => {
		const { title, description } = callMessages.outcomeUnknown(reason);
		const known = `${namedWords(named)}${balanceWords(balance)}${candidateWords(candidates)}`;
		const all = paragraphs(description, known.trim(), codeAdvice(code).trim());
		return { title, description: withCharged(all), mayHaveCost: known, ...withCode(code) };
	},

	/** Evidence that an order was not accepted: any retry places it again. */
	cleared: ({ reason, code }: Unanswered, before: number, known: number, after: number, seconds: number): UserMessage =>
		nothingCharged({
			title: 'Akool did not create this video',
			description: paragraphs(
				`The request was sent, but ${reason}. It was not accepted: the balance was ${before} credits before, the videos that are known since cost ${known}, two checks at least ${seconds} seconds apart found ${after} credits, and Akool's list of videos shows none that could be this one.`,
				'Retry the execution, or run this item again, to create it.',
				codeAdvice(code).trim(),
			),
			...withCode(code),
		}),

	/** State of another version of this package, or damaged: paying again would be worse than stopping. */
	ledgerUnreadable: (ids: readonly string[]) => {
		const named = ids.length === 0 ? 'It names no video.' : `It names ${ids.join(', ')}: look at them with Get.`;
		return nothingCharged({
			title: 'Nothing was ordered: the record of what this execution ordered before cannot be read',
			description: `It was written by another version of this package, or is damaged. Ordering again could charge videos twice.\n\n${named} Then run the workflow anew for what is missing.`,
		});
	},

	/** An n8n that does not say which run of the node this is. */
	runUnknown: () =>
		nothingCharged({
			title: 'Nothing was ordered: this version of n8n is not supported',
			description:
				'It does not say which run of the node this is, so orders could not be told from earlier ones, and videos could be charged twice. Use n8n 2.8 or later.',
		}),

	lengthsNotRead: (cause: string) =>
		`The lengths of the videos could not be looked up, so each counts as having a price of its own: ${cause}`,

	proofNotRead: (cause: string) => `The videos that may be an order's could not be looked up: ${cause}`,

	stopped: () =>
		nothingCharged({
			title: 'Video not created: the execution was stopped',
			description: 'Run the workflow again to create it.',
		}),

	earlierItem: () =>
		nothingCharged({
			title: 'Video not created: an earlier item stopped the run',
			description: "Under Settings, set 'On Error' to Continue to create the videos of the other items all the same.",
		}),

	orderedOnce: () => 'Several items name the same video: it was ordered once',
};
