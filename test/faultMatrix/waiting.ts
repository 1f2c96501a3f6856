// The look that is repeated while a run waits. A look that came to nothing is passed over, nothing odd is taken for finished, and where Akool
// refuses for good the video that was paid for is named.

import { create, OPTIONS_POLLING } from '../integration/stage';
import { RATE_LIMIT, seen, type Cell, type Fault, type Requests, type Row, type Scene } from './cell';
import { codeColumn, type Code, type Column } from './columns';
import { byToken, plus, running, stopWhenAsked, until } from './ways';

const SOON = '[sandbox: queue=0, seconds=1]';
const ORDER: Requests = { credits: 1, create: 1 };
const PAID = { videos: 1, credits: 20 };
const parameters = () => create({ prompt: SOON });
/** Slow enough for a door to be barred between the create and the first look. */
/** As many odd or refused looks in a row are given up. */
const LOOKS_TO_GIVE_UP = 6;
/** A row that is missing is waited for longer: a list may lag behind. */
const LOOKS_FOR_A_ROW = 20;

const looks = (count: number): Requests => plus(ORDER, { results: count });

/** Some looks come to nothing, the next one sees the finished video. */
const passing = (column: Column, fault: Fault, times = 2): Cell => ({
	column,
	faults: [{ ...fault, times }],
	user: 'completed',
	asked: looks(times + 1),
	...PAID,
});

/** Every look comes to the same. */
const lasting = (column: Column, fault: Fault, count: number, title: string): Cell => ({
	column,
	faults: [{ ...fault, times: Infinity }],
	user: `error ${title}, names #1`,
	asked: looks(count),
	...PAID,
});

const shutOut = (code: Code, title: string): Cell =>
	lasting(codeColumn(code), { kind: 'code', code }, 1, `${code} "${title}"`);

async function barredAfterTheCreate(scene: Scene): Promise<string> {
	const { sandbox } = scene.stage;
	const outcome = scene.stage.run(parameters());
	await until(
		scene,
		() => sandbox.requests.some(({ endpoint, answered }) => endpoint === 'create' && answered === 200),
		'the create',
	);
	await scene.door.bar(1);
	return seen(await outcome, scene);
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
			asked: plus(looks(1), { refused: 1 }),
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
		passing('code 1003', { kind: 'code', code: 1003 }, LOOKS_TO_GIVE_UP - 1),
		passing('code 1005', { kind: 'code', code: 1005 }, 2 * LOOKS_TO_GIVE_UP),
		lasting(
			'code 1006',
			{ kind: 'code', code: 1006 },
			LOOKS_TO_GIVE_UP,
			'1006 "The Akool account does not have enough credits"',
		),
		passing('code 2001', { kind: 'code', code: 2001 }),
		passing('unknown code', { kind: 'code', code: 4711 }),
		{ ...passing('success at another status', { kind: 'wrongStatus' }, 1), asked: looks(1) },
		passing('code 1015', { kind: 'code', code: 1015 }, LOOKS_TO_GIVE_UP - 1),
		shutOut(1109, 'Akool does not know this API key'),
		shutOut(1200, 'Akool has blocked this account'),
		{
			...passing('code 1101', { kind: 'code', code: 1101 }, 1),
			run: running(parameters, byToken),
			asked: plus(looks(2), { token: 2 }),
		},
		lasting(
			'unknown status',
			{ kind: 'unknownStatus', status: 7 },
			LOOKS_TO_GIVE_UP,
			'"Akool reports an unknown status for video #1: 7"',
		),
		lasting('missing row', { kind: 'missingRow' }, LOOKS_FOR_A_ROW, '"Akool has no video #1"'),
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
			run: async (scene) => await stopWhenAsked(scene, 'results', parameters()),
			user: 'stopped, the log names every video',
			asked: looks(1),
			...PAID,
		},
	],
	async prepare({ stage }) {
		stage.sandbox.credits = 100_000;
		return [];
	},
};
