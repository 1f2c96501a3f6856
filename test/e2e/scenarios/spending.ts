// Money: nothing is paid twice, nothing is spent unseen, and what was paid for can be found.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorOf } from '../driver/n8nWorkflows';
import { LONGEST_WAIT_MS, waitFor } from '../../support/waitFor';
import { akoolItems, customDataOf, idsIn, visibleText } from '../run/reading';
import { scenario } from '../run/scenario';
import { AKOOL, loopOfImages, numbered, imagesToVideos } from '../run/workflows';
import type { Sandbox } from '../../sandbox';

const NO_WAIT = { waitForCompletion: false };
const CONTINUE = { onError: 'continueRegularOutput' };
const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 500 };
const EVERY_MOMENT = { timeoutMs: LONGEST_WAIT_MS, everyMs: 50 };
/** Longer than the node ever pauses between two status requests here. */
const SILENCE_MS = 25_000;
/** Long enough for a worker to learn of the stop button. */
const HEARD_MS = 20_000;

/** Waits until nothing is asked of Akool any more. */
async function untilSilent(sandbox: Sandbox) {
	const check = async () => {
		const asked = sandbox.requests.length;
		await sleep(SILENCE_MS);
		return sandbox.requests.length === asked ? true : undefined;
	};
	await waitFor('the node to ask nothing any more', check, EVERY_MOMENT);
}

const madeIds = (sandbox: Sandbox) => new Set(sandbox.jobs.map(({ _id }) => _id));

scenario('Maximum Credits: 5 of 50 videos are created, and 45 items say why not', async (context) => {
	const akool = await context.akool();
	const { sandbox } = akool;
	const parameters = { ...NO_WAIT, options: { maxCredits: 100, concurrency: 4 } };
	const execution = await context.run(imagesToVideos(akool, parameters, { items: numbered(50), node: CONTINUE }));
	const items = akoolItems(execution);
	assert.ok(sandbox.jobs.length <= 5, `${sandbox.jobs.length} videos were made`);
	assert.equal(sandbox.jobs.length, 5);
	assert.equal(items.length, 50);
	const refused = items.filter(({ json }) => /Maximum Credits/.test(String(json.error)));
	assert.equal(refused.length, 45);
	for (const { json } of refused) assert.match(String(json.error_description), /spent 100 of 100 credits/);
	assert.deepEqual(idsIn(JSON.stringify(items.map(({ json }) => json._id))), madeIds(sandbox));
});

scenario('Maximum Videos and Minimum Balance stop an execution before it costs anything', async (context) => {
	const akool = await context.akool({ credits: 70 });
	const { sandbox } = akool;
	const table: [object, RegExp][] = [
		[{ maxVideos: 2 }, /'Limit: Maximum Videos' is 2, but this execution would create 3/],
		[{ minBalance: 100 }, /'Limit: Minimum Balance' is 100 credits, but the account has 70/],
	];
	for (const [options, message] of table) {
		const execution = await context.run(imagesToVideos(akool, { ...NO_WAIT, options }, { items: numbered(3) }));
		assert.match(errorOf(execution) ?? '', message);
	}
	assert.equal(sandbox.jobs.length, 0);
	const fine = await context.run(
		imagesToVideos(akool, { ...NO_WAIT, options: { maxVideos: 3, minBalance: 70 } }, { items: numbered(3) }),
	);
	assert.equal(fine.status, 'success');
	assert.equal(sandbox.jobs.length, 3);
});

scenario(
	'Values that the model does not support are refused with the allowed ones, before it costs anything',
	async (context) => {
		const akool = await context.akool();
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
			const execution = await context.run(imagesToVideos(akool, { ...batch, ...changes }));
			assert.match(errorOf(execution) ?? '', message);
		}
		assert.equal(akool.sandbox.countRequests('batch'), 0);
		akool.sandbox.addFault({ on: 'models', kind: 'status', times: Infinity });
		const other = {
			...akool,
			credential: await context.credentialFor(akool.sandbox, { baseUrl: `${akool.sandbox.url}/`, clientId: 'another' }),
		};
		const unchecked = await context.run(imagesToVideos(other, { ...batch, count: 2 }));
		assert.equal(unchecked.status, 'success', errorOf(unchecked));
		assert.match(visibleText(unchecked), /model list could not be read/);
	},
);

scenario('Retry On Fail continues with the existing videos and orders none again', async (context) => {
	const akool = await context.akool({ jobSeconds: 1 });
	const { sandbox } = akool;
	const blocked = sandbox.addFault({ on: 'results', kind: 'code', code: 1200, times: 1 });
	const parameters = { options: { waitMode: 'polling', pollInterval: 2 } };
	const execution = await context.run(imagesToVideos(akool, parameters, { items: numbered(5), node: RETRY }));
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.equal(blocked.hits, 1);
	assert.equal(sandbox.jobs.length, 5);
	assert.deepEqual(new Set(akoolItems(execution).map(({ json }) => json._id)), madeIds(sandbox));
});

scenario(
	'A failed execution that is retried from the list continues with its video and polls for it',
	async (context) => {
		const akool = await context.akool({ jobSeconds: 15 });
		const { sandbox } = akool;
		sandbox.addFault({ on: 'create', kind: 'code', code: 1006, after: 1, times: 1 });
		const parameters = { options: { waitMode: 'callback', concurrency: 1 } };
		const started = await context.start(imagesToVideos(akool, parameters, { items: numbered(2) }));
		const failed = await started.ends();
		assert.match(errorOf(failed) ?? '', /does not have enough credits/);
		assert.equal(sandbox.jobs.length, 1);
		const execution = await context.started(started.workflowId, await context.client.retryExecution(started.id)).ends();
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

scenario('A loop creates one video for each pass, also for the same item', async (context) => {
	const akool = await context.akool({ jobSeconds: 0.2 });
	const workflow = loopOfImages(akool, NO_WAIT, { items: 4, batchSize: 2 });
	const execution = await context.run(workflow);
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.equal(akool.sandbox.jobs.length, 4);
	assert.deepEqual(idsIn(visibleText(execution)), madeIds(akool.sandbox));
});

scenario(
	'Stopped while polling: canceled at once, no further request, and the videos can be found',
	async (context) => {
		// No video ever ends, so it is the button alone that can end the run.
		const akool = await context.akool({ jobSeconds: Infinity });
		const { sandbox } = akool;
		const started = await context.start(
			imagesToVideos(akool, { options: { waitMode: 'polling', pollInterval: 10 } }, { items: numbered(3) }),
			'button',
		);
		await waitFor(
			'the second status request',
			async () => (sandbox.countRequests('results') >= 2 ? true : undefined),
			EVERY_MOMENT,
		);
		const pressedMs = Date.now();
		await context.client.stopExecution(started.id);
		await started.reaches(['canceled']);
		const seconds = (Date.now() - pressedMs) / 1_000;
		const asked = sandbox.requests.length;
		await untilSilent(sandbox);
		// A worker learns of the stop button a moment after n8n's list shows it: a status request may be on its way just then.
		const further = sandbox.requests.length - asked;
		assert.ok(further <= (context.environment.shape === 'queue' ? 1 : 0), `${further} requests after the button`);
		const execution = await started.ends();
		assert.equal(execution.status, 'canceled');
		const where = context.can.findsStoppedExecutionsByVideo ? 'the executions list' : 'n8n’s log';
		const ids = madeIds(sandbox);
		if (context.can.findsStoppedExecutionsByVideo) {
			const found = idsIn(JSON.stringify(customDataOf(execution)));
			assert.deepEqual(new Set([...ids].filter((id) => found.has(id))), ids);
		} else await context.untilLogged([...ids]);
		context.note(`canceled ${seconds.toFixed(1)} s after the button; ${where} finds its videos by their IDs`);
	},
);

scenario('Stopped while ordering: no further order, and no paid video is lost', async (context) => {
	const akool = await context.akool();
	const { sandbox } = akool;
	sandbox.addFault({ on: 'create', kind: 'hold', times: 2 });
	const started = await context.start(
		imagesToVideos(akool, { ...NO_WAIT, options: { concurrency: 2 } }, { items: numbered(10) }),
		'button',
	);
	await waitFor(
		'the first creates',
		async () => (sandbox.countRequests('create') >= 2 ? true : undefined),
		EVERY_MOMENT,
	);
	await context.client.stopExecution(started.id);
	await started.reaches(['canceled']);
	await sleep(HEARD_MS);
	sandbox.release();
	// n8n has closed the book of the execution by the time that Akool answers: what was made is in n8n's log, with the execution.
	const find = async () =>
		(await context.log())
			.split('\n')
			.filter((line) => line.includes(`for execution ${started.id} after the execution was stopped`));
	const lines = await waitFor(
		'the log to name both videos',
		async () => ((await find()).length >= 2 ? await find() : undefined),
		EVERY_MOMENT,
	);
	await untilSilent(sandbox);
	assert.equal(sandbox.countRequests('create'), 2);
	assert.deepEqual(new Set(lines.flatMap((line) => [...idsIn(line)])), madeIds(sandbox));
	assert.equal(sandbox.jobs.length, 2);
	context.note(`n8n’s log: “${lines[0]}”`);
});
