// Whether a credential's fields are expressions over items, and which account each item then has. One execution of the node has one account: its items
// are ordered and waited for together, so items of several are refused. n8n resolves a credential for an item where it is told which.

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

/** Says whether the credential comes out otherwise behind the last item, where there is no item to take anything from. */
export async function dependsOnItems(
	context: IExecuteFunctions,
	account: AkoolAccount,
	itemCount: number,
): Promise<boolean> {
	return (await accountOfItem(context, itemCount)) !== accountKey(account);
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
