// The trigger: every piece of news about a video starts its workflow once, and nothing else does.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileOf, itemsOf } from '../driver/n8nWorkflows';
import { PATIENCE_MS, waitFor } from '../../support/waitFor';
import { createAtAkool, postTo, tally } from '../run/calls';
import { scenario } from '../run/scenario';
import { AFTER, TRIGGER, numbered, imagesToVideos, triggered } from '../run/workflows';
import type { Credential } from '../driver/n8nNodes';
import type { Sandbox } from '../../sandbox';
import type { Scene } from '../run/scene';
import type { Parameters } from '../run/workflows';

/** Long enough for a start that must not come. */
const QUIET_MS = 1_500;
const PATIENCE = { timeoutMs: PATIENCE_MS, everyMs: 500 };
/** Jobs that end when the scenario says so. */
const UNTIL_TOLD = { jobSeconds: Infinity };

/** Publishes a workflow with the trigger. */
async function publish(scene: Scene, credential: Credential, parameters?: Parameters) {
	const { client, stage } = scene;
	const workflow = await client.createWorkflow(triggered(credential, parameters));
	await client.activateWorkflow(workflow.id);
	scene.atClose(async () => void (await client.deactivateWorkflow(workflow.id)));
	const webhookId = workflow.nodes[0]?.webhookId;
	const starts = async (limit: number = 20) => await client.listExecutions(workflow.id, undefined, limit);
	return {
		workflowId: workflow.id,
		url: `${stage.url}/webhook/${webhookId}/webhook`,
		testUrl: `${stage.url}/webhook-test/${webhookId}/webhook`,
		starts,
		/** Waits until the workflow has been started so often, and no more. */
		async startedTimes(count: number) {
			const look = async () => {
				const list = await starts(count + 20);
				return list.length >= count && list.every(({ status }) => status === 'success') ? list : undefined;
			};
			await waitFor(`${count} starts of the trigger`, look, PATIENCE);
			await sleep(QUIET_MS);
			const list = await starts(count + 20);
			assert.equal(list.length, count, 'the workflow was started too often');
			return await Promise.all(list.slice(0, 20).map(async ({ id }) => await client.getExecution(id)));
		},
	};
}

/** Genuine callbacks about videos that are finished, one each. */
async function sealedBodies(sandbox: Sandbox, count: number) {
	const bodies = [];
	for (let made = 0; made < count; made++)
		bodies.push(sandbox.sealCallback({ id: await createAtAkool(sandbox), status: 3 }));
	return bodies;
}

const createOptions = (trigger: Awaited<ReturnType<typeof publish>>) => ({
	waitForCompletion: false,
	options: { webhookUrl: trigger.url },
});

scenario('a finished video starts the workflow once, with its file; a failed one starts it too', async (scene) => {
	const akool = await scene.akool({ jobSeconds: 1 });
	const trigger = await publish(scene, akool.credential, { options: { downloadVideo: true } });
	const prompt = '=[sandbox: seconds={{ $json.n + 1 }}{{ $json.n === 1 ? ", fail" : "" }}]';
	const made = await scene.run(imagesToVideos(akool, { ...createOptions(trigger), prompt }, { items: numbered(2) }));
	assert.equal(made.status, 'success');
	const executions = await trigger.startedTimes(2);
	const items = executions.flatMap((execution) => itemsOf(execution, TRIGGER));
	const done = items.find(({ json }) => json.status === 3);
	const failed = items.find(({ json }) => json.status === 4);
	// The two are ordered at the same moment, so the one that Akool hears first may be either.
	const idsOf = (fails: boolean) =>
		akool.sandbox.jobs.filter(({ body }) => String(body.prompt).includes('fail') === fails).map(({ _id }) => _id);
	assert.deepEqual([done?.json._id], idsOf(false));
	assert.deepEqual([failed?.json._id], idsOf(true));
	assert.equal(failed?.binary, undefined);
	const file = scene.client.downloadBinary(fileOf(done));
	if (scene.can.showsFilesOfTriggers()) assert.ok((await file).includes(Buffer.from(String(done?.json._id))));
	else await assert.rejects(file, { status: 404 });
	await waitFor('answers to all calls', async () => (akool.sandbox.callbacks.length >= 4 ? true : undefined), PATIENCE);
	assert.deepEqual(
		akool.sandbox.callbacks.map(({ httpStatus }) => httpStatus),
		[200, 200, 200, 200],
	);
	assert.equal(done?.json.deduction_credit, 20);
});

scenario('progress starts the workflow only where it was asked for', async (scene) => {
	// The video ends once its progress was heard of: later that would be no news.
	const akool = await scene.akool(UNTIL_TOLD);
	const trigger = await publish(scene, akool.credential, { triggerOn: ['progress', 'completed'] });
	await scene.run(imagesToVideos(akool, createOptions(trigger)));
	await trigger.startedTimes(1);
	akool.sandbox.finishAll();
	const executions = await trigger.startedTimes(2);
	const statuses = executions.map((execution) => itemsOf(execution, TRIGGER)[0]?.json.status_name);
	assert.deepEqual(statuses.sort(), ['completed', 'processing']);
});

scenario('doubled, early and late callbacks start the workflow once a video', async (scene) => {
	const akool = await scene.akool(UNTIL_TOLD);
	const trigger = await publish(scene, akool.credential);
	for (const fault of [
		{ on: 'callback', kind: 'doubled', status: 3 },
		{ on: 'callback', kind: 'early', when: 'create' as const },
		{ on: 'callback', kind: 'late', ms: 2_500, status: 3 },
	])
		akool.sandbox.addFault(fault);
	await scene.run(imagesToVideos(akool, createOptions(trigger), { items: numbered(3) }));
	// The early one is ahead of Akool's own word, so it was asked to come again.
	assert.deepEqual(
		akool.sandbox.callbacks.filter(({ status }) => status === 3).map(({ httpStatus }) => httpStatus),
		[503],
	);
	akool.sandbox.finishAll();
	const executions = await trigger.startedTimes(3);
	assert.equal(new Set(executions.map((execution) => itemsOf(execution, TRIGGER)[0]?.json._id)).size, 3);
});

scenario('every call is answered as promised, and a forged one costs no request to Akool', async (scene) => {
	const akool = await scene.akool({ jobSeconds: 0, queueSeconds: 0 });
	const { sandbox } = akool;
	const trigger = await publish(scene, akool.credential);
	const id = await createAtAkool(sandbox);
	const url = trigger.url;
	const looks = () => sandbox.countRequests('results');
	const genuine = { url, id, status: 3 };
	const dayMs = 24 * 60 * 60_000;
	const other = { clientId: 'T3RoZXJDbGllbnRJZDEyMzQ=', apiKey: 'AnotherKeyAnotherKeyAnotherKey32' };
	const refused: [string, () => Promise<(number | null)[]>, number][] = [
		['a broken signature', async () => await sandbox.sendCallback({ ...genuine, breakSignature: true }), 401],
		['encrypted with another key', async () => await sandbox.sendCallback({ ...genuine, apiKey: other.apiKey }), 401],
		[
			'signed with another client ID',
			async () => await sandbox.sendCallback({ ...genuine, clientId: other.clientId }),
			401,
		],
		[
			'another payload under the same signature',
			async () =>
				await postTo(url, {
					...JSON.parse(sandbox.sealCallback(genuine)),
					dataEncrypt: JSON.parse(sandbox.sealCallback({ ...genuine, status: 4 })).dataEncrypt,
				}),
			401,
		],
		[
			'a day and a minute old',
			async () => await sandbox.sendCallback({ ...genuine, timestamp: Date.now() - dayMs - 60_000 }),
			401,
		],
		['from next week', async () => await sandbox.sendCallback({ ...genuine, timestamp: Date.now() + 7 * dayMs }), 401],
		['no JSON object', async () => await postTo(url, '[1, 2]'), 400],
		['fields missing', async () => await postTo(url, { dataEncrypt: 'abc' }), 400],
		[
			'a signature that is none',
			async () => await postTo(url, { ...JSON.parse(sandbox.sealCallback(genuine)), signature: 'invalid' }),
			401,
		],
		['a payload without an ID', async () => await sandbox.sendCallback({ ...genuine, plaintext: '{"status":3}' }), 401],
	];
	for (const [what, call, status] of refused) assert.deepEqual(await call(), [status], what);
	assert.equal(looks(), 0, 'a call that is not genuine costs no request');
	const unknown = 'f'.repeat(24);
	assert.deepEqual(await sandbox.sendCallback({ ...genuine, id: unknown }), [401], 'a video that Akool does not know');
	assert.equal(looks(), 1);
	assert.deepEqual(await sandbox.sendCallback({ ...genuine, status: 2 }), [200], 'not asked for');
	assert.equal((await trigger.starts()).length, 0);

	const body = JSON.parse(sandbox.sealCallback(genuine));
	assert.deepEqual(await postTo(url, body), [200]);
	assert.deepEqual(await postTo(url, body), [200], 'replayed');
	assert.deepEqual(await sandbox.sendCallback(genuine), [200], 'repeated anew');
	await trigger.startedTimes(1);
});

scenario('a read-back that fails is answered 503, and the repeated call starts the workflow', async (scene) => {
	const akool = await scene.akool({ jobSeconds: 0.5 });
	const { sandbox } = akool;
	const trigger = await publish(scene, akool.credential);
	const once = sandbox.addFault({ on: 'results', kind: 'status', status: 500, times: 1 });
	await scene.run(imagesToVideos(akool, createOptions(trigger)));
	await trigger.startedTimes(1);
	assert.equal(once.hits, 1);
	assert.ok(
		sandbox.callbacks.every(({ httpStatus }) => httpStatus === 200),
		'one failed look is made up for within the call',
	);
	sandbox.addFault({ on: 'results', kind: 'status', status: 500, times: 4 });
	await scene.run(imagesToVideos(akool, createOptions(trigger)));
	await trigger.startedTimes(2);
	assert.ok(sandbox.callbacks.some(({ httpStatus, status }) => httpStatus === 503 && status === 3));
});

scenario(
	'without a client ID the trigger is not published, nor listened to, and the log says what to fill in',
	async (scene) => {
		const { sandbox } = await scene.akool();
		const credential = await scene.credentialFor(sandbox, { clientId: '' });
		const workflow = await scene.client.createWorkflow(triggered(credential));
		const { client } = scene;
		const attempts: [string, () => Promise<unknown>][] = [
			['publishing', async () => await client.activateWorkflow(workflow.id)],
			['listening', async () => await client.listenToTrigger(workflow.id, TRIGGER)],
		];
		for (const [what, attempt] of attempts) {
			const message = await attempt().then(
				() => 'it went through',
				(error) => String(error.message),
			);
			scene.note(`${what}: “${message}”`);
			assert.match(message, /Client ID/, what);
		}
		// What n8n prints is written down beside its answers.
		const inLog = async () =>
			/Trigger: The Akool API credential has no 'Client ID'.*Enter it/.test(await readFile(scene.stage.logFile, 'utf8'))
				? true
				: undefined;
		await waitFor('the log to say what to fill in', inLog, PATIENCE);
	},
);

scenario('listening in the editor takes the next call, also one that was seen before', async (scene) => {
	const akool = await scene.akool({ jobSeconds: 0, queueSeconds: 0 });
	const { sandbox } = akool;
	const workflow = await scene.client.createWorkflow(triggered(akool.credential));
	const url = `${scene.stage.url}/webhook-test/${workflow.nodes[0]?.webhookId}/webhook`;
	const id = await createAtAkool(sandbox);
	/** Whether n8n hears whoever calls: it answers what is no call of Akool's, and goes on listening. */
	const isDeaf = async () => ((await postTo(url, '{}'))[0] === 404 ? true : undefined);
	for (const round of [1, 2]) {
		assert.equal((await scene.client.listenToTrigger(workflow.id, TRIGGER)).waitingForWebhook, true);
		assert.deepEqual(await sandbox.sendCallback({ url, id, status: 3 }), [200]);
		// n8n ends the listening for a call after it has started the execution: a listening that begins before that would end with it.
		const ended = async () =>
			(await scene.client.listExecutions(workflow.id, ['success'])).length === round ? true : undefined;
		await waitFor('the test execution', ended, PATIENCE);
		await waitFor('n8n to listen no more', isDeaf, PATIENCE);
	}
	const [last] = await scene.client.listExecutions(workflow.id);
	const execution = await scene.started(workflow.id, last?.id ?? '').ends();
	assert.equal(itemsOf(execution, AFTER)[0]?.json._id, id);
	assert.equal(last?.mode, 'manual');
});

scenario(
	'what started the workflow before n8n was killed does not start it again',
	async (scene) => {
		const akool = await scene.akool({ jobSeconds: 0, queueSeconds: 0 });
		const { sandbox } = akool;
		const trigger = await publish(scene, akool.credential);
		// n8n saves what a trigger keeps in another way for the first news than for all that follow.
		const bodies = await sealedBodies(sandbox, 4);
		for (const [n, body] of bodies.entries()) {
			assert.deepEqual(await postTo(trigger.url, body), [200]);
			await trigger.startedTimes(n + 1);
		}
		await scene.stage.restart({ hard: true });
		const looks = sandbox.countRequests('results');
		await waitFor(
			'the trigger to be heard again',
			async () => ((await postTo(trigger.url, bodies[0]))[0] === 200 ? true : undefined),
			PATIENCE,
		);
		for (const body of bodies) assert.deepEqual(await postTo(trigger.url, body), [200]);
		await trigger.startedTimes(bodies.length);
		assert.equal(sandbox.countRequests('results'), looks, 'a replay costs no request');
		const another = await createAtAkool(sandbox);
		assert.deepEqual(await sandbox.sendCallback({ url: trigger.url, id: another, status: 3 }), [200]);
		await trigger.startedTimes(bodies.length + 1);
	},
	{ lane: 'alone' },
);

scenario(
	'200 callbacks at once start the workflow 200 times, and again 200 start nothing',
	async (scene) => {
		const akool = await scene.akool({ jobSeconds: 0, queueSeconds: 0 });
		const { sandbox } = akool;
		const trigger = await publish(scene, akool.credential);
		const bodies = await sealedBodies(sandbox, 200);
		const sendAll = async (what: string) => {
			const looks = sandbox.countRequests('results');
			const startedMs = Date.now();
			const answers = (await Promise.all(bodies.map(async (body) => await postTo(trigger.url, body)))).flat();
			assert.deepEqual(tally(answers), { 200: 200 }, what);
			const asked = sandbox.countRequests('results') - looks;
			scene.note(
				`${what}: all answered 200 after ${((Date.now() - startedMs) / 1_000).toFixed(1)} s, ${asked} status requests`,
			);
			return asked;
		};
		await sendAll('200 at once');
		await trigger.startedTimes(200);
		assert.equal(await sendAll('the same 200 again'), 0);
		await trigger.startedTimes(200);
	},
	{ lane: 'alone' },
);
