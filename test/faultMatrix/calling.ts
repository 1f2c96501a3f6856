// Akool's calls, to the trigger and to a parked execution: delivered by the sandbox over HTTP, and repeated by it until they are answered 200.
// A call that is not genuine starts nothing and costs no request; one that could not be dealt with is asked to come again, and none counts twice.

import type { TriggerWorkflow } from '../integration/calls';
import { RATE_LIMIT, counted, type Cell, type Fault, type Requests, type Scene } from './cell';
import { codeColumn, type Code, type Column } from './columns';
import { plus } from './ways';

/** How often the sandbox calls at most. */
export const CALLS_AT_MOST = 4;
/** Long enough for one call more, where there should be none. */
const SETTLING_MS = 60_000;
const LONGEST_WAIT_SECONDS = 600;
/** So often a call that is held looks before it is asked to come again. */
const LOOKS_OF_HELD_CALL = 5;
/** So often a file is asked for. */
const FILE_ATTEMPTS = 3;
const DAY_MS = 24 * 60 * 60_000;

type Answer = Pick<Awaited<ReturnType<TriggerWorkflow['call']>>, 'httpStatus' | 'items'>;

/** What Akool heard, in the order in which its calls were answered, and what came of them. */
export class Hearing {
	readonly statuses: number[] = [];

	readonly started: string[] = [];

	constructor(private readonly scene: Scene) {}

	note({ httpStatus, items }: Answer): number {
		this.statuses.push(httpStatus);
		for (const { json, binary } of items ?? [])
			this.started.push(`${String(json.status_name)}${binary === undefined ? '' : ' with file'}`);
		return httpStatus;
	}

	/** Takes the sandbox's calls until there were so many, and no further one comes. */
	async take(calls: number, answer: (body: string) => Promise<Answer>): Promise<void> {
		this.scene.n8n.handBy(async (body) => this.note(await answer(body)));
		// Nobody but the sandbox waits for time to pass, and it does not count as somebody.
		for (let seconds = 0; this.statuses.length < calls; seconds++) {
			if (seconds > LONGEST_WAIT_SECONDS) throw new Error(`waited in vain for ${calls} calls`);
			await this.scene.stage.clock.sleep(1_000);
		}
		this.scene.stage.clock.advance(SETTLING_MS);
		await this.scene.stage.clock.settle();
		this.scene.n8n.handBy(undefined);
	}

	toString(): string {
		return `${this.statuses.join(' ')}, ${this.started.length === 0 ? 'nothing started' : `started: ${counted(this.started)}`}`;
	}
}

/** What goes on at Akool while a cell is played. */
export type Deed = (scene: Scene) => Promise<void> | void;

export interface Wishes {
	byToken?: boolean;
	download?: boolean;
	/** How many videos are waited for. */
	videos?: number;
}

/** Something that Akool calls: how it is called, and how often it looks for itself once a call has reached it. */
export interface Called {
	/** Plays a cell in which Akool calls so often. */
	hear(calls: number, deed: Deed, more?: Wishes): Pick<Cell, 'prepare' | 'run'>;
	/** What the user gets once all is well. */
	well: string;
	nothing: string;
	looksAfter: number;
	/** How many tokens are fetched where the first look finds that the token ran out. */
	tokens: number;
	/** The answer to a call about a video that Akool's results do not show. */
	unknownVideo: 401 | 503;
	/** Whether a call is held until the results have caught up with it, and one that cannot be verified is looked at too. */
	isPatient: boolean;
}

export const finishFirst: Deed = ({ stage, ids }) => void ids.slice(0, 1).forEach((id) => stage.sandbox.finishJob(id));

/** What may stand in the way of reading the video back, which a call is nothing without. */
export function readBackCells({ hear, well, nothing, looksAfter, tokens, unknownVideo, isPatient }: Called): Cell[] {
	const looks = (count: number): Requests => ({ results: count + looksAfter });
	const tried = (column: Column, fault: Fault): Cell => ({
		column,
		faults: [fault],
		...hear(1, finishFirst),
		user: `200, ${well}`,
		asked: looks(2),
	});
	const calledAgain = (column: Column, fault: Fault, count: number, first = 503): Cell => ({
		column,
		faults: [{ ...fault, times: count }],
		...hear(isPatient ? 1 : 2, finishFirst),
		user: isPatient ? `200, ${well}` : `${first} 200, ${well}`,
		asked: looks(count + 1),
	});
	const refused = (code: Code): Cell => calledAgain(codeColumn(code), { kind: 'code', code }, 1);
	const shutOut = (code: Code): Cell => ({
		column: codeColumn(code),
		faults: [{ kind: 'code', code, times: Infinity }],
		...hear(CALLS_AT_MOST, finishFirst),
		user: `${Array(CALLS_AT_MOST).fill(503).join(' ')}, ${nothing}`,
		asked: { results: CALLS_AT_MOST * (isPatient ? LOOKS_OF_HELD_CALL : 1) },
	});
	return [
		{
			column: 'connection refused',
			refuse: 1,
			...hear(1, finishFirst),
			user: `200, ${well}`,
			asked: plus(looks(1), { refused: 1 }),
		},
		calledAgain('reset before acceptance', { kind: 'resetBefore' }, 2),
		tried('reset after acceptance', { kind: 'resetAfter' }),
		tried('hang, not accepted', { kind: 'hang' }),
		calledAgain('hang, accepted', { kind: 'hang', accepted: true }, 2),
		calledAgain('HTTP 500 page, not accepted', { kind: 'status' }, 2),
		tried('HTTP 500 page, accepted', { kind: 'status', accepted: true }),
		tried('HTTP 429 with Retry-After', RATE_LIMIT),
		calledAgain('cut JSON', { kind: 'cutJson' }, 2),
		refused(1003),
		calledAgain('code 1005', { kind: 'code', code: 1005 }, 2),
		refused(1006),
		refused(1015),
		calledAgain('code 2001', { kind: 'code', code: 2001 }, 1),
		calledAgain('unknown code', { kind: 'code', code: 4711 }, 1),
		// The body decides, then the status.
		{
			column: 'success at another status',
			faults: [{ kind: 'wrongStatus' }],
			...hear(1, finishFirst),
			user: `200, ${well}`,
			asked: looks(1),
		},
		shutOut(1109),
		shutOut(1200),
		{
			column: 'code 1101',
			faults: [{ kind: 'code', code: 1101 }],
			...hear(1, finishFirst, { byToken: true }),
			user: `200, ${well}`,
			asked: plus(looks(2), { token: tokens }),
		},
		calledAgain('unknown status', { kind: 'unknownStatus', status: 7 }, 1),
		calledAgain('missing row', { kind: 'missingRow' }, 1, unknownVideo),
		calledAgain('empty list', { kind: 'emptyList' }, 1, unknownVideo),
	];
}

/** Finishes a video without a call of the sandbox's own. */
export function finishSilently({ stage }: Scene, id: string): void {
	stage.sandbox.addFault({ on: 'callback', kind: 'lost' });
	stage.sandbox.finishJob(id);
}

/** What may go wrong with the file of a video that a call is about. Whether it can be had or not, the call is answered 200. */
export function fileCells({ hear, well, looksAfter }: Called, withoutFile: string): Cell[] {
	const fileCell = (column: Column, fault: Fault, times: number, user: string): Cell => ({
		column,
		faults: [{ on: 'file', ...fault, times }],
		...hear(1, finishFirst, { download: true }),
		user: `200, ${well}${user}`,
		asked: { results: 1 + looksAfter, file: Math.min(times + 1, FILE_ATTEMPTS) },
	});
	return [
		fileCell('cut file', { kind: 'cutFile' }, 2, ' with file'),
		fileCell('stalled file', { kind: 'stalledFile' }, 1, ' with file'),
		fileCell('wrong content type', { kind: 'wrongType' }, FILE_ATTEMPTS, withoutFile),
	];
}

/** Calls that are not what they should be. */
export function oddCells({ hear, well, nothing, looksAfter, isPatient }: Called): Cell[] {
	const untrusted: Pick<Cell, 'user' | 'asked'> = isPatient
		? { user: `200, ${well}`, asked: { results: 1 + looksAfter } }
		: { user: `401, ${nothing}`, asked: {} };
	const instead = (how: Partial<Fault>): Fault => ({ on: 'callback', kind: 'forged', ...how });
	return [
		{
			column: 'forged call',
			faults: [instead({ breakSignature: true })],
			...hear(1, finishFirst),
			...untrusted,
		},
		{
			column: 'stale call',
			faults: [instead({ timestamp: Date.now() - 30 * DAY_MS })],
			...hear(1, finishFirst),
			...untrusted,
		},
		{
			column: 'early call',
			user: `503 200, ${well}`,
			asked: { results: (isPatient ? LOOKS_OF_HELD_CALL : 1) + 1 + looksAfter },
			...hear(2, async (scene) => {
				for (const id of scene.ids) await scene.stage.sandbox.sendCallback({ id, status: 3 });
				await finishFirst(scene);
			}),
		},
	];
}

/** A thousand bodies: 400 with a broken signature, 300 from long ago, and the same good one 300 times. */
export function flood({ stage }: Scene, id: string): string[] {
	const good = stage.sandbox.sealCallback({ id, status: 3 });
	const make = (count: number, order: object): string[] =>
		Array.from({ length: count }, () => stage.sandbox.sealCallback({ id, status: 3, ...order }));
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
