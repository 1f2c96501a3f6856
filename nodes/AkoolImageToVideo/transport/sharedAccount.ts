// The account that calls are judged by. Calls come in crowds, and to decrypt a credential takes n8n longer than all else about a call: so it is done once
// for those that come within a moment. A credential that is changed meanwhile counts from the next moment on.

import { clock } from '../clock';
import type { AkoolAccount } from '../akool/account';
import { accountOf, CREDENTIAL_TYPE, keepAccount, type AkoolContext } from './credentials';

const MOMENT_MS = 1_000;

/** The accounts of this moment, by the credential's ID. */
const accounts = new Map<string, Promise<AkoolAccount>>();

/** The decrypted credential of the node that is called. @throws what n8n throws where there is none */
export async function sharedAccountOf(context: AkoolContext): Promise<AkoolAccount> {
	const credentialId = context.getNode().credentials?.[CREDENTIAL_TYPE]?.id;
	if (typeof credentialId !== 'string') return await accountOf(context);
	const known = accounts.get(credentialId);
	if (known !== undefined) return keepAccount(context, await known);
	const account = accountOf(context);
	accounts.set(credentialId, account);
	const forget = (): boolean => accounts.delete(credentialId);
	void account.then(async () => await clock.sleep(MOMENT_MS, undefined)).then(forget, forget);
	return await account;
}
