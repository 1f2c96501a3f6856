// The checks before anything is ordered: Maximum Videos and Minimum Balance.

import { parseBalance } from '../akool/answers';
import { ENDPOINTS } from '../akool/endpoints';
import { callMessage } from '../messages/calls';
import type { UserMessage } from '../messages/userMessage';
import { orderMessages } from '../messages/orders';
import { clock } from '../clock';
import { accountKey } from '../transport/credentials';
import { callWithRetry } from '../transport/client';
import { NO_BALANCE } from '../transport/outcome';
import type { BalanceBefore } from './ledgerSchema';
import { readAvailable } from './reconcile';
import type { Run } from './run';

/** The message where the planned videos would exceed Maximum Videos; undefined where they do not. */
export function tooManyVideos(run: Run, planned: number, limit: number | undefined): UserMessage | undefined {
	if (limit === undefined) return undefined;
	const existing = run.ledger.sums.videos;
	return existing + planned > limit ? orderMessages.maxVideosExceeded(limit, existing, planned) : undefined;
}

export type CheckedBalance =
	{ kind: 'fine'; before: BalanceBefore | undefined } | { kind: 'refused'; message: UserMessage };

/** The spendable credits, or a message where they are below Minimum Balance or cannot be read. */
async function enough(run: Run, limit: number): Promise<number | UserMessage> {
	const outcome = await callWithRetry(run.context, 'credits');
	if (outcome.kind !== 'success') return callMessage(outcome, ENDPOINTS.credits);
	const balance = parseBalance(outcome.data);
	if (balance === undefined) return callMessage(NO_BALANCE, ENDPOINTS.credits);
	return balance.available < limit ? orderMessages.balanceTooLow(limit, balance.available) : balance.available;
}

/** Reads the balance before anything is ordered: for Minimum Balance, and as evidence if an order gets no answer. Never throws. Vendor page: "Get Credit Info". */
export async function checkBalance(run: Run, limit: number | undefined): Promise<CheckedBalance> {
	const balance = limit === undefined ? await readAvailable(run) : await enough(run, limit);
	if (typeof balance === 'object') return { kind: 'refused', message: balance };
	if (balance === undefined) return { kind: 'fine', before: undefined };
	const account = accountKey(run.account);
	const before = { credits: balance, booked: run.ledger.sums.spent, atMs: clock.now(), account };
	return { kind: 'fine', before };
}
