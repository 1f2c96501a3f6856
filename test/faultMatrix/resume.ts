// Calls to a parked execution, and what it returns in the end: the cell goes on as n8n would, to the items behind the node.

import type { INodeParameters } from 'n8n-workflow';

import { callParked } from '../integration/calls';
import { credentialFor, goOn, type Outcome, type RunRequest } from '../integration/engine';
import { at, create, createBatch } from '../integration/stage';
import { seen, type Row, type Scene } from './cell';
import {
	fileCells,
	finishSilently,
	flood,
	Hearing,
	oddCells,
	readBackCells,
	refusedAmong,
	type Called,
	type Wishes,
} from './calling';
import { until } from './ways';

const PROCESSING = 2;
const COMPLETED = 3;
const WELL = 'then completed';
const STILL_WAITING = 'still waiting';

/** An execution with the status Waiting. */
interface Waiting {
	request: RunRequest;
	parked: Outcome;
	/** The items of each callback that resumed it. */
	resumed: Outcome['items'][];
}

const waitingExecutions = new WeakMap<Scene, Waiting>();

function waitingIn(scene: Scene): Waiting {
	const waiting = waitingExecutions.get(scene);
	if (waiting === undefined) throw new Error('nothing waits here');
	return waiting;
}

const BY_CALLBACK = { options: { waitMode: 'callback', concurrency: 1 } };

/** Parks an execution and gives the videos that it waits for. */
async function parkOne(
	scene: Scene,
	{ byToken = false, download = false, videos = 1 }: Wishes = {},
): Promise<string[]> {
	return await parkWith(
		scene,
		create({ downloadVideo: download, ...BY_CALLBACK }),
		byToken ? { authentication: 'accessToken' } : {},
		videos,
	);
}

async function parkWith(
	scene: Scene,
	parameters: INodeParameters,
	account: Parameters<typeof credentialFor>[1] = {},
	videos = 1,
): Promise<string[]> {
	const { stage, n8n } = scene;
	const credential = credentialFor(stage.sandbox, account);
	const request: RunRequest = {
		parameters,
		credential,
		n8nUrl: n8n.url,
		items: Array.from({ length: videos }, () => ({})),
	};
	const parked = await stage.run(parameters, request);
	expect(seen(parked, scene)).toBe('waiting');
	waitingExecutions.set(scene, { request, parked, resumed: [] });
	return parked.parked.flatMap(({ json }) => (json._id === undefined ? [] : [String(json._id)]));
}

/** Hands a callback to the waiting execution, as n8n does. */
async function call(
	scene: Scene,
	body: string | undefined,
	method: 'GET' | 'POST' = 'POST',
): Promise<{ httpStatus: number; items: undefined; text: string }> {
	const { parked, request, resumed } = waitingIn(scene);
	const { httpStatus, items, isNodeOn, text } = await callParked(parked, request.credential, body, { method });
	expect(isNodeOn).toBe(items !== undefined);
	if (items !== undefined) resumed.push(items);
	return { httpStatus, items: undefined, text };
}

/** What the user gets from an execution that was resumed once, or not yet. */
async function ending(scene: Scene): Promise<string> {
	const { parked, request, resumed } = waitingIn(scene);
	if (resumed.length > 1) return `resumed ${resumed.length} times`;
	const [items] = resumed;
	return items === undefined ? STILL_WAITING : `then ${seen(await goOn(request, parked, items), scene)}`;
}

const called: Called = {
	hear: (calls, deed, more) => ({
		prepare: async (scene) => await parkOne(scene, more),
		async run(scene) {
			const hearing = new Hearing(scene);
			const taken = hearing.take(calls, async (body) => await call(scene, body));
			await deed(scene);
			await taken;
			return `${hearing.statuses.join(' ')}, ${await ending(scene)}`;
		},
	}),
	well: WELL,
	nothing: STILL_WAITING,
	looksAfter: 1,
	tokens: 1,
	unknownVideo: 503,
	isPatient: true,
};

/** Several callbacks at the same moment. */
async function together(scene: Scene, bodies: readonly string[]): Promise<number[]> {
	const answers = await Promise.all(bodies.map(async (body) => await call(scene, body)));
	return answers.map(({ httpStatus }) => httpStatus);
}

/** Resumes the execution, and stops it while it downloads the file. */
async function stoppedOnceResumed(scene: Scene): Promise<string> {
	const { sandbox } = scene.stage;
	finishSilently(scene, firstId(scene));
	await call(scene, sandbox.sealCallback({ id: firstId(scene), status: COMPLETED }));
	const { parked, request, resumed } = waitingIn(scene);
	let stop: () => void = () => undefined;
	const running = goOn({ ...request, mode: 'trigger', onStart: (cancel) => (stop = cancel) }, parked, at(resumed, 0));
	await until(scene, () => sandbox.countRequests('file') > 0, 'a request for the file');
	stop();
	return seen(await running, scene);
}

const firstId = (scene: Scene): string => at(scene.ids, 0);

export const resumeRow: Row = {
	name: 'Waiting execution',
	on: 'results',
	prepare: async (scene) => await parkOne(scene),
	cells: [
		...readBackCells(called),
		...oddCells(called),
		// The file comes after the execution went on, so Akool hears nothing of it.
		...fileCells(
			called,
			"; hint: This video was returned without a file: #1. The field 'download_error' of its item says why. Download fetches the files later",
		),
		{
			column: 'partial batch',
			user: '200, then 2 × completed, Akool created 2 of 3 videos',
			asked: { results: 2 },
			...called.hear(1, (scene) => {
				const [one = '', two = ''] = scene.ids;
				finishSilently(scene, one);
				scene.stage.sandbox.finishJob(two);
			}),
			async prepare(scene) {
				scene.stage.sandbox.addFault({ on: 'batch', kind: 'partialBatch', made: 2 });
				return await parkWith(scene, createBatch({ count: 3, ...BY_CALLBACK }));
			},
		},
		{
			column: 'stopped execution',
			faults: [{ on: 'file', kind: 'hang' }],
			user: 'stopped',
			asked: { results: 2, file: 1 },
			prepare: async (scene) => await parkOne(scene, { download: true }),
			run: async (scene) => await stoppedOnceResumed(scene),
		},
		{
			column: 'replayed call',
			user: `200 200 200 200, then 2 × completed`,
			asked: { results: 5 },
			...called.hear(
				4,
				async (scene) => {
					const [one = '', two = ''] = scene.ids;
					finishSilently(scene, one);
					const order = { id: one, status: COMPLETED, timestamp: scene.stage.clock.now(), nonce: '4711' };
					for (let time = 0; time < 3; time++) await scene.stage.sandbox.sendCallback(order);
					scene.stage.sandbox.finishJob(two);
				},
				{ videos: 2 },
			),
		},
		{
			column: 'doubled call',
			user: `200 200, ${WELL}`,
			asked: { results: 3 },
			async run(scene) {
				const body = scene.stage.sandbox.sealCallback({ id: firstId(scene), status: COMPLETED });
				finishSilently(scene, firstId(scene));
				return `${(await together(scene, [body, body])).join(' ')}, ${await ending(scene)}`;
			},
		},
		{
			column: 'calls out of order',
			user: '200 200 200, then 2 × completed',
			asked: { results: 3 },
			...called.hear(
				3,
				async (scene) => {
					const [one = '', two = ''] = scene.ids;
					finishSilently(scene, two);
					for (const status of [COMPLETED, PROCESSING]) await scene.stage.sandbox.sendCallback({ id: two, status });
					scene.stage.sandbox.finishJob(one);
				},
				{ videos: 2 },
			),
		},
		{
			column: 'lost call',
			user: `"1 of 1 videos finished: the execution goes on", ${WELL}`,
			asked: { results: 2 },
			async run(scene) {
				finishSilently(scene, firstId(scene));
				const { text } = await call(scene, undefined, 'GET');
				return `"${/<p class="now">(.*?)<\/p>/.exec(text)?.[1]}", ${await ending(scene)}`;
			},
		},
		{
			column: '1,000 at once',
			user: `0 of 1000 refused with 401, ${WELL}`,
			asked: { results: 3 },
			async run(scene) {
				finishSilently(scene, firstId(scene));
				return `${refusedAmong(await together(scene, flood(scene, firstId(scene))))}, ${await ending(scene)}`;
			},
		},
	],
};
