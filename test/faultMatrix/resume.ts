// Callbacks to a parked execution, and what it returns in the end: the cell resumes it as n8n would, up to the node's items.

import type { INodeParameters } from 'n8n-workflow';

import { callParked } from '../integration/calls';
import { credentialFor, resumeParked, type Outcome, type RunRequest } from '../integration/engine';
import { at, create, createBatch } from '../integration/harness';
import { seen, type Row, type CellContext } from './cell';
import {
	fileCells,
	finishSilently,
	flood,
	CallbackLog,
	oddCells,
	readBackCells,
	refusedAmong,
	type CallbackTarget,
	type CallbackOptions,
} from './callbackCells';
import { until } from './running';

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

const waitingExecutions = new WeakMap<CellContext, Waiting>();

function waitingIn(context: CellContext): Waiting {
	const waiting = waitingExecutions.get(context);
	if (waiting === undefined) throw new Error('no execution is parked in this cell');
	return waiting;
}

const BY_CALLBACK = { options: { waitMode: 'callback', concurrency: 1 } };

/** Parks an execution and gives the videos that it waits for. */
async function parkOne(
	context: CellContext,
	{ byToken = false, download = false, videos = 1 }: CallbackOptions = {},
): Promise<string[]> {
	return await parkWith(
		context,
		create({ downloadVideo: download, ...BY_CALLBACK }),
		byToken ? { authentication: 'accessToken' } : {},
		videos,
	);
}

async function parkWith(
	context: CellContext,
	parameters: INodeParameters,
	account: Parameters<typeof credentialFor>[1] = {},
	videos = 1,
): Promise<string[]> {
	const { harness, n8n } = context;
	const credential = credentialFor(harness.sandbox, account);
	const request: RunRequest = {
		parameters,
		credential,
		n8nUrl: n8n.url,
		items: Array.from({ length: videos }, () => ({})),
	};
	const parked = await harness.run(parameters, request);
	expect(seen(parked, context)).toBe('waiting');
	waitingExecutions.set(context, { request, parked, resumed: [] });
	return parked.parked.flatMap(({ json }) => (json._id === undefined ? [] : [String(json._id)]));
}

/** Hands a callback to the waiting execution, as n8n does. */
async function call(
	context: CellContext,
	body: string | undefined,
	method: 'GET' | 'POST' = 'POST',
): Promise<{ httpStatus: number; items: undefined; text: string }> {
	const { parked, request, resumed } = waitingIn(context);
	const { httpStatus, items, isNodeOn, text } = await callParked(parked, request.credential, body, { method });
	expect(isNodeOn).toBe(items !== undefined);
	if (items !== undefined) resumed.push(items);
	return { httpStatus, items: undefined, text };
}

/** What the user gets from an execution that was resumed once, or not yet. */
async function ending(context: CellContext): Promise<string> {
	const { parked, request, resumed } = waitingIn(context);
	if (resumed.length > 1) return `resumed ${resumed.length} times`;
	const [items] = resumed;
	return items === undefined ? STILL_WAITING : `then ${seen(await resumeParked(request, parked, items), context)}`;
}

const target: CallbackTarget = {
	onCallbacks: (calls, action, more) => ({
		prepare: async (context) => await parkOne(context, more),
		async run(context) {
			const callbacks = new CallbackLog(context);
			const taken = callbacks.take(calls, async (body) => await call(context, body));
			await action(context);
			await taken;
			return `${callbacks.statuses.join(' ')}, ${await ending(context)}`;
		},
	}),
	well: WELL,
	nothing: STILL_WAITING,
	pollsAfter: 1,
	tokens: 1,
	unknownVideo: 503,
	holdsCallbacks: true,
};

/** Several callbacks at the same moment. */
async function together(context: CellContext, bodies: readonly string[]): Promise<number[]> {
	const answers = await Promise.all(bodies.map(async (body) => await call(context, body)));
	return answers.map(({ httpStatus }) => httpStatus);
}

/** Resumes the execution, and stops it while it downloads the file. */
async function stoppedOnceResumed(context: CellContext): Promise<string> {
	const { sandbox } = context.harness;
	finishSilently(context, firstId(context));
	await call(context, sandbox.makeCallback({ id: firstId(context), status: COMPLETED }));
	const { parked, request, resumed } = waitingIn(context);
	let stop: () => void = () => undefined;
	const running = resumeParked(
		{ ...request, mode: 'trigger', onStart: (cancel) => (stop = cancel) },
		parked,
		at(resumed, 0),
	);
	await until(context, () => sandbox.countRequests('file') > 0, 'a request for the file');
	stop();
	return seen(await running, context);
}

const firstId = (context: CellContext): string => at(context.ids, 0);

export const resumeRow: Row = {
	name: 'Waiting execution',
	on: 'results',
	prepare: async (context) => await parkOne(context),
	cells: [
		...readBackCells(target),
		...oddCells(target),
		// The file is downloaded after the execution has resumed, so no answer to Akool depends on it.
		...fileCells(
			target,
			"; hint: This video was returned without a file: #1. The field 'download_error' of its item says why. Download fetches the files later",
		),
		{
			column: 'partial batch',
			user: '200, then 2 × completed, Akool created 2 of 3 videos',
			asked: { results: 2 },
			...target.onCallbacks(1, (context) => {
				const [one = '', two = ''] = context.ids;
				finishSilently(context, one);
				context.harness.sandbox.finishJob(two);
			}),
			async prepare(context) {
				context.harness.sandbox.addFault({ on: 'batch', kind: 'partialBatch', made: 2 });
				return await parkWith(context, createBatch({ count: 3, ...BY_CALLBACK }));
			},
		},
		{
			column: 'stopped execution',
			faults: [{ on: 'file', kind: 'hang' }],
			user: 'stopped',
			asked: { results: 2, file: 1 },
			prepare: async (context) => await parkOne(context, { download: true }),
			run: async (context) => await stoppedOnceResumed(context),
		},
		{
			column: 'replayed callback',
			user: `200 200 200 200, then 2 × completed`,
			asked: { results: 5 },
			...target.onCallbacks(
				4,
				async (context) => {
					const [one = '', two = ''] = context.ids;
					finishSilently(context, one);
					const order = { id: one, status: COMPLETED, timestamp: context.harness.clock.now(), nonce: '4711' };
					for (let time = 0; time < 3; time++) await context.harness.sandbox.sendCallback(order);
					context.harness.sandbox.finishJob(two);
				},
				{ videos: 2 },
			),
		},
		{
			column: 'duplicate callback',
			user: `200 200, ${WELL}`,
			asked: { results: 3 },
			async run(context) {
				const body = context.harness.sandbox.makeCallback({ id: firstId(context), status: COMPLETED });
				finishSilently(context, firstId(context));
				return `${(await together(context, [body, body])).join(' ')}, ${await ending(context)}`;
			},
		},
		{
			column: 'callbacks out of order',
			user: '200 200 200, then 2 × completed',
			asked: { results: 3 },
			...target.onCallbacks(
				3,
				async (context) => {
					const [one = '', two = ''] = context.ids;
					finishSilently(context, two);
					for (const status of [COMPLETED, PROCESSING]) await context.harness.sandbox.sendCallback({ id: two, status });
					context.harness.sandbox.finishJob(one);
				},
				{ videos: 2 },
			),
		},
		{
			column: 'lost callback',
			user: `"1 of 1 video finished: the execution continues", ${WELL}`,
			asked: { results: 2 },
			async run(context) {
				finishSilently(context, firstId(context));
				const { text } = await call(context, undefined, 'GET');
				return `"${/<p class="now">(.*?)<\/p>/.exec(text)?.[1]}", ${await ending(context)}`;
			},
		},
		{
			column: '1,000 at once',
			user: `0 of 1000 refused with 401, ${WELL}`,
			asked: { results: 3 },
			async run(context) {
				finishSilently(context, firstId(context));
				return `${refusedAmong(await together(context, flood(context, firstId(context))))}, ${await ending(context)}`;
			},
		},
	],
};
