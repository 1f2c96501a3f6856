// What is left of a run when n8n, or a part of it, is cut off: parked runs go on, others are over, and whatever was paid for can be found.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { PATIENCE_MS, waitFor } from '../../support/waitFor';
import { callAgain, tally } from '../run/calls';
import { akoolItems, idsIn } from '../run/reading';
import { scenario } from '../run/scenario';
import { numbered, imagesToVideos } from '../run/workflows';
import type { Scene } from '../run/scene';
import type { Sandbox } from '../../sandbox';
import { fileOf } from '../driver/n8nWorkflows';

const POLLING = { options: { waitMode: 'polling', pollInterval: 2 } };
const BY_CALLBACK = { options: { waitMode: 'callback' } };
/** Jobs that end when the scenario says so. */
const UNTIL_TOLD = { jobSeconds: Infinity };
const LOOK = { timeoutMs: PATIENCE_MS, everyMs: 100 };
/** Longer than the node ever pauses between two looks here. */
const SILENCE_MS = 8_000;
const ON_THE_WAY_MS = 1_000;

const idsOf = (sandbox: Sandbox) => sandbox.jobs.map(({ _id }) => _id);

const untilItAsks = async (sandbox: Sandbox) =>
	await waitFor('the second look', async () => (sandbox.countRequests('results') >= 2 ? true : undefined), LOOK);

/** Asserts that n8n's log names all videos. */
async function assertInLog(scene: Scene, ids: readonly string[]) {
	const named = idsIn(await scene.log());
	for (const id of ids) assert.ok(named.has(id), `the log names ${id}`);
}

scenario(
	'cut off while it polls: the run is over, nothing is made again by itself, and Get brings the videos home',
	async (scene) => {
		const akool = await scene.akool(UNTIL_TOLD);
		const { sandbox } = akool;
		const started = await scene.start(imagesToVideos(akool, POLLING, { items: numbered(3) }));
		await untilItAsks(sandbox);
		const process = await scene.processOf(started.id);
		const killedMs = Date.now();
		await process.kill();
		// What it had sent before may come in a moment later.
		await sleep(ON_THE_WAY_MS);
		const asked = sandbox.requests.length;
		const hasOthers = scene.stage.processes.length > 1;
		if (!hasOthers) await process.start();
		await started.reaches(['crashed', 'error']);
		scene.note(
			`${process.name} killed; n8n calls the run ${await started.status()} after ${((Date.now() - killedMs) / 1_000).toFixed(0)} s`,
		);
		if (hasOthers) await process.start();
		assert.equal(sandbox.requests.length, asked, 'n8n does not take up the run by itself');
		const ids = idsOf(sandbox);
		assert.equal(ids.length, 3);
		await assertInLog(scene, ids);
		sandbox.finishAll();
		const home = await scene.run(
			imagesToVideos(akool, {
				operation: 'get',
				videoIds: ids.join(','),
				waitForCompletion: true,
				downloadVideo: true,
				...POLLING,
			}),
		);
		assert.equal(home.status, 'success');
		assert.deepEqual(
			akoolItems(home).map((item) => [item.json._id, item.json.status, fileOf(item).fileName]),
			ids.map((id) => [id, 3, `${id}.mp4`]),
		);
		assert.equal(sandbox.jobs.length, 3);
	},
	{ lane: 'alone' },
);

scenario(
	'every part of n8n is restarted while runs are parked, and their videos all come home',
	async (scene) => {
		const akool = await scene.akool({ ...UNTIL_TOLD, repeatCallbackSeconds: 2 });
		const { sandbox } = akool;
		const workflow = imagesToVideos(akool, { ...BY_CALLBACK, downloadVideo: true }, { items: numbered(3) });
		const runs = await Promise.all([scene.start(workflow), scene.start(workflow)]);
		for (const run of runs) await run.reaches(['waiting']);
		for (const [n, part] of scene.stage.processes.entries()) {
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
				assert.ok((await scene.client.downloadBinary(fileOf(item))).includes(Buffer.from(String(item.json._id))));
		}
		assert.equal(sandbox.jobs.length, 6);
		scene.note(`restarted, one after the other: ${scene.stage.processes.map(({ name }) => name).join(', ')}`);
	},
	{ lane: 'alone' },
);

scenario(
	'calls that come while a part of n8n is down are made again, and nothing is lost',
	async (scene) => {
		const akool = await scene.akool({ ...UNTIL_TOLD, callbackTries: 1 });
		const { sandbox } = akool;
		const started = await scene.start(imagesToVideos(akool, BY_CALLBACK, { items: numbered(2) }));
		await started.reaches(['waiting']);
		const front = scene.stage.processes.at(-1);
		await front?.kill();
		sandbox.finishAll();
		await waitFor(
			'calls in vain',
			async () => (sandbox.callbacks.filter(({ status }) => status === 3).length >= 2 ? true : undefined),
			LOOK,
		);
		await front?.start();
		await callAgain(sandbox);
		const execution = await started.ends();
		const items = akoolItems(execution);
		assert.deepEqual(
			items.map(({ json }) => json.status),
			[3, 3],
		);
		assert.deepEqual(new Set(items.map(({ json }) => json._id)), new Set(idsOf(sandbox)));
		scene.note(
			`${front?.name} was down; callbacks answered ${JSON.stringify(tally(sandbox.callbacks.map(({ httpStatus }) => httpStatus)))}`,
		);
	},
	{ lane: 'alone' },
);

scenario('the stop button on a run that a call has started: what was paid for can be found', async (scene) => {
	const akool = await scene.akool(UNTIL_TOLD);
	const { sandbox } = akool;
	const started = await scene.start(imagesToVideos(akool, POLLING, { items: numbered(2) }), 'call');
	await untilItAsks(sandbox);
	await scene.client.stopExecution(started.id);
	await started.reaches(['canceled']);
	const asked = sandbox.countRequests('results');
	if (scene.can.endsWhatACallStarted) {
		await sleep(SILENCE_MS);
		assert.equal(sandbox.countRequests('results'), asked, 'nothing is asked any more');
	} else {
		// One look may have been on its way, so it is the second that tells.
		await waitFor(
			'the node to go on asking',
			async () => (sandbox.countRequests('results') >= asked + 2 ? true : undefined),
			LOOK,
		);
		scene.note('n8n marks the run as canceled, but does not tell the worker: the node goes on asking');
	}
	assert.equal(sandbox.jobs.length, 2);
	await assertInLog(scene, idsOf(sandbox));
	sandbox.finishAll();
	if (!scene.can.endsWhatACallStarted) {
		// Else the node would ask on when this Akool is gone.
		const before = sandbox.countRequests('results');
		await waitFor(
			'the node to see that all are finished',
			async () =>
				sandbox.requests.filter(({ endpoint, answered }) => endpoint === 'results' && answered !== null).length > before
					? true
					: undefined,
			LOOK,
		);
	}
	assert.equal((await started.ends()).status, 'canceled');
});
