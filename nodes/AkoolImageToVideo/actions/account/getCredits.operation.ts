// Get Credits: what is left in the account. One answer for the whole run, since all its items share the credential.

import { parseBalance } from '../../akool/answers';
import { ENDPOINTS } from '../../akool/endpoints';
import { deliver } from '../../items/toItems';
import { readFromAkool } from '../../transport/client';
import { CallFailure, NO_BALANCE } from '../../transport/outcome';
import { fieldsOf, type Operation } from '../operation';

export const getCredits: Operation = {
	fields: fieldsOf('account', 'getCredits', []),

	/** Vendor page: "Get Credit Info". */
	async execute(run) {
		const balance = parseBalance(await readFromAkool(run.context, 'credits'));
		if (balance === undefined) throw new CallFailure(NO_BALANCE, ENDPOINTS.credits);
		const { credit, available } = balance;
		const json = available === credit ? { credit } : { credit, lock_credit: credit - available };
		return deliver(run, [{ kind: 'record', itemIndex: undefined, json }]);
	},
};
