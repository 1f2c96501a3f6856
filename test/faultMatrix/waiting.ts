// The status request that is repeated while a run waits. A failed one is ignored, an unknown state never counts as finished, and if Akool
// refuses permanently, the paid video is named.

import { create, OPTIONS_POLLING } from '../integration/harness';
import { RATE_LIMIT, seen, type Cell, type Fault, type Requests, type Row, type CellContext } from './cell';
import { codeColumn, type Code, type Column } from './columns';
import { byToken, plus, running, stopWhenAsked, until } from './running';

const SOON = '[sandbox: queue=0, seconds=1]';
const ORDER: Requests = { credits: 1, create: 1 };
const PAID = { videos: 1, credits: 20 };
const parameters = () => create({ prompt: SOON });
/** Slow enough for an outage to begin between the create and the first status request. */
/** So many odd or refused status requests in a row end the wait. */
const POLLS_BEFORE_FAILURE = 6;
/** A row that is missing, and a request that is refused, are tried for two minutes: a list may lag behind, and Akool's own trouble may pass. */
const POLLS_OF_TWO_MINUTES = 20;

const polls = (count: number): Requests => plus(ORDER, { results: count });

/** Some status requests fail, the next one shows the finished video. */
const passing = (column: Column, fault: Fault, times = 2): Cell => ({
	column,
	faults: [{ ...fault, times }],
	user: 'completed',
	asked: polls(times + 1),
	...PAID,
});

/** Every status request has the same result. */
const lasting = (column: Column, fault: Fault, count: number, title: string): Cell => ({
	column,
	faults: [{ ...fault, times: Infinity }],
	user: `error ${title}, names #1`,
	asked: polls(count),
	...PAID,
});

const shutOut = (code: Code, title: string): Cell =>
	lasting(codeColumn(code), { kind: 'code', code }, 1, `${code} "${title}"`);

async function barredAfterTheCreate(context: CellContext): Promise<string> {
	const { sandbox } = context.harness;
	const outcome = context.harness.run(parameters());
	await until(
		context,
		() => sandbox.requests.some(({ endpoint, answered }) => endpoint === 'create' && answered === 200),
		'the create',
	);
	await context.outage.refuse(1);
	return seen(await outcome, context);
}

export const waitingRow: Row = {
	name: 'Waiting',
	on: 'results',
	run: running(parameters),
	cells: [
		{
			column: 'connection refused',
			run: barredAfterTheCreate,
			user: 'completed',
			asked: plus(polls(1), { refused: 1 }),
			...PAID,
		},
		passing('reset before acceptance', { kind: 'resetBefore' }),
		passing('reset after acceptance', { kind: 'resetAfter' }),
		passing('hang, not accepted', { kind: 'hang' }, 1),
		passing('hang, accepted', { kind: 'hang', accepted: true }, 1),
		passing('HTTP 500 page, not accepted', { kind: 'status' }),
		passing('HTTP 500 page, accepted', { kind: 'status', accepted: true }),
		passing('HTTP 429 with Retry-After', RATE_LIMIT),
		passing('cut JSON', { kind: 'cutJson' }),
		passing('code 1003', { kind: 'code', code: 1003 }, POLLS_OF_TWO_MINUTES - 1),
		passing('code 1005', { kind: 'code', code: 1005 }, 2 * POLLS_BEFORE_FAILURE),
		lasting(
			'code 1006',
			{ kind: 'code', code: 1006 },
			POLLS_OF_TWO_MINUTES,
			'1006 "The Akool account does not have enough credits"',
		),
		passing('code 2001', { kind: 'code', code: 2001 }),
		passing('unknown code', { kind: 'code', code: 4711 }),
		{ ...passing('success at another status', { kind: 'wrongStatus' }, 1), asked: polls(1) },
		passing('code 1015', { kind: 'code', code: 1015 }, POLLS_OF_TWO_MINUTES - 1),
		shutOut(1109, 'Akool does not know this API key'),
		shutOut(1200, 'Akool has blocked this account'),
		{
			...passing('code 1101', { kind: 'code', code: 1101 }, 1),
			run: running(parameters, byToken),
			asked: plus(polls(2), { token: 2 }),
		},
		lasting(
			'unknown status',
			{ kind: 'unknownStatus', status: 7 },
			POLLS_BEFORE_FAILURE,
			'"Akool reports an unknown status for video #1: 7"',
		),
		lasting('missing row', { kind: 'missingRow' }, POLLS_OF_TWO_MINUTES, '"Akool has no video #1"'),
		passing('empty list', { kind: 'emptyList' }),
		{
			column: '1,000 at once',
			run: running(
				() => create({ prompt: SOON, options: { ...OPTIONS_POLLING, concurrency: 20 } }),
				() => ({ items: Array.from({ length: 1_000 }, () => ({})) }),
			),
			user: '1000 × completed',
			asked: { credits: 1, create: 1_000, results: 10 },
			videos: 1_000,
			credits: 20_000,
		},
		{
			column: 'stopped execution',
			faults: [{ kind: 'hang' }],
			run: async (context) => await stopWhenAsked(context, 'results', parameters()),
			user: 'stopped, the log names every video',
			asked: polls(1),
			...PAID,
		},
	],
	async prepare({ harness }) {
		harness.sandbox.credits = 100_000;
		return [];
	},
};
