// An item whose parameters cannot be read this time may have been paid for before, when n8n ran the node the first time. What the ledger holds for
// it goes its way all the same: a message about a parameter must not take the place of a paid video.

import type { ItemError } from '../items/itemResult';
import { isPartOfItem, type LedgerEntry } from './ledgerEntry';
import type { Run } from './run';
import { resultOf, type SpendResult } from './submitOrders';
import { doubt } from './reconcile';

function resultOfUnread(entry: LedgerEntry, { itemIndex, message }: ItemError, isFirst: boolean): SpendResult {
	const untold = isFirst && isPartOfItem(entry) ? [message] : [];
	if (entry.state === 'made') {
		const { made, shortfalls } = resultOf(entry);
		return { itemIndex, made, shortfalls: [...shortfalls, ...untold], messages: [] };
	}
	return { itemIndex, made: [], shortfalls: untold, messages: [doubt(entry, 'create')] };
}

/** Splits items that could not be read: what came of those that were ordered before, and the messages of the others. */
export function takeUp(run: Run, unreadable: readonly ItemError[]): { results: SpendResult[]; messages: ItemError[] } {
	const entries = new Map(unreadable.map((result) => [result, run.ledger.ofItem(result.itemIndex)]));
	return {
		results: [...entries].flatMap(([result, ordered]) =>
			ordered.map((entry, index) => resultOfUnread(entry, result, index === 0)),
		),
		messages: unreadable.filter((result) => entries.get(result)?.length === 0),
	};
}
