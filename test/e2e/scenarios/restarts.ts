// What happens to executions when n8n or one of its processes is killed: parked ones resume, others are over, and every paid video can be found.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { LONGEST_WAIT_MS, waitFor } from '../../support/waitFor';
import { repeatCallbacks, countByStatus } from '../run/calls';
import { akoolItems } from '../run/reading';
import { scenario } from '../run/scenario';
import { numbered, imagesToVideos } from '../run/workflows';
import type { Sandbox } from '../../sandbox';
import { fileOf } from '../driver/n8nWorkflows';

const POLLING = { options: { waitMode: 'polling', pollInterval: 2 } };
const BY_CALLBACK = { options: { waitMode: 'callback' } };
/** Jobs that end when the scenario says so. */
const FINISHED_BY_TEST = { jobSeconds: Infinity };
const EVERY_MOMENT = { timeoutMs: LONGEST_WAIT_MS, everyMs: 100 };
/** Longer than the node ever pauses between two status requests here. */
const SILENCE_MS = 8_000;
const ON_THE_WAY_MS = 1_000;

const idsOf = (sandbox: Sandbox) => sandbox.jobs.map(({ _id }) => _id);

const untilItPolls = async (sandbox: Sandbox) =>
	await waitFor(
		'the second status request',
		async () => (sandbox.countRequests('results') >= 2 ? true : undefined),
		EVERY_MOMENT,
	);

scenario(
	'n8n is killed while polling: nothing is ordered again, and Get retrieves the videos',
	async (context) => {
		const akool = await context.akool(FINISHED_BY_TEST);
		const { sandbox } = akool;
		const started = await context.start(imagesToVideos(akool, POLLING, { items: numbered(3) }));
		await untilItPolls(sandbox);
		const process = await context.processOf(started.id);
		const killedMs = Date.now();
		await process.kill();
		// What it had sent before may come in a moment later.
		await sleep(ON_THE_WAY_MS);
		const asked = sandbox.requests.length;
		const hasOthers = context.environment.processes.length > 1;
		if (!hasOthers) await process.start();
		await started.reaches(['crashed', 'error']);
		context.note(
			`${process.name} killed; n8n calls the run ${await started.status()} after ${((Date.now() - killedMs) / 1_000).toFixed(0)} s`,
		);
		if (hasOthers) await process.start();
		assert.equal(sandbox.requests.length, asked, 'n8n does not take up the run by itself');
		const ids = idsOf(sandbox);
		assert.equal(ids.length, 3);
		await context.untilLogged(ids);
		sandbox.finishAll();
		const fetched = await context.run(
			imagesToVideos(akool, {
				operation: 'get',
				videoIds: ids.join(','),
				waitForCompletion: true,
				downloadVideo: true,
				...POLLING,
			}),
		);
		assert.equal(fetched.status, 'success');
		assert.deepEqual(
			akoolItems(fetched).map((item) => [item.json._id, item.json.status, fileOf(item).fileName]),
			ids.map((id) => [id, 3, `${id}.mp4`]),
		);
		assert.equal(sandbox.jobs.length, 3);
	},
	{ group: 'alone' },
);

scenario(
	'Every n8n process is restarted while executions are parked, and all videos arrive',
	async (context) => {
		const akool = await context.akool({ ...FINISHED_BY_TEST, repeatCallbackSeconds: 2 });
		const { sandbox } = akool;
		const workflow = imagesToVideos(akool, { ...BY_CALLBACK, downloadVideo: true }, { items: numbered(3) });
		const runs = await Promise.all([context.start(workflow), context.start(workflow)]);
		for (const run of runs) await run.reaches(['waiting']);
		for (const [n, part] of context.environment.processes.entries()) {
			await part.restart({ hard: n % 2 === 0 });
			for (const run of runs) assert.equal(await run.status(), 'waiting', `after ${part.name} was restarted`);
		}
		sandbox.finishAll();
		for (const run of runs) {
			const execution = await run.ends();
			assert.equal(execution.status, 'success');
			const items = akoolItems(execution);
			assert.deepEqual(
				items.map(({ json }) => json.status),
				[3, 3, 3],
			);
			for (const item of items)
				assert.ok((await context.client.downloadBinary(fileOf(item))).includes(Buffer.from(String(item.json._id))));
		}
		assert.equal(sandbox.jobs.length, 6);
		context.note(`restarted, one after the other: ${context.environment.processes.map(({ name }) => name).join(', ')}`);
	},
	{ group: 'alone' },
);

scenario(
	'Callbacks sent while an n8n process is down are repeated, and no video is lost',
	async (context) => {
		const akool = await context.akool({ ...FINISHED_BY_TEST, callbackTries: 1 });
		const { sandbox } = akool;
		const started = await context.start(imagesToVideos(akool, BY_CALLBACK, { items: numbered(2) }));
		await started.reaches(['waiting']);
		const front = context.environment.processes.at(-1);
		await front?.kill();
		sandbox.finishAll();
		await waitFor(
			'callbacks that nobody answers',
			async () => (sandbox.callbacks.filter(({ status }) => status === 3).length >= 2 ? true : undefined),
			EVERY_MOMENT,
		);
		await front?.start();
		await repeatCallbacks(sandbox);
		const execution = await started.ends();
		const items = akoolItems(execution);
		assert.deepEqual(
			items.map(({ json }) => json.status),
			[3, 3],
		);
		assert.deepEqual(new Set(items.map(({ json }) => json._id)), new Set(idsOf(sandbox)));
		context.note(
			`${front?.name} was down; callbacks answered ${JSON.stringify(countByStatus(sandbox.callbacks.map(({ httpStatus }) => httpStatus)))}`,
		);
	},
	{ group: 'alone' },
);

scenario('A stopped execution that a webhook started: its paid videos can be found', async (context) => {
	const akool = await context.akool(FINISHED_BY_TEST);
	const { sandbox } = akool;
	const started = await context.start(imagesToVideos(akool, POLLING, { items: numbered(2) }), 'call');
	await untilItPolls(sandbox);
	await context.client.stopExecution(started.id);
	await started.reaches(['canceled']);
	const asked = sandbox.countRequests('results');
	if (context.can.stopsWebhookExecutions) {
		await sleep(SILENCE_MS);
		assert.equal(sandbox.countRequests('results'), asked, 'nothing is asked any more');
	} else {
		// One status request may have been on its way, so only the second one proves it.
		await waitFor(
			'the node to keep polling',
			async () => (sandbox.countRequests('results') >= asked + 2 ? true : undefined),
			EVERY_MOMENT,
		);
		context.note('n8n marks the run as canceled, but does not tell the worker: the node keeps polling');
	}
	assert.equal(sandbox.jobs.length, 2);
	await context.untilLogged(idsOf(sandbox));
	sandbox.finishAll();
	if (!context.can.stopsWebhookExecutions) {
		// Else the node would ask on when this Akool is gone.
		const before = sandbox.countRequests('results');
		await waitFor(
			'the node to see that all are finished',
			async () =>
				sandbox.requests.filter(({ endpoint, answered }) => endpoint === 'results' && answered !== null).length > before
					? true
					: undefined,
			EVERY_MOMENT,
		);
	}
	assert.equal((await started.ends()).status, 'canceled');
});
