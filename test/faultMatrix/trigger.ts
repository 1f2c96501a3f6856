// Calls to the trigger.

import { TriggerWorkflow } from '../integration/calls';
import { at, create } from '../integration/stage';
import { credentialFor } from '../integration/engine';
import type { Row, Scene } from './cell';
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

const PROCESSING = 2;
const COMPLETED = 3;
const WELL = 'started: completed';

function hook({ stage }: Scene, more: Wishes = {}): TriggerWorkflow {
	const credential = credentialFor(stage.sandbox, more.byToken === true ? { authentication: 'accessToken' } : {});
	return new TriggerWorkflow(credential, {
		triggerOn: ['completed', 'failed', 'progress'],
		options: { downloadVideo: more.download === true },
	});
}

const called: Called = {
	hear: (calls, deed, more) => ({
		async run(scene) {
			const workflow = hook(scene, more);
			const hearing = new Hearing(scene);
			const taken = hearing.take(calls, async (body) => await workflow.call(body));
			await deed(scene);
			await taken;
			return String(hearing);
		},
	}),
	well: WELL,
	nothing: 'nothing started',
	looksAfter: 0,
	tokens: 2,
	unknownVideo: 401,
	isPatient: false,
};

/** Several calls at the same moment, with the same or with other bodies. */
async function together(scene: Scene, bodies: readonly string[]): Promise<Hearing> {
	const workflow = hook(scene);
	const hearing = new Hearing(scene);
	for (const answer of await Promise.all(bodies.map(async (body) => await workflow.call(body)))) hearing.note(answer);
	return hearing;
}

/** Finishes the video without a call, and gives its ID. */
function finishOwn(scene: Scene): string {
	const id = at(scene.ids, 0);
	finishSilently(scene, id);
	return id;
}

export const triggerRow: Row = {
	name: 'Trigger',
	on: 'results',
	async prepare({ stage, n8n }) {
		const { json } = await stage.run(create({ waitForCompletion: false, options: { webhookUrl: n8n.url } }));
		return json.map(({ _id }) => String(_id));
	},
	cells: [
		...readBackCells(called),
		...oddCells(called),
		// The file comes before the call counts as dealt with.
		...fileCells(called, ''),
		{
			column: 'replayed call',
			user: `200 200 200, ${WELL}`,
			asked: { results: 1 },
			...called.hear(3, async (scene) => {
				const order = {
					id: finishOwn(scene),
					status: COMPLETED,
					timestamp: scene.stage.clock.now(),
					nonce: '4711',
				};
				for (let time = 0; time < 3; time++) await scene.stage.sandbox.sendCallback(order);
			}),
		},
		{
			column: 'doubled call',
			user: `200 503, ${WELL}`,
			asked: { results: 1 },
			run: async (scene) => {
				const body = scene.stage.sandbox.sealCallback({ id: finishOwn(scene), status: COMPLETED });
				return String(await together(scene, [body, body]));
			},
		},
		{
			column: 'calls out of order',
			user: `200 200, ${WELL}`,
			asked: { results: 2 },
			...called.hear(2, async (scene) => {
				const id = finishOwn(scene);
				for (const status of [COMPLETED, PROCESSING]) await scene.stage.sandbox.sendCallback({ id, status });
			}),
		},
		{
			column: '1,000 at once',
			user: `700 of 1000 refused with 401, ${WELL}`,
			asked: { results: 1 },
			run: async (scene) => {
				const { statuses, started } = await together(scene, flood(scene, finishOwn(scene)));
				return `${refusedAmong(statuses)}, started: ${started.join(', ')}`;
			},
		},
	],
};
