// Callbacks to the trigger.

import { TriggerWorkflow } from '../integration/calls';
import { at, create } from '../integration/harness';
import { credentialFor } from '../integration/engine';
import type { Row, CellContext } from './cell';
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

const PROCESSING = 2;
const COMPLETED = 3;
const WELL = 'started: completed';

function hook({ harness }: CellContext, more: CallbackOptions = {}): TriggerWorkflow {
	const credential = credentialFor(harness.sandbox, more.byToken === true ? { authentication: 'accessToken' } : {});
	return new TriggerWorkflow(credential, {
		triggerOn: ['completed', 'failed', 'progress'],
		options: { downloadVideo: more.download === true },
	});
}

const target: CallbackTarget = {
	onCallbacks: (calls, action, more) => ({
		async run(context) {
			const workflow = hook(context, more);
			const callbacks = new CallbackLog(context);
			const taken = callbacks.take(calls, async (body) => await workflow.call(body));
			await action(context);
			await taken;
			return String(callbacks);
		},
	}),
	well: WELL,
	nothing: 'nothing started',
	pollsAfter: 0,
	tokens: 2,
	unknownVideo: 401,
	holdsCallbacks: false,
};

/** Several calls at the same moment, with the same or with other bodies. */
async function together(context: CellContext, bodies: readonly string[]): Promise<CallbackLog> {
	const workflow = hook(context);
	const callbacks = new CallbackLog(context);
	for (const answer of await Promise.all(bodies.map(async (body) => await workflow.call(body)))) callbacks.note(answer);
	return callbacks;
}

/** Finishes the video without a call, and gives its ID. */
function finishOwn(context: CellContext): string {
	const id = at(context.ids, 0);
	finishSilently(context, id);
	return id;
}

export const triggerRow: Row = {
	name: 'Trigger',
	on: 'results',
	async prepare({ harness, n8n }) {
		const { json } = await harness.run(create({ waitForCompletion: false, options: { webhookUrl: n8n.url } }));
		return json.map(({ _id }) => String(_id));
	},
	cells: [
		...readBackCells(target),
		...oddCells(target),
		// The file is downloaded before the callback is answered.
		...fileCells(target, ''),
		{
			column: 'replayed callback',
			user: `200 200 200, ${WELL}`,
			asked: { results: 1 },
			...target.onCallbacks(3, async (context) => {
				const order = {
					id: finishOwn(context),
					status: COMPLETED,
					timestamp: context.harness.clock.now(),
					nonce: '4711',
				};
				for (let time = 0; time < 3; time++) await context.harness.sandbox.sendCallback(order);
			}),
		},
		{
			column: 'duplicate callback',
			user: `200 503, ${WELL}`,
			asked: { results: 1 },
			run: async (context) => {
				const body = context.harness.sandbox.makeCallback({ id: finishOwn(context), status: COMPLETED });
				return String(await together(context, [body, body]));
			},
		},
		{
			column: 'callbacks out of order',
			user: `200 200, ${WELL}`,
			asked: { results: 2 },
			...target.onCallbacks(2, async (context) => {
				const id = finishOwn(context);
				for (const status of [COMPLETED, PROCESSING]) await context.harness.sandbox.sendCallback({ id, status });
			}),
		},
		{
			column: '1,000 at once',
			user: `700 of 1000 refused with 401, ${WELL}`,
			asked: { results: 1 },
			run: async (context) => {
				const { statuses, started } = await together(context, flood(context, finishOwn(context)));
				return `${refusedAmong(statuses)}, started: ${started.join(', ')}`;
			},
		},
	],
};
