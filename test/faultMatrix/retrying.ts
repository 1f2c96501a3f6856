// The engine: the same create, which n8n runs again automatically (Retry On Fail). The second try takes up what the first has paid for, and
// creates only the rest.

import type { INodeParameters } from 'n8n-workflow';

import { create, createBatch, RETRY } from '../integration/harness';
import type { RunRequest } from '../integration/engine';
import type { Cell, Fault, Row } from './cell';
import { codeColumn, type Code, type Column } from './columns';
import { byToken, plus, running, stopWhenAsked } from './running';

const SOON = '[sandbox: queue=0, seconds=1]';
const NO_WAIT = { waitForCompletion: false };
const PAID = { videos: 1, credits: 20 };
const MADE = { user: 'queued', ...PAID };
const WAITED = { user: 'completed', ...PAID };
/** As often as nobody answered in one try, and as a wait polls when the state is odd. */
const TRIES = 4;
const ODD_REPORTS = 6;
const FILE_TRIES = 3;

const again = (parameters: INodeParameters, more: Partial<RunRequest> = {}): Row['run'] =>
	running(
		() => parameters,
		() => ({ settings: RETRY, ...more }),
	);
const waiting = create({ prompt: SOON, downloadVideo: true });

/** Refused on the first try, made on the second. */
const refusedOnce = (code: Code): Cell => ({
	column: codeColumn(code),
	faults: [{ kind: 'code', code }],
	asked: { credits: 2, create: 2 },
	...MADE,
});
/** Two balances 30 seconds apart and the list show that it was not accepted; only then does the second try send it again. */
const cleared = (column: Column, fault: Fault): Cell => ({
	column,
	faults: [fault],
	asked: { credits: 4, create: 2, list: 2 },
	...MADE,
});
const found = (column: Column, fault: Fault): Cell => ({
	column,
	faults: [{ ...fault, accepted: true }],
	asked: { credits: 1, create: 1, list: 1, results: 1 },
	...MADE,
});
/** The first try could not return the video; the second continues with it and does. */
const finishes = (column: Column, fault: Fault, results: number): Cell => ({
	column,
	faults: [fault],
	run: again(waiting),
	asked: { credits: 1, create: 1, results, file: 1 },
	...WAITED,
	user: 'completed with file',
});
/** A missing file does not make n8n run the node again: the video is returned without it. */
const withoutFile = (column: Column, fault: Fault): Cell => ({
	column,
	faults: [{ on: 'file', ...fault, times: FILE_TRIES }],
	run: again(waiting),
	asked: { credits: 1, create: 1, results: 1, file: FILE_TRIES },
	...WAITED,
	user: `completed; hint: This video was returned without a file: #1. The field 'download_error' of its item says why. Download fetches the files later`,
});

export const retryRow: Row = {
	name: 'Retry On Fail',
	on: 'create',
	run: again(create(NO_WAIT)),
	async prepare({ harness }) {
		harness.sandbox.credits = 100_000;
		return [];
	},
	cells: [
		{
			column: 'connection refused',
			refuse: Infinity,
			user: `error "Couldn't reach Akool"`,
			asked: { refused: 2 * TRIES + 2 },
		},
		cleared('reset before acceptance', { kind: 'resetBefore' }),
		found('reset after acceptance', { kind: 'resetAfter' }),
		cleared('hang, not accepted', { kind: 'hang' }),
		found('hang, accepted', { kind: 'hang' }),
		cleared('HTTP 500 page, not accepted', { kind: 'status' }),
		found('HTTP 500 page, accepted', { kind: 'status' }),
		found('cut JSON', { kind: 'cutJson' }),
		// With more attempts than this, the first try gets there by itself.
		{
			column: 'HTTP 429 with Retry-After',
			faults: [{ kind: 'rateLimit', retryAfterSeconds: 0, times: TRIES }],
			asked: { credits: 1, create: TRIES + 1 },
			...MADE,
		},
		{
			column: 'code 1005',
			faults: [{ kind: 'code', code: 1005, times: TRIES }],
			asked: { credits: 1, create: TRIES + 1 },
			...MADE,
		},
		refusedOnce(1003),
		refusedOnce(1006),
		cleared('code 1015', { kind: 'code', code: 1015 }),
		{
			...refusedOnce(1101),
			run: running(
				() => create(NO_WAIT),
				(context) => ({ settings: RETRY, ...byToken(context) }),
			),
			asked: { token: 2, credits: 3, create: 2 },
		},
		cleared('code 2001', { kind: 'code', code: 2001 }),
		cleared('unknown code', { kind: 'code', code: 4711 }),
		found('code 2001 after the charge', { kind: 'code', code: 2001 }),
		{
			column: 'success at another status',
			faults: [{ kind: 'wrongStatus' }],
			asked: { credits: 1, create: 1 },
			...MADE,
		},
		refusedOnce(1109),
		refusedOnce(1200),
		finishes(
			'unknown status',
			{ on: 'results', kind: 'unknownStatus', status: 7, times: ODD_REPORTS },
			ODD_REPORTS + 1,
		),
		finishes('missing row', { on: 'results', kind: 'missingRow', times: ODD_REPORTS }, ODD_REPORTS + 1),
		finishes('empty list', { on: 'results', kind: 'emptyList', times: ODD_REPORTS }, ODD_REPORTS + 1),
		withoutFile('cut file', { kind: 'cutFile' }),
		withoutFile('stalled file', { kind: 'stalledFile' }),
		withoutFile('wrong content type', { kind: 'wrongType' }),
		{
			column: 'partial batch',
			faults: [{ on: 'batch', kind: 'partialBatch', made: 2 }],
			run: again(createBatch({ count: 3, ...NO_WAIT })),
			user: '2 × queued, Akool created 2 of 3 videos',
			asked: { models: 1, credits: 1, batch: 1 },
			videos: 2,
			credits: 10,
		},
		{
			column: '1,000 at once',
			faults: [{ kind: 'code', code: 1003, after: 500 }],
			run: again(create({ ...NO_WAIT, options: { concurrency: 20 } }), {
				items: Array.from({ length: 1_000 }, () => ({})),
			}),
			user: '1000 × queued',
			asked: { credits: 2, create: 1_001 },
			videos: 1_000,
			credits: 20_000,
		},
		{
			column: 'stopped execution',
			faults: [{ kind: 'delay', ms: 100 }],
			run: async (context) =>
				await stopWhenAsked(context, 'create', create({ ...NO_WAIT, options: { concurrency: 1 } }), {
					settings: RETRY,
					items: [{}, {}, {}],
				}),
			user: 'stopped, the log names every video',
			asked: plus({ credits: 1, create: 1 }),
			...PAID,
		},
	],
};
