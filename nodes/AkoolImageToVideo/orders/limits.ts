// What is checked before anything is ordered: how many videos there would be, and what the account has.

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

/** Why so many videos may not be ordered; undefined where they may. */
export function tooManyVideos(run: Run, planned: number, limit: number | undefined): UserMessage | undefined {
	if (limit === undefined) return undefined;
	const existing = run.ledger.sums.videos;
	return existing + planned > limit ? orderMessages.maxVideosExceeded(limit, existing, planned) : undefined;
}

export type CheckedBalance =
	{ kind: 'fine'; before: BalanceBefore | undefined } | { kind: 'refused'; message: UserMessage };

/** The balance, which has to be there for Minimum Balance; a refusal where it is not, or too low. */
async function enough(run: Run, limit: number): Promise<number | UserMessage> {
	const outcome = await callWithRetry(run.context, 'credits');
	if (outcome.kind !== 'success') return callMessage(outcome, ENDPOINTS.credits);
	const balance = parseBalance(outcome.data);
	if (balance === undefined) return callMessage(NO_BALANCE, ENDPOINTS.credits);
	return balance.available < limit ? orderMessages.balanceTooLow(limit, balance.available) : balance.available;
}

/** Reads the balance before anything is ordered. Without a limit it is the evidence, should an order get no answer. */
export async function checkBalance(run: Run, limit: number | undefined): Promise<CheckedBalance> {
	const balance = limit === undefined ? await readAvailable(run) : await enough(run, limit);
	if (typeof balance === 'object') return { kind: 'refused', message: balance };
	if (balance === undefined) return { kind: 'fine', before: undefined };
	const account = accountKey(run.account);
	const before = { credits: balance, booked: run.ledger.sums.spent, atMs: clock.now(), account };
	return { kind: 'fine', before };
}
