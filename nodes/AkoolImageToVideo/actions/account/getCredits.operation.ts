// Get Credits: what is left in the account. One answer for the whole run, since all its items share the credential.

import { parseBalance } from '../../akool/answers';
import { ENDPOINTS } from '../../akool/endpoints';
import { isRecord } from '../../akool/json';
import { deliver } from '../../items/toItems';
import { shownJson } from '../../items/videoJson';
import { readFromAkool } from '../../transport/client';
import { CallFailure, NO_BALANCE } from '../../transport/outcome';
import { isRawWanted, outputFieldFor } from '../fields/output';
import { fieldsOf, type Operation } from '../operation';

const outputField = outputFieldFor('balance');

export const getCredits: Operation = {
	fields: fieldsOf('account', 'getCredits', [outputField]),

	/** Vendor page: "Get Credit Info". */
	async execute(run) {
		const said = await readFromAkool(run.context, 'credits');
		const balance = parseBalance(said);
		if (balance === undefined) throw new CallFailure(NO_BALANCE, ENDPOINTS.credits);
		const { credit, available } = balance;
		const simplified = available === credit ? { credit } : { credit, lock_credit: credit - available };
		const json = isRawWanted(run, outputField) && isRecord(said) ? shownJson(said) : simplified;
		return deliver(run, [{ kind: 'record', itemIndex: undefined, json }]);
	},
};
