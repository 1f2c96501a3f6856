// Money: nothing is paid twice, nothing is spent unseen, and what was paid for can be found.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorOf } from '../driver/n8nWorkflows';
import { PATIENCE_MS, waitFor } from '../../support/waitFor';
import { akoolItems, customDataOf, idsIn, visibleText } from '../run/reading';
import { scenario } from '../run/scenario';
import { AKOOL, loopOfImages, numbered, imagesToVideos } from '../run/workflows';
import type { Sandbox } from '../../sandbox';

const NO_WAIT = { waitForCompletion: false };
const CONTINUE = { onError: 'continueRegularOutput' };
const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 500 };
const LOOK = { timeoutMs: PATIENCE_MS, everyMs: 50 };
/** Longer than the node ever pauses between two looks here. */
const SILENCE_MS = 25_000;
/** Long enough for a worker to hear of the stop button. */
const HEARD_MS = 20_000;

/** Waits until nothing is asked of Akool any more. */
async function untilSilent(sandbox: Sandbox) {
	const look = async () => {
		const asked = sandbox.requests.length;
		await sleep(SILENCE_MS);
		return sandbox.requests.length === asked ? true : undefined;
	};
	await waitFor('the node to ask nothing any more', look, LOOK);
}

const madeIds = (sandbox: Sandbox) => new Set(sandbox.jobs.map(({ _id }) => _id));

scenario('Maximum Credits: 5 videos are made of 50, and 45 items say why not', async (scene) => {
	const akool = await scene.akool();
	const { sandbox } = akool;
	const parameters = { ...NO_WAIT, options: { maxCredits: 100, concurrency: 4 } };
	const execution = await scene.run(imagesToVideos(akool, parameters, { items: numbered(50), node: CONTINUE }));
	const items = akoolItems(execution);
	assert.ok(sandbox.jobs.length <= 5, `${sandbox.jobs.length} videos were made`);
	assert.equal(sandbox.jobs.length, 5);
	assert.equal(items.length, 50);
	const refused = items.filter(({ json }) => /Maximum Credits/.test(String(json.error)));
	assert.equal(refused.length, 45);
	for (const { json } of refused) assert.match(String(json.error_description), /spent 100 of 100 credits/);
	assert.deepEqual(idsIn(JSON.stringify(items.map(({ json }) => json._id))), madeIds(sandbox));
});

scenario('Maximum Videos and Minimum Balance stop a run before it costs anything', async (scene) => {
	const akool = await scene.akool({ credits: 70 });
	const { sandbox } = akool;
	const table: [object, RegExp][] = [
		[{ maxVideos: 2 }, /'Limit: Maximum Videos' is 2, but this execution would create 3/],
		[{ minBalance: 100 }, /'Limit: Minimum Balance' is 100 credits, but the account has 70/],
	];
	for (const [options, message] of table) {
		const execution = await scene.run(imagesToVideos(akool, { ...NO_WAIT, options }, { items: numbered(3) }));
		assert.match(errorOf(execution) ?? '', message);
	}
	assert.equal(sandbox.jobs.length, 0);
	const fine = await scene.run(
		imagesToVideos(akool, { ...NO_WAIT, options: { maxVideos: 3, minBalance: 70 } }, { items: numbered(3) }),
	);
	assert.equal(fine.status, 'success');
	assert.equal(sandbox.jobs.length, 3);
});

scenario(
	'what the model list rules out is refused with the allowed values, before it costs anything',
	async (scene) => {
		const akool = await scene.akool();
		const batch = {
			operation: 'createBatch',
			...NO_WAIT,
			modelName: { __rl: true, mode: 'name', value: 'doubao-seedance-2-0-fast-260128/image-to-video' },
			batchResolution: '720p',
			batchVideoLength: 4,
		};
		for (const [changes, message] of [
			[{ count: 3 }, /'Count' is 3.*Use 1 to 2\..*Nothing was charged/s],
			[{ batchResolution: '4k' }, /'Resolution' is 4k.*720p.*Nothing was charged/s],
			[{ batchVideoLength: 5 }, /'Video Length' is 5.*4.*8.*12.*Nothing was charged/s],
		] as [object, RegExp][]) {
			const execution = await scene.run(imagesToVideos(akool, { ...batch, ...changes }));
			assert.match(errorOf(execution) ?? '', message);
		}
		assert.equal(akool.sandbox.countRequests('batch'), 0);
		akool.sandbox.addFault({ on: 'models', kind: 'status', times: Infinity });
		const other = {
			...akool,
			credential: await scene.credentialFor(akool.sandbox, { baseUrl: `${akool.sandbox.url}/`, clientId: 'another' }),
		};
		const unchecked = await scene.run(imagesToVideos(other, { ...batch, count: 2 }));
		assert.equal(unchecked.status, 'success', errorOf(unchecked));
		assert.match(visibleText(unchecked), /model list could not be read/);
	},
);

scenario('Retry On Fail takes up the videos that exist, and makes none again', async (scene) => {
	const akool = await scene.akool({ jobSeconds: 1 });
	const { sandbox } = akool;
	const blocked = sandbox.addFault({ on: 'results', kind: 'code', code: 1200, times: 1 });
	const parameters = { options: { waitMode: 'polling', pollInterval: 2 } };
	const execution = await scene.run(imagesToVideos(akool, parameters, { items: numbered(5), node: RETRY }));
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.equal(blocked.hits, 1);
	assert.equal(sandbox.jobs.length, 5);
	assert.deepEqual(new Set(akoolItems(execution).map(({ json }) => json._id)), madeIds(sandbox));
});

scenario(
	'a failed execution that is retried from the list takes up its video, and asks about it, since Akool calls the failed one',
	async (scene) => {
		const akool = await scene.akool({ jobSeconds: 15 });
		const { sandbox } = akool;
		sandbox.addFault({ on: 'create', kind: 'code', code: 1006, after: 1, times: 1 });
		const parameters = { options: { waitMode: 'callback', concurrency: 1 } };
		const started = await scene.start(imagesToVideos(akool, parameters, { items: numbered(2) }));
		const failed = await started.ends();
		assert.match(errorOf(failed) ?? '', /does not have enough credits/);
		assert.equal(sandbox.jobs.length, 1);
		const execution = await scene.started(started.workflowId, await scene.client.retryExecution(started.id)).ends();
		assert.equal(execution.status, 'success', errorOf(execution));
		assert.equal(sandbox.jobs.length, 2, 'what the failed one has made is made no second time');
		assert.deepEqual(
			akoolItems(execution).map(({ json }) => [json._id, json.status]),
			sandbox.jobs.map(({ _id }) => [_id, 3]),
		);
		const hints = execution.data.resultData.runData[AKOOL]?.[0]?.hints;
		assert.match(JSON.stringify(hints), /Akool calls another execution, or none/);
	},
);

scenario(
	'a loop that makes a video for each item, and again for the same item, makes each of them once',
	async (scene) => {
		const akool = await scene.akool({ jobSeconds: 0.2 });
		const workflow = loopOfImages(akool, NO_WAIT, { items: 4, batchSize: 2 });
		const execution = await scene.run(workflow);
		assert.equal(execution.status, 'success', errorOf(execution));
		assert.equal(akool.sandbox.jobs.length, 4);
		assert.deepEqual(idsIn(visibleText(execution)), madeIds(akool.sandbox));
	},
);

scenario('stopped while it asks: canceled at once, no further request, and the videos can be found', async (scene) => {
	// No video ever ends, so it is the button alone that can end the run.
	const akool = await scene.akool({ jobSeconds: Infinity });
	const { sandbox } = akool;
	const started = await scene.start(
		imagesToVideos(akool, { options: { waitMode: 'polling', pollInterval: 10 } }, { items: numbered(3) }),
		'button',
	);
	await waitFor('the second look', async () => (sandbox.countRequests('results') >= 2 ? true : undefined), LOOK);
	const pressedMs = Date.now();
	await scene.client.stopExecution(started.id);
	await started.reaches(['canceled']);
	const seconds = (Date.now() - pressedMs) / 1_000;
	const asked = sandbox.requests.length;
	await untilSilent(sandbox);
	// A worker hears of the button a moment after n8n's list shows it: a look may be on its way just then.
	const further = sandbox.requests.length - asked;
	assert.ok(further <= (scene.stage.shape === 'queue' ? 1 : 0), `${further} requests after the button`);
	const execution = await started.ends();
	assert.equal(execution.status, 'canceled');
	const where = scene.can.findsStoppedByVideo ? 'the executions list' : 'n8n’s log';
	const found = idsIn(scene.can.findsStoppedByVideo ? JSON.stringify(customDataOf(execution)) : await scene.log());
	assert.deepEqual(new Set([...madeIds(sandbox)].filter((id) => found.has(id))), madeIds(sandbox));
	scene.note(`canceled ${seconds.toFixed(1)} s after the button; ${where} finds its videos by their IDs`);
});

scenario('stopped while it creates: no further create, and none that was paid for is lost', async (scene) => {
	const akool = await scene.akool();
	const { sandbox } = akool;
	sandbox.addFault({ on: 'create', kind: 'hold', times: 2 });
	const started = await scene.start(
		imagesToVideos(akool, { ...NO_WAIT, options: { concurrency: 2 } }, { items: numbered(10) }),
		'button',
	);
	await waitFor('the first creates', async () => (sandbox.countRequests('create') >= 2 ? true : undefined), LOOK);
	await scene.client.stopExecution(started.id);
	await started.reaches(['canceled']);
	await sleep(HEARD_MS);
	sandbox.release();
	// n8n has closed the book of the execution by the time that Akool answers: what was made is in n8n's log, with the execution.
	const find = async () =>
		(await scene.log())
			.split('\n')
			.filter((line) => line.includes(`for execution ${started.id} after the execution was stopped`));
	const told = await waitFor(
		'the log to name both videos',
		async () => ((await find()).length >= 2 ? await find() : undefined),
		LOOK,
	);
	await untilSilent(sandbox);
	assert.equal(sandbox.countRequests('create'), 2);
	assert.deepEqual(new Set(told.flatMap((line) => [...idsIn(line)])), madeIds(sandbox));
	assert.equal(sandbox.jobs.length, 2);
	scene.note(`n8n’s log: “${told[0]}”`);
});
