// Whether a credential's fields are expressions over items, and which account each item then has. A run of the node has one account, since its items
// are ordered and waited for together, so items of several accounts are refused. n8n resolves a credential for an item if it gets the item's number.

import type { IExecuteFunctions } from 'n8n-workflow';

import { readAccount, type AkoolAccount } from '../akool/account';
import { causeOf } from '../messages/causes';
import { logMessages } from '../messages/log';
import { accountKey, CREDENTIAL_TYPE } from './credentials';

async function accountOfItem(context: IExecuteFunctions, itemIndex: number): Promise<string | undefined> {
	try {
		return accountKey(readAccount(await context.getCredentials(CREDENTIAL_TYPE, itemIndex)));
	} catch (error) {
		context.logger.debug(logMessages.credentialUnreadable(causeOf(error)));
		return undefined;
	}
}

/** How many items are checked; the others only if these do not all have the same account. */
const MOST_SAMPLES = 50;

/** The last item, and others evenly spread. */
function samplesOf(itemCount: number): number[] {
	const step = Math.max(1, itemCount / MOST_SAMPLES);
	return Array.from({ length: Math.min(itemCount, MOST_SAMPLES) }, (_, n) => itemCount - 1 - Math.floor(n * step));
}

/**
 * Says whether the credential differs for some of the items, or for an index after the last one, where expressions find no item: an expression may fall
 * back on a default account.
 */
export async function dependsOnItems(
	context: IExecuteFunctions,
	account: AkoolAccount,
	itemCount: number,
): Promise<boolean> {
	const own = accountKey(account);
	for (const itemIndex of [itemCount, ...samplesOf(itemCount)])
		if ((await accountOfItem(context, itemIndex)) !== own) return true;
	return false;
}

/** The items of each account, in the order of their first items. */
export async function itemsByAccount(context: IExecuteFunctions, itemCount: number): Promise<number[][]> {
	const groups = new Map<string | undefined, number[]>();
	for (let itemIndex = 0; itemIndex < itemCount; itemIndex++) {
		const key = await accountOfItem(context, itemIndex);
		groups.set(key, [...(groups.get(key) ?? []), itemIndex]);
	}
	return [...groups.values()];
}
