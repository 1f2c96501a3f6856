// The list of the account's own jobs, in which a create without an answer searches for its video. It is undocumented, so nothing depends on
// it: whatever it answers, the order is not sent again, and the user reads that the video was probably charged.

import { create } from '../integration/harness';
import { RATE_LIMIT, type Cell, type Fault, type Row } from './cell';
import { codeColumn, type Code, type Column } from './columns';
import { running } from './running';

const ACCEPTED_WITHOUT_ANSWER: Fault = { on: 'create', kind: 'resetAfter' };
const UNKNOWN_OUTCOME = {
	user: 'error "Akool may have created this video: check before retrying", perhaps charged',
	asked: { credits: 2, create: 1, list: 1 },
	videos: 1,
	credits: 20,
};

const unknownOrder = (column: Column, fault: Fault): Cell => ({
	column,
	faults: [ACCEPTED_WITHOUT_ANSWER, fault],
	...UNKNOWN_OUTCOME,
});
const refused = (code: Code): Cell => unknownOrder(codeColumn(code), { kind: 'code', code });

export const jobListRow: Row = {
	name: 'List of jobs',
	on: 'list',
	run: running(() => create({ waitForCompletion: false })),
	cells: [
		unknownOrder('reset before acceptance', { kind: 'resetBefore' }),
		unknownOrder('reset after acceptance', { kind: 'resetAfter' }),
		unknownOrder('hang, not accepted', { kind: 'hang' }),
		unknownOrder('hang, accepted', { kind: 'hang', accepted: true }),
		unknownOrder('HTTP 500 page, not accepted', { kind: 'status' }),
		unknownOrder('HTTP 500 page, accepted', { kind: 'status', accepted: true }),
		unknownOrder('HTTP 429 with Retry-After', RATE_LIMIT),
		unknownOrder('cut JSON', { kind: 'cutJson' }),
		refused(1003),
		refused(1005),
		refused(1006),
		refused(1015),
		unknownOrder('code 2001', { kind: 'code', code: 2001 }),
		unknownOrder('unknown code', { kind: 'code', code: 4711 }),
		refused(1101),
		refused(1109),
		refused(1200),
		// The body decides, then the status.
		{
			...unknownOrder('success at another status', { kind: 'wrongStatus' }),
			user: 'queued',
			asked: { credits: 1, create: 1, list: 1, results: 1 },
		},
		// The second request finds it.
		{
			...unknownOrder('empty list', { kind: 'emptyList' }),
			user: 'queued',
			asked: { credits: 2, create: 1, list: 2, results: 1 },
		},
	],
};
