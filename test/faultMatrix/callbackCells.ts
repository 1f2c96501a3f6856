// Akool's callbacks, to the trigger and to a parked execution: delivered by the sandbox over HTTP, and repeated by it until they are answered 200.
// A forged one starts nothing and costs no request; one that cannot be confirmed yet is answered 503, and none counts twice.

import type { TriggerWorkflow } from '../integration/calls';
import { RATE_LIMIT, counted, type Cell, type Fault, type Requests, type CellContext } from './cell';
import { codeColumn, type Code, type Column } from './columns';
import { plus } from './running';

/** How often the sandbox calls at most. */
export const CALLS_AT_MOST = 4;
/** Long enough for one call more, where there should be none. */
const SETTLING_MS = 60_000;
const LONGEST_WAIT_SECONDS = 600;
/** How often a held callback polls Akool before it is answered 503. */
const POLLS_OF_HELD_CALLBACK = 5;
/** How often a file is requested. */
const FILE_ATTEMPTS = 3;
const DAY_MS = 24 * 60 * 60_000;

type Answer = Pick<Awaited<ReturnType<TriggerWorkflow['call']>>, 'httpStatus' | 'items'>;

/** The answers to Akool's callbacks, in order, and what they started. */
export class CallbackLog {
	readonly statuses: number[] = [];

	readonly started: string[] = [];

	constructor(private readonly context: CellContext) {}

	note({ httpStatus, items }: Answer): number {
		this.statuses.push(httpStatus);
		for (const { json, binary } of items ?? [])
			this.started.push(`${String(json.status_name)}${binary === undefined ? '' : ' with file'}`);
		return httpStatus;
	}

	/** Takes the sandbox's calls until there were so many, and no further one comes. */
	async take(calls: number, answer: (body: string) => Promise<Answer>): Promise<void> {
		this.context.n8n.setHandler(async (body) => this.note(await answer(body)));
		// Only the sandbox waits here, and the test clock does not advance for it alone.
		for (let seconds = 0; this.statuses.length < calls; seconds++) {
			if (seconds > LONGEST_WAIT_SECONDS) throw new Error(`waited in vain for ${calls} calls`);
			await this.context.harness.clock.sleep(1_000);
		}
		this.context.harness.clock.advance(SETTLING_MS);
		await this.context.harness.clock.settle();
		this.context.n8n.setHandler(undefined);
	}

	toString(): string {
		return `${this.statuses.join(' ')}, ${this.started.length === 0 ? 'nothing started' : `started: ${counted(this.started)}`}`;
	}
}

/** What happens at Akool while a cell runs. */
export type Action = (context: CellContext) => Promise<void> | void;

export interface CallbackOptions {
	byToken?: boolean;
	download?: boolean;
	/** How many videos are waited for. */
	videos?: number;
}

/** What receives Akool's callbacks, the trigger or a parked execution, and how often it polls afterwards. */
export interface CallbackTarget {
	/** Runs a cell in which Akool calls so often. */
	onCallbacks(calls: number, action: Action, more?: CallbackOptions): Pick<Cell, 'prepare' | 'run'>;
	/** What the user gets if all goes well. */
	well: string;
	nothing: string;
	pollsAfter: number;
	/** How many tokens are fetched if the first status request finds that the token has expired. */
	tokens: number;
	/** The answer to a callback about a video that Akool's results do not show. */
	unknownVideo: 401 | 503;
	/** Whether a callback is held until the results have caught up with it, and one that cannot be verified causes a status request too. */
	holdsCallbacks: boolean;
}

export const finishFirst: Action = ({ harness, ids }) =>
	void ids.slice(0, 1).forEach((id) => harness.sandbox.finishJob(id));

/** Faults while the video is read back, without which a callback has no effect. */
export function readBackCells({
	onCallbacks,
	well,
	nothing,
	pollsAfter,
	tokens,
	unknownVideo,
	holdsCallbacks,
}: CallbackTarget): Cell[] {
	const polls = (count: number): Requests => ({ results: count + pollsAfter });
	const tried = (column: Column, fault: Fault): Cell => ({
		column,
		faults: [fault],
		...onCallbacks(1, finishFirst),
		user: `200, ${well}`,
		asked: polls(2),
	});
	const repeatedCallback = (column: Column, fault: Fault, count: number, first = 503): Cell => ({
		column,
		faults: [{ ...fault, times: count }],
		...onCallbacks(holdsCallbacks ? 1 : 2, finishFirst),
		user: holdsCallbacks ? `200, ${well}` : `${first} 200, ${well}`,
		asked: polls(count + 1),
	});
	const refused = (code: Code): Cell => repeatedCallback(codeColumn(code), { kind: 'code', code }, 1);
	const shutOut = (code: Code): Cell => ({
		column: codeColumn(code),
		faults: [{ kind: 'code', code, times: Infinity }],
		...onCallbacks(CALLS_AT_MOST, finishFirst),
		user: `${Array(CALLS_AT_MOST).fill(503).join(' ')}, ${nothing}`,
		asked: { results: CALLS_AT_MOST * (holdsCallbacks ? POLLS_OF_HELD_CALLBACK : 1) },
	});
	return [
		{
			column: 'connection refused',
			refuse: 1,
			...onCallbacks(1, finishFirst),
			user: `200, ${well}`,
			asked: plus(polls(1), { refused: 1 }),
		},
		repeatedCallback('reset before acceptance', { kind: 'resetBefore' }, 2),
		tried('reset after acceptance', { kind: 'resetAfter' }),
		tried('hang, not accepted', { kind: 'hang' }),
		repeatedCallback('hang, accepted', { kind: 'hang', accepted: true }, 2),
		repeatedCallback('HTTP 500 page, not accepted', { kind: 'status' }, 2),
		tried('HTTP 500 page, accepted', { kind: 'status', accepted: true }),
		tried('HTTP 429 with Retry-After', RATE_LIMIT),
		repeatedCallback('cut JSON', { kind: 'cutJson' }, 2),
		refused(1003),
		repeatedCallback('code 1005', { kind: 'code', code: 1005 }, 2),
		refused(1006),
		refused(1015),
		repeatedCallback('code 2001', { kind: 'code', code: 2001 }, 1),
		repeatedCallback('unknown code', { kind: 'code', code: 4711 }, 1),
		// The body decides, then the status.
		{
			column: 'success at another status',
			faults: [{ kind: 'wrongStatus' }],
			...onCallbacks(1, finishFirst),
			user: `200, ${well}`,
			asked: polls(1),
		},
		shutOut(1109),
		shutOut(1200),
		{
			column: 'code 1101',
			faults: [{ kind: 'code', code: 1101 }],
			...onCallbacks(1, finishFirst, { byToken: true }),
			user: `200, ${well}`,
			asked: plus(polls(2), { token: tokens }),
		},
		repeatedCallback('unknown status', { kind: 'unknownStatus', status: 7 }, 1),
		repeatedCallback('missing row', { kind: 'missingRow' }, 1, unknownVideo),
		repeatedCallback('empty list', { kind: 'emptyList' }, 1, unknownVideo),
	];
}

/** Finishes a video without a call of the sandbox's own. */
export function finishSilently({ harness }: CellContext, id: string): void {
	harness.sandbox.addFault({ on: 'callback', kind: 'lost' });
	harness.sandbox.finishJob(id);
}

/** What may go wrong with the file of a video that a call is about. Whether it can be had or not, the call is answered 200. */
export function fileCells({ onCallbacks, well, pollsAfter }: CallbackTarget, withoutFile: string): Cell[] {
	const fileCell = (column: Column, fault: Fault, times: number, user: string): Cell => ({
		column,
		faults: [{ on: 'file', ...fault, times }],
		...onCallbacks(1, finishFirst, { download: true }),
		user: `200, ${well}${user}`,
		asked: { results: 1 + pollsAfter, file: Math.min(times + 1, FILE_ATTEMPTS) },
	});
	return [
		fileCell('cut file', { kind: 'cutFile' }, 2, ' with file'),
		fileCell('stalled file', { kind: 'stalledFile' }, 1, ' with file'),
		fileCell('wrong content type', { kind: 'wrongType' }, FILE_ATTEMPTS, withoutFile),
	];
}

/** Callbacks that are forged, old or early. */
export function oddCells({ onCallbacks, well, nothing, pollsAfter, holdsCallbacks }: CallbackTarget): Cell[] {
	const untrusted: Pick<Cell, 'user' | 'asked'> = holdsCallbacks
		? { user: `200, ${well}`, asked: { results: 1 + pollsAfter } }
		: { user: `401, ${nothing}`, asked: {} };
	const instead = (how: Partial<Fault>): Fault => ({ on: 'callback', kind: 'forged', ...how });
	return [
		{
			column: 'forged callback',
			faults: [instead({ breakSignature: true })],
			...onCallbacks(1, finishFirst),
			...untrusted,
		},
		{
			column: 'stale callback',
			faults: [instead({ timestamp: Date.now() - 30 * DAY_MS })],
			...onCallbacks(1, finishFirst),
			...untrusted,
		},
		{
			column: 'early callback',
			user: `503 200, ${well}`,
			asked: { results: (holdsCallbacks ? POLLS_OF_HELD_CALLBACK : 1) + 1 + pollsAfter },
			...onCallbacks(2, async (context) => {
				for (const id of context.ids) await context.harness.sandbox.sendCallback({ id, status: 3 });
				await finishFirst(context);
			}),
		},
	];
}

/** A thousand bodies: 400 with a broken signature, 300 from long ago, and the same good one 300 times. */
export function flood({ harness }: CellContext, id: string): string[] {
	const good = harness.sandbox.makeCallback({ id, status: 3 });
	const make = (count: number, order: object): string[] =>
		Array.from({ length: count }, () => harness.sandbox.makeCallback({ id, status: 3, ...order }));
	return [
		...make(400, { breakSignature: true }),
		...Array.from({ length: 300 }, () => good),
		...make(300, { timestamp: Date.now() - 30 * DAY_MS }),
	];
}

/** For calls whose order says nothing. What is not refused has started something, or is asked to come again. */
export function refusedAmong(statuses: readonly number[]): string {
	const others = statuses.filter((status) => status !== 401);
	expect(others).toContain(200);
	expect(others.filter((status) => status !== 200 && status !== 503)).toEqual([]);
	return `${statuses.length - others.length} of ${statuses.length} refused with 401`;
}
