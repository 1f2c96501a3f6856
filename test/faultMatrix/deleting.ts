// Delete. A deleted video cannot be deleted again, so a delete without an answer is reported and not repeated; and Akool's "Delete successfully"
// does not count, only the IDs that it lists.

import { CONTINUE, onVideos, UNKNOWN_ID } from '../integration/harness';
import { RATE_LIMIT, type Cell, type Fault, type Row, type CellContext } from './cell';
import { codeColumn, type Code, type Column } from './columns';
import { byToken, finishedVideos, manyFinishedVideos, running, stopWhenAsked } from './running';

const parameters = ({ ids }: CellContext) => onVideos('delete', ids.join(','));
const NO_ANSWER = `error "Akool didn't return a valid response (while deleting the videos)"`;

/** What the user reads, and how many videos are really gone. */
function deleting(run: NonNullable<Row['run']>): NonNullable<Row['run']> {
	return async (context) =>
		`${await run(context)}; gone: ${context.harness.sandbox.jobs.filter(({ deleted }) => deleted).length}`;
}

const unknownOutcome = (column: Column, fault: Fault, gone: 0 | 1): Cell => ({
	column,
	faults: [fault],
	user: `${NO_ANSWER}; gone: ${gone}`,
	asked: { delete: 1 },
});
const repeated = (column: Column, fault: Fault): Cell => ({
	column,
	faults: [{ ...fault, times: 2 }],
	user: 'deleted; gone: 1',
	asked: { delete: 3 },
});
const refusal = (code: Code, title: string): Cell => ({
	column: codeColumn(code),
	faults: [{ kind: 'code', code, times: Infinity }],
	user: `error ${code} "${title}"; gone: 0`,
	asked: { delete: 1 },
});

export const deleteRow: Row = {
	name: 'Delete',
	on: 'delete',
	prepare: async (context) => await finishedVideos(context, 1),
	run: deleting(running(parameters)),
	cells: [
		{ column: 'connection refused', refuse: 1, user: 'deleted; gone: 1', asked: { refused: 1, delete: 1 } },
		unknownOutcome('reset before acceptance', { kind: 'resetBefore' }, 0),
		unknownOutcome('reset after acceptance', { kind: 'resetAfter' }, 1),
		unknownOutcome('hang, not accepted', { kind: 'hang' }, 0),
		unknownOutcome('hang, accepted', { kind: 'hang', accepted: true }, 1),
		unknownOutcome('HTTP 500 page, not accepted', { kind: 'status' }, 0),
		unknownOutcome('HTTP 500 page, accepted', { kind: 'status', accepted: true }, 1),
		unknownOutcome('cut JSON', { kind: 'cutJson' }, 1),
		repeated('HTTP 429 with Retry-After', RATE_LIMIT),
		repeated('code 1005', { kind: 'code', code: 1005 }),
		refusal(1003, 'Akool did not accept a value'),
		refusal(1006, 'The Akool account does not have enough credits'),
		refusal(1015, 'Akool could not create the video'),
		refusal(1109, 'Akool does not know this API key'),
		refusal(1200, 'Akool has blocked this account'),
		{
			column: 'code 1101',
			faults: [{ kind: 'code', code: 1101 }],
			run: deleting(running(parameters, byToken)),
			user: 'deleted; gone: 1',
			asked: { token: 2, delete: 2 },
		},
		{
			column: 'missing row',
			run: deleting(
				running(
					({ ids }) => onVideos('delete', [...ids, UNKNOWN_ID].join(',')),
					() => ({ settings: CONTINUE }),
				),
			),
			user: `deleted, Akool did not delete video ${UNKNOWN_ID}; gone: 1`,
			asked: { delete: 1 },
		},
		{
			column: 'empty list',
			faults: [
				{
					kind: 'status',
					status: 200,
					body: { code: 1000, msg: 'Delete successfully', data: { successIds: [], noPermissionItems: [] } },
				},
			],
			user: 'error "Akool did not delete video #1", names #1; gone: 0',
			asked: { delete: 1 },
		},
		{
			column: '1,000 at once',
			prepare: manyFinishedVideos,
			user: '1000 × deleted; gone: 1000',
			asked: { delete: 10 },
		},
		{
			column: 'stopped execution',
			faults: [{ kind: 'hang' }],
			run: deleting(async (context) => await stopWhenAsked(context, 'delete', parameters(context))),
			user: 'stopped; gone: 0',
			asked: { delete: 1 },
		},
	],
};
