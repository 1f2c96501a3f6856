// An item whose parameters cannot be read this time may have been paid for before, when n8n ran the node the first time. What the ledger holds for
// it goes its way all the same: a message about a parameter must not take the place of a paid video.

import { ENDPOINTS } from '../akool/endpoints';
import { callFault } from '../transport/faults';
import type { ItemResult } from './itemResult';
import type { LedgerEntry } from './ledgerEntry';
import type { Run } from './run';
import { resultOf, type SpendResult } from './spend';

function resultOfUnread(entry: LedgerEntry): SpendResult {
	if (entry.state === 'made') return resultOf(entry);
	const fault = callFault({ kind: 'unclear', reason: entry.reason || 'no answer came' }, ENDPOINTS.create);
	return { itemIndex: entry.itemIndex, made: [], shortfalls: [], faults: [fault] };
}

/** Splits items that could not be read: what came of those that were ordered before, and the faults of the others. */
export function takeUp(run: Run, unreadable: readonly ItemResult[]): { results: SpendResult[]; faults: ItemResult[] } {
	const entries = new Map(unreadable.map((result) => [result, result.itemIndex === undefined ? [] : run.ledger.ofItem(result.itemIndex)]));
	return {
		results: [...entries.values()].flat().map(resultOfUnread),
		faults: unreadable.filter((result) => entries.get(result)?.length === 0),
	};
}
