// Ways to run the node that several rows of the matrix share.

import type { INodeParameters } from 'n8n-workflow';

import type { RunRequest } from '../integration/engine';
import { credentialFor } from '../integration/engine';
import { watchLog } from '../integration/n8n';
import { createBatch } from '../integration/stage';
import { seen, type Requests, type Scene } from './cell';

/** The run of a user who authenticates with a token that n8n has yet to fetch. */
export function byToken({ stage }: Scene): Pick<RunRequest, 'credential'> {
	return { credential: credentialFor(stage.sandbox, { authentication: 'accessToken' }) };
}

export async function until({ stage }: Scene, isTrue: () => boolean, what: string): Promise<void> {
	await stage.clock.until(isTrue, what);
}

/** Runs the node and stops the execution as soon as Akool has been asked. */
export async function stopWhenAsked(
	scene: Scene,
	on: string,
	parameters: INodeParameters,
	more: Partial<RunRequest> = {},
): Promise<string> {
	const { stage } = scene;
	const { sandbox } = stage;
	const log = watchLog();
	const known = sandbox.jobs.length;
	let stop: () => void = () => undefined;
	const running = stage.run(parameters, { ...more, mode: 'trigger', onStart: (cancel) => (stop = cancel) });
	await until(scene, () => sandbox.countRequests(on) > 0, `a request to ${on}`);
	stop();
	const outcome = await running;
	await until(scene, () => sandbox.requests.every(({ answered }) => answered !== null), 'the last answer');
	const made = sandbox.jobs.slice(known).map(({ _id }) => _id);
	const isNamed = (id: string): boolean => log.some((line) => line.includes(`has created video ${id}`));
	if (made.length > 0) await until(scene, () => made.every(isNamed), 'the log to name every video');
	return made.length > 0 ? `${seen(outcome, scene)}, the log names every video` : seen(outcome, scene);
}

/** Adds up requests. */
export function plus(...parts: readonly Requests[]): Requests {
	const sum: Record<string, number> = {};
	for (const [name, count] of parts.flatMap((part) => Object.entries(part))) sum[name] = (sum[name] ?? 0) + count;
	return sum;
}

/** Runs the node once with these parameters. */
export function running(
	parameters: (scene: Scene) => INodeParameters,
	more: (scene: Scene) => Partial<RunRequest> = () => ({}),
): (scene: Scene) => Promise<string> {
	return async (scene) => seen(await scene.stage.run(parameters(scene), more(scene)), scene);
}

/** Makes finished videos and gives their IDs. */
export async function finishedVideos(scene: Scene, count: number): Promise<string[]> {
	const ids: string[] = [];
	while (ids.length < count) ids.push(await scene.stage.finishedVideo());
	return ids;
}

/** Makes a thousand finished videos, as batches. */
export async function manyFinishedVideos({ stage }: Scene): Promise<string[]> {
	const { json } = await stage.run(createBatch({ count: 10, waitForCompletion: false, options: { concurrency: 20 } }), {
		items: Array.from({ length: 100 }, () => ({})),
	});
	stage.sandbox.finishAll();
	return json.map(({ _id }) => String(_id));
}
