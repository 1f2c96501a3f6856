// How the node is run, where several rows of the matrix share it.

import type { INodeParameters } from 'n8n-workflow';

import type { RunRequest } from '../integration/engine';
import { credentialFor } from '../integration/engine';
import { watchLog } from '../integration/n8n';
import { createBatch } from '../integration/harness';
import { seen, type Requests, type CellContext } from './cell';

/** The run of a user who authenticates with a token that n8n has yet to fetch. */
export function byToken({ harness }: CellContext): Pick<RunRequest, 'credential'> {
	return { credential: credentialFor(harness.sandbox, { authentication: 'accessToken' }) };
}

export async function until({ harness }: CellContext, isTrue: () => boolean, what: string): Promise<void> {
	await harness.clock.until(isTrue, what);
}

/** Runs the node and stops the execution as soon as Akool has been asked. */
export async function stopWhenAsked(
	context: CellContext,
	on: string,
	parameters: INodeParameters,
	more: Partial<RunRequest> = {},
): Promise<string> {
	const { harness } = context;
	const { sandbox } = harness;
	const log = watchLog();
	const known = sandbox.jobs.length;
	let stop: () => void = () => undefined;
	const running = harness.run(parameters, { ...more, mode: 'trigger', onStart: (cancel) => (stop = cancel) });
	await until(context, () => sandbox.countRequests(on) > 0, `a request to ${on}`);
	stop();
	const outcome = await running;
	await until(context, () => sandbox.requests.every(({ answered }) => answered !== null), 'the last answer');
	const made = sandbox.jobs.slice(known).map(({ _id }) => _id);
	const isNamed = (id: string): boolean => log.some((line) => line.includes(`has created video ${id}`));
	if (made.length > 0) await until(context, () => made.every(isNamed), 'the log to name every video');
	return made.length > 0 ? `${seen(outcome, context)}, the log names every video` : seen(outcome, context);
}

/** Adds up requests. */
export function plus(...parts: readonly Requests[]): Requests {
	const sum: Record<string, number> = {};
	for (const [name, count] of parts.flatMap((part) => Object.entries(part))) sum[name] = (sum[name] ?? 0) + count;
	return sum;
}

/** Runs the node once with these parameters. */
export function running(
	parameters: (context: CellContext) => INodeParameters,
	more: (context: CellContext) => Partial<RunRequest> = () => ({}),
): (context: CellContext) => Promise<string> {
	return async (context) => seen(await context.harness.run(parameters(context), more(context)), context);
}

/** Makes finished videos and gives their IDs. */
export async function finishedVideos(context: CellContext, count: number): Promise<string[]> {
	const ids: string[] = [];
	while (ids.length < count) ids.push(await context.harness.finishedVideo());
	return ids;
}

/** Makes a thousand finished videos, as batches. */
export async function manyFinishedVideos({ harness }: CellContext): Promise<string[]> {
	const { json } = await harness.run(
		createBatch({ count: 10, waitForCompletion: false, options: { concurrency: 20 } }),
		{
			items: Array.from({ length: 100 }, () => ({})),
		},
	);
	harness.sandbox.finishAll();
	return json.map(({ _id }) => String(_id));
}
