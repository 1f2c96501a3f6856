// One cell of the fault matrix: what goes wrong with which call, what the user must get, and what the sandbox must have counted. Rule: both are
// compared whole, requests of every endpoint included, so that a repeat too many, or a request to somewhere else, is a cell that fails.

import { RESUME_TOKEN, type Outcome } from '../integration/engine';
import type { Harness } from '../integration/harness';
import type { Sandbox } from '../sandbox';
import type { Column } from './columns';
import type { Outage } from './outage';
import type { openWebhookReceiver } from './webhookReceiver';

export type Fault = Omit<Parameters<Sandbox['addFault']>[0], 'on'> & { on?: string };

/**
 * Requests by endpoint, as the sandbox calls them; `refused` are connections that were. The check of an image before the order is not counted: it
 * goes to the image's host, which here happens to be the sandbox.
 */
export type Requests = Readonly<Record<string, number>>;

/** What a cell runs with. */
export interface CellContext {
	harness: Harness;
	outage: Outage;
	n8n: Awaited<ReturnType<typeof openWebhookReceiver>>;
	/** Videos that were there before. */
	ids: string[];
}

export interface Expected {
	/** What the user gets, in the words of `seen`. */
	user: string;
	asked: Requests;
	/** Videos that were made, all of them charged. */
	videos?: number;
	credits?: number;
}

export interface Cell extends Expected {
	column: Column;
	/** What goes wrong at Akool, on the row's own endpoint unless it says otherwise. */
	faults?: readonly Fault[];
	/** So many connections are refused before anybody listens. */
	refuse?: number;
	/** Makes what has to be there before, if not as everywhere in the row. */
	prepare?: Row['prepare'];
	/** How it is run, if not as everywhere in the row. */
	run?(context: CellContext): Promise<string>;
}

export interface Row {
	name: string;
	/** The endpoint that the row is about, as the sandbox calls it. */
	on: string;
	/** Makes what has to be there before. */
	prepare?(context: CellContext): Promise<string[]>;
	/** How its cells are run, where they do not say so themselves. */
	run?(context: CellContext): Promise<string>;
	cells: readonly Cell[];
}

export type Observed = Required<Expected>;

/** Requests a longer pause than the package's own. */
export const RATE_LIMIT: Fault = { kind: 'rateLimit', retryAfterSeconds: 20 };
const MS_PER_SECOND = 1_000;

/** Whether every request after a 429 respected its Retry-After. Several calls may request a token, and each waits by itself. */
function keptRetryAfter({ requests, faults }: Sandbox): boolean {
	const askedMs = Math.max(0, ...faults.map(({ retryAfterSeconds = 0 }) => retryAfterSeconds)) * MS_PER_SECOND;
	return requests.every(({ endpoint, fault, atMs }, index) => {
		if (fault !== 'rateLimit' || endpoint === 'token') return true;
		const next = requests.slice(index + 1).find((request) => request.endpoint === endpoint);
		return next === undefined || next.atMs - atMs >= askedMs;
	});
}

function countByEndpoint(requests: Sandbox['requests'], refused: number): Requests {
	const counts: Record<string, number> = {};
	for (const { endpoint } of requests) if (endpoint !== 'image') counts[endpoint] = (counts[endpoint] ?? 0) + 1;
	if (refused > 0) counts['refused'] = refused;
	return counts;
}

/** Runs a cell and gives its result. */
export async function runCell(row: Row, cell: Cell, context: CellContext): Promise<Observed> {
	const { outage } = context;
	const { sandbox } = context.harness;
	const run = cell.run ?? row.run;
	if (run === undefined) throw new Error(`row ${row.name} does not say how it is run`);
	context.ids = (await (cell.prepare ?? row.prepare)?.(context)) ?? [];
	const before = { requests: sandbox.requests.length, jobs: sandbox.jobs.length, credits: sandbox.credits };
	const faults = (cell.faults ?? []).map((fault) => sandbox.addFault({ on: row.on, ...fault }));
	if (cell.refuse !== undefined) await outage.refuse(cell.refuse);
	try {
		const user = await run(context);
		expect(faults.filter(({ hits, times = Infinity }) => hits === 0 || (times !== Infinity && hits !== times))).toEqual(
			[],
		);
		expect(keptRetryAfter(sandbox)).toBe(true);
		expect(sandbox.leaks).toEqual([]);
		return {
			user,
			asked: countByEndpoint(sandbox.requests.slice(before.requests), outage.refused),
			videos: sandbox.jobs.length - before.jobs,
			credits: before.credits - sandbox.credits,
		};
	} finally {
		await outage.end();
	}
}

/** Writes several alike as one: `3 × queued`. */
export function counted(texts: readonly string[]): string {
	const runs: Array<{ text: string; times: number }> = [];
	for (const text of texts) {
		const last = runs.at(-1);
		if (last?.text === text) last.times += 1;
		else runs.push({ text, times: 1 });
	}
	return runs.map(({ text, times }) => (times === 1 ? text : `${times} × ${text}`)).join(', ');
}

/** IDs as their numbers in the order of their making; a text is compared without knowing them. */
function numbered(text: string, ids: readonly string[]): string {
	return ids.reduce((rest, id, index) => rest.replaceAll(id, `#${index + 1}`), text);
}

/** What every order is followed by: what it cost, which the sandbox's count says too, and how to get what is still being made. */
const USUAL_HINT = /^\d+ videos?, [\d.]+ credits charged|^Akool is still creating /;

function itemSeen({ json, binary }: Outcome['items'][number]): string {
	const what =
		json.error ??
		json.status_name ??
		(json.deleted === true ? 'deleted' : undefined) ??
		(json.effect_code === undefined ? undefined : 'effect') ??
		(json.value === undefined ? undefined : 'model');
	const state = typeof what === 'string' ? what : JSON.stringify(json);
	const file = binary === undefined ? '' : ' with file';
	return `${state}${json.timed_out === true ? ' timed out' : ''}${file}`;
}

function errorSeen({ message, description }: NonNullable<Outcome['error']>, ids: readonly string[]): string {
	const code = /Akool's message: .* \(code (\d+)\)/.exec(description)?.[1];
	const named = ids
		.filter((id) => message.includes(id) || description.includes(id))
		.map((id) => `#${ids.indexOf(id) + 1}`);
	const names = named.length === 0 ? '' : `, names ${named.length > 3 ? `${named.length} videos` : named.join(' ')}`;
	const maybeCharged = /may have been charged/.test(description) ? ', perhaps charged' : '';
	return `error ${code === undefined ? '' : `${code} `}"${message}"${maybeCharged}${names}`;
}

/** What a person sees of an execution, in a few words. */
export function seen(outcome: Outcome, { harness }: CellContext): string {
	const { sandbox } = harness;
	const ids = sandbox.jobs.map(({ _id }) => _id);
	const shown = JSON.stringify([outcome.items, outcome.errorItems, outcome.error, outcome.hints]);
	for (const secret of [sandbox.apiKey, RESUME_TOKEN]) expect(shown).not.toContain(secret);
	if (outcome.savedStatus === 'canceled') return 'stopped';
	if (outcome.status === 'waiting') return 'waiting';
	const text =
		outcome.error === undefined ? counted(outcome.items.map(itemSeen)) || 'no items' : errorSeen(outcome.error, ids);
	const unusual = outcome.hints.filter((hint) => !USUAL_HINT.test(hint));
	const hints = unusual.map((hint) => `; hint: ${hint.split(',')[0]}`).join('');
	return numbered(`${text}${hints}`, ids);
}
