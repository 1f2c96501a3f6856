// Get Credits: what is left in the account. One answer for the whole run, since all its items share the credential.

import { parseCredits } from '../../akool/answers';
import { deliver } from '../../run/deliver';
import { readFromAkool } from '../../transport/akool';
import { fieldsOf, type Operation } from '../operation';

export const getCredits: Operation = {
	fields: fieldsOf('account', 'getCredits', []),

	/** Vendor page: "Get Credit Info". */
	async execute(run) {
		const credit = parseCredits(await readFromAkool(run.context, 'credits'));
		return deliver(run, [{ kind: 'record', itemIndex: undefined, json: { credit } }]);
	},
};
