// The engine: the same create, which n8n runs again by itself (Retry On Fail). What the first try has paid for is taken up by the second, and only
// what is not there is made.

import type { INodeParameters } from 'n8n-workflow';

import { create, createBatch, RETRY } from '../integration/stage';
import type { RunRequest } from '../integration/engine';
import type { Cell, Fault, Row } from './cell';
import { codeColumn, type Code, type Column } from './columns';
import { byToken, plus, running, stopWhenAsked } from './ways';

const SOON = '[sandbox: queue=0, seconds=1]';
const NO_WAIT = { waitForCompletion: false };
const PAID = { videos: 1, credits: 20 };
const MADE = { user: 'queued', ...PAID };
const WAITED = { user: 'completed', ...PAID };
const UNKNOWN = 'error "Akool may have created this video: check before retrying [Item 0]", perhaps charged';
/** As often as a busy Akool is asked in one try, and as a wait looks at what is odd. */
const TRIES = 4;
const ODD_LOOKS = 6;
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
/** Accepted or not, it is not sent a second time; the second try looks for it once more. */
const unfound = (column: Column, fault: Fault): Cell => ({
	column,
	faults: [fault],
	user: UNKNOWN,
	asked: { credits: 3, create: 1, list: 2 },
});
const found = (column: Column, fault: Fault): Cell => ({
	column,
	faults: [{ ...fault, accepted: true }],
	asked: { credits: 1, create: 1, list: 1 },
	...MADE,
});
/** The first try could not bring the video home; the second takes it up and does. */
const broughtHome = (column: Column, fault: Fault, results: number, files: number): Cell => ({
	column,
	faults: [fault],
	run: again(waiting),
	asked: { credits: 1, create: 1, results, file: files },
	...WAITED,
	user: 'completed with file',
});

export const retryRow: Row = {
	name: 'Retry On Fail',
	on: 'create',
	run: again(create(NO_WAIT)),
	async prepare({ stage }) {
		stage.sandbox.credits = 100_000;
		return [];
	},
	cells: [
		{
			column: 'connection refused',
			refuse: 2 * TRIES + 2,
			user: `error "Couldn't reach Akool [Item 0]"`,
			asked: { refused: 2 * TRIES + 2 },
		},
		unfound('reset before acceptance', { kind: 'resetBefore' }),
		found('reset after acceptance', { kind: 'resetAfter' }),
		unfound('hang, not accepted', { kind: 'hang' }),
		found('hang, accepted', { kind: 'hang' }),
		unfound('HTTP 500 page, not accepted', { kind: 'status' }),
		found('HTTP 500 page, accepted', { kind: 'status' }),
		found('cut JSON', { kind: 'cutJson' }),
		// How long n8n waits between its own tries is n8n's to say.
		{
			column: 'HTTP 429 with Retry-After',
			faults: [{ kind: 'rateLimit', retryAfterSeconds: 0, times: TRIES }],
			asked: { credits: 2, create: TRIES + 1 },
			...MADE,
		},
		{
			column: 'code 1005',
			faults: [{ kind: 'code', code: 1005, times: TRIES }],
			asked: { credits: 2, create: TRIES + 1 },
			...MADE,
		},
		refusedOnce(1003),
		refusedOnce(1006),
		refusedOnce(1015),
		{
			...refusedOnce(1101),
			run: running(
				() => create(NO_WAIT),
				(scene) => ({ settings: RETRY, ...byToken(scene) }),
			),
			asked: { token: 2, credits: 3, create: 2 },
		},
		refusedOnce(1109),
		refusedOnce(1200),
		broughtHome(
			'unknown status',
			{ on: 'results', kind: 'unknownStatus', status: 7, times: ODD_LOOKS },
			ODD_LOOKS + 1,
			1,
		),
		broughtHome('missing row', { on: 'results', kind: 'missingRow', times: ODD_LOOKS }, ODD_LOOKS + 1, 1),
		broughtHome('empty list', { on: 'results', kind: 'emptyList', times: ODD_LOOKS }, ODD_LOOKS + 1, 1),
		broughtHome('cut file', { on: 'file', kind: 'cutFile', times: FILE_TRIES }, 2, FILE_TRIES + 1),
		broughtHome('stalled file', { on: 'file', kind: 'stalledFile', times: FILE_TRIES }, 2, FILE_TRIES + 1),
		broughtHome('wrong content type', { on: 'file', kind: 'wrongType', times: FILE_TRIES }, 2, FILE_TRIES + 1),
		{
			column: 'partial batch',
			faults: [{ on: 'batch', kind: 'partialBatch', made: 2 }],
			run: again(createBatch({ count: 3, ...NO_WAIT })),
			user: '2 × queued, Akool created 2 of 3 videos [Item 0]',
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
			run: async (scene) =>
				await stopWhenAsked(scene, 'create', create({ ...NO_WAIT, options: { concurrency: 1 } }), {
					settings: RETRY,
					items: [{}, {}, {}],
				}),
			user: 'stopped, the log names every video',
			asked: plus({ credits: 1, create: 1 }),
			...PAID,
		},
	],
};
