// The calls that cost nothing. A temporary failure is retried, a refusal is reported at once, and an empty list never counts as
// an answer about a video.

import type { INodeParameters } from 'n8n-workflow';

import { onVideos } from '../integration/harness';
import { RATE_LIMIT, type Cell, type Row, type CellContext } from './cell';
import { codeColumn, REFUSALS, type Code } from './columns';
import { byToken, finishedVideos, manyFinishedVideos, running, stopWhenAsked } from './running';

interface Reading {
	name: string;
	on: 'results' | 'effects' | 'models' | 'credits' | 'delete';
	/** What the user gets when all is well. */
	well: string;
	/** What Akool was asked for, as messages name it. */
	purpose: string;
	/** How often it is tried. */
	attempts: number;
	parameters(context: CellContext): INodeParameters;
}

const GET: Reading = {
	name: 'Get',
	on: 'results',
	well: 'completed',
	purpose: 'looking up the videos',
	attempts: 4,
	parameters: ({ ids }) => onVideos('get', ids.join(',')),
};
const EFFECTS: Reading = {
	name: 'Get Many effects',
	on: 'effects',
	well: '24 × effect',
	purpose: 'listing the effects',
	attempts: 2,
	parameters: () => ({ resource: 'effect', operation: 'getAll' }),
};
const MODELS: Reading = {
	name: 'Get Many models',
	on: 'models',
	well: '14 × model',
	purpose: 'listing the models',
	attempts: 2,
	parameters: () => ({ resource: 'model', operation: 'getAll' }),
};
const CREDITS: Reading = {
	name: 'Get Credits',
	on: 'credits',
	well: '{"credit":10000}',
	purpose: 'reading the credit balance',
	attempts: 4,
	parameters: () => ({ resource: 'account', operation: 'getCredits' }),
};

/** Temporary failures: retried, and reported only if they stay. */
function passingCells({ on, well, purpose, attempts }: Reading): Cell[] {
	const twice = { user: well, asked: { [on]: 2 } };
	const inVain = { user: `error "Akool didn't return a valid response (while ${purpose})"`, asked: { [on]: attempts } };
	return [
		{ column: 'connection refused', refuse: 1, user: well, asked: { refused: 1, [on]: 1 } },
		{ column: 'reset before acceptance', faults: [{ kind: 'resetBefore' }], ...twice },
		{ column: 'reset after acceptance', faults: [{ kind: 'resetAfter', times: Infinity }], ...inVain },
		{ column: 'hang, not accepted', faults: [{ kind: 'hang' }], ...twice },
		{ column: 'hang, accepted', faults: [{ kind: 'hang', accepted: true, times: Infinity }], ...inVain },
		{ column: 'HTTP 500 page, not accepted', faults: [{ kind: 'status' }], ...twice },
		{ column: 'HTTP 500 page, accepted', faults: [{ kind: 'status', accepted: true, times: Infinity }], ...inVain },
		{ column: 'HTTP 429 with Retry-After', faults: [RATE_LIMIT], ...twice },
		{ column: 'cut JSON', faults: [{ kind: 'cutJson' }], ...twice },
		{
			column: 'code 1005',
			faults: [{ kind: 'code', code: 1005, times: Infinity }],
			user: 'error 1005 "Too many requests to Akool"',
			asked: { [on]: attempts },
		},
	];
}

function refusedCells({ on, well, parameters }: Reading): Cell[] {
	const refusal = (code: Code, title: string): Cell => ({
		column: codeColumn(code),
		faults: [{ kind: 'code', code, times: Infinity }],
		user: `error ${code} "${title}"`,
		asked: { [on]: 1 },
	});
	return [
		...REFUSALS.map(([code, title]) => refusal(code, title)),
		refusal(1015, 'Akool could not create the video'),
		{
			column: 'code 1101',
			faults: [{ kind: 'code', code: 1101 }],
			run: running(parameters, byToken),
			user: well,
			asked: { token: 2, [on]: 2 },
		},
		{
			column: 'stopped execution',
			faults: [{ kind: 'hang' }],
			run: async (context) => await stopWhenAsked(context, on, parameters(context)),
			user: 'stopped',
			asked: { [on]: 1 },
		},
	];
}

function readingRow(call: Reading, more: readonly Cell[], prepare?: Row['prepare']): Row {
	return {
		name: call.name,
		on: call.on,
		prepare,
		run: running(call.parameters),
		cells: [...passingCells(call), ...refusedCells(call), ...more],
	};
}

const MANY = Array.from({ length: 1_000 }, () => ({}));

export const getRow = readingRow(
	GET,
	[
		{
			column: '1,000 at once',
			prepare: manyFinishedVideos,
			user: '1000 × completed',
			asked: { results: 10 },
		},
		{
			column: 'unknown status',
			faults: [{ kind: 'unknownStatus', status: 7 }],
			user: 'unknown',
			asked: { results: 1 },
		},
		{
			column: 'missing row',
			faults: [{ kind: 'missingRow' }],
			user: 'error "Akool has no video #1", names #1',
			asked: { results: 1 },
		},
		{
			column: 'empty list',
			faults: [{ kind: 'emptyList' }],
			user: 'error "Akool has no video #1", names #1',
			asked: { results: 1 },
		},
	],
	async (context) => await finishedVideos(context, 1),
);
export const effectsRow = readingRow(EFFECTS, [
	{ column: 'empty list', faults: [{ kind: 'emptyList' }], user: 'no items', asked: { effects: 1 } },
	{
		column: '1,000 at once',
		run: running(EFFECTS.parameters, () => ({ items: MANY })),
		user: '24 × effect',
		asked: { effects: 1 },
	},
]);
export const modelsRow = readingRow(MODELS, [
	{ column: 'empty list', faults: [{ kind: 'emptyList' }], user: 'no items', asked: { models: 1 } },
	{
		column: '1,000 at once',
		run: running(MODELS.parameters, () => ({ items: MANY })),
		user: '14 × model',
		asked: { models: 1 },
	},
]);
export const creditsRow = readingRow(CREDITS, [
	{
		column: '1,000 at once',
		run: running(CREDITS.parameters, () => ({ items: MANY })),
		user: '{"credit":10000}',
		asked: { credits: 1 },
	},
]);
