// The trigger: every event of a video starts its workflow once, and nothing else does.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileOf, itemsOf } from '../driver/n8nWorkflows';
import { LONGEST_WAIT_MS, waitFor } from '../../support/waitFor';
import { createAtAkool, postTo, countByStatus } from '../run/calls';
import { scenario } from '../run/scenario';
import { AFTER, TRIGGER, numbered, imagesToVideos, triggered } from '../run/workflows';
import type { Credential } from '../driver/n8nNodes';
import type { Sandbox } from '../../sandbox';
import type { ScenarioContext } from '../run/scenarioContext';
import type { Parameters } from '../run/workflows';

/** Long enough for a start that must not come. */
const QUIET_MS = 1_500;
const TIMING = { timeoutMs: LONGEST_WAIT_MS, everyMs: 500 };
/** Jobs that end when the scenario says so. */
const FINISHED_BY_TEST = { jobSeconds: Infinity };

/** Publishes a workflow with the trigger. */
async function publish(context: ScenarioContext, credential: Credential, parameters?: Parameters) {
	const { client, environment } = context;
	const workflow = await client.createWorkflow(triggered(credential, parameters));
	await client.activateWorkflow(workflow.id);
	context.atClose(async () => void (await client.deactivateWorkflow(workflow.id)));
	const webhookId = workflow.nodes[0]?.webhookId;
	const starts = async (limit: number = 20) => await client.listExecutions(workflow.id, undefined, limit);
	return {
		workflowId: workflow.id,
		url: `${environment.url}/webhook/${webhookId}/webhook`,
		testUrl: `${environment.url}/webhook-test/${webhookId}/webhook`,
		starts,
		/** Waits until the workflow has been started so often, and no more. */
		async startedTimes(count: number) {
			const check = async () => {
				const list = await starts(count + 20);
				return list.length >= count && list.every(({ status }) => status === 'success') ? list : undefined;
			};
			await waitFor(`${count} starts of the trigger`, check, TIMING);
			await sleep(QUIET_MS);
			const list = await starts(count + 20);
			assert.equal(list.length, count, 'the workflow was started too often');
			return await Promise.all(list.slice(0, 20).map(async ({ id }) => await client.getExecution(id)));
		},
	};
}

/** Genuine callbacks about videos that are finished, one each. */
async function callbackBodies(sandbox: Sandbox, count: number) {
	const bodies = [];
	for (let made = 0; made < count; made++)
		bodies.push(sandbox.makeCallback({ id: await createAtAkool(sandbox), status: 3 }));
	return bodies;
}

const createOptions = (trigger: Awaited<ReturnType<typeof publish>>) => ({
	waitForCompletion: false,
	options: { webhookUrl: trigger.url },
});

scenario('A finished video starts the workflow once with its file, and a failed one starts it too', async (context) => {
	const akool = await context.akool({ jobSeconds: 1 });
	const trigger = await publish(context, akool.credential, { options: { downloadVideo: true } });
	const prompt = '=[sandbox: seconds={{ $json.n + 1 }}{{ $json.n === 1 ? ", fail" : "" }}]';
	const made = await context.run(imagesToVideos(akool, { ...createOptions(trigger), prompt }, { items: numbered(2) }));
	assert.equal(made.status, 'success');
	const executions = await trigger.startedTimes(2);
	const items = executions.flatMap((execution) => itemsOf(execution, TRIGGER));
	const done = items.find(({ json }) => json.status === 3);
	const failed = items.find(({ json }) => json.status === 4);
	// The two are ordered at the same moment, so either may reach Akool first.
	const idsOf = (fails: boolean) =>
		akool.sandbox.jobs.filter(({ body }) => String(body.prompt).includes('fail') === fails).map(({ _id }) => _id);
	assert.deepEqual([done?.json._id], idsOf(false));
	assert.deepEqual([failed?.json._id], idsOf(true));
	assert.equal(failed?.binary, undefined);
	const file = context.client.downloadBinary(fileOf(done));
	if (context.can.showsFilesOfTriggers()) assert.ok((await file).includes(Buffer.from(String(done?.json._id))));
	else await assert.rejects(file, { status: 404 });
	await waitFor('answers to all calls', async () => (akool.sandbox.callbacks.length >= 4 ? true : undefined), TIMING);
	assert.deepEqual(
		akool.sandbox.callbacks.map(({ httpStatus }) => httpStatus),
		[200, 200, 200, 200],
	);
	assert.equal(done?.json.deduction_credit, 20);
});

scenario('Progress events start the workflow only if they are selected', async (context) => {
	// The video finishes only after its progress was reported: later, progress is no event any more.
	const akool = await context.akool(FINISHED_BY_TEST);
	const trigger = await publish(context, akool.credential, { triggerOn: ['progress', 'completed'] });
	await context.run(imagesToVideos(akool, createOptions(trigger)));
	await trigger.startedTimes(1);
	akool.sandbox.finishAll();
	const executions = await trigger.startedTimes(2);
	const statuses = executions.map((execution) => itemsOf(execution, TRIGGER)[0]?.json.status_name);
	assert.deepEqual(statuses.sort(), ['completed', 'processing']);
});

scenario('Repeated, early and late callbacks start the workflow once for each video', async (context) => {
	const akool = await context.akool(FINISHED_BY_TEST);
	const trigger = await publish(context, akool.credential);
	for (const fault of [
		{ on: 'callback', kind: 'doubled', status: 3 },
		{ on: 'callback', kind: 'early', when: 'create' as const },
		{ on: 'callback', kind: 'late', ms: 2_500, status: 3 },
	])
		akool.sandbox.addFault(fault);
	await context.run(imagesToVideos(akool, createOptions(trigger), { items: numbered(3) }));
	// The early one is ahead of Akool's own word, so it was asked to come again.
	assert.deepEqual(
		akool.sandbox.callbacks.filter(({ status }) => status === 3).map(({ httpStatus }) => httpStatus),
		[503],
	);
	akool.sandbox.finishAll();
	const executions = await trigger.startedTimes(3);
	assert.equal(new Set(executions.map((execution) => itemsOf(execution, TRIGGER)[0]?.json._id)).size, 3);
});

scenario('Every callback gets the documented answer, and a forged one costs no request to Akool', async (context) => {
	const akool = await context.akool({ jobSeconds: 0, queueSeconds: 0 });
	const { sandbox } = akool;
	const trigger = await publish(context, akool.credential);
	const id = await createAtAkool(sandbox);
	const url = trigger.url;
	const statusRequests = () => sandbox.countRequests('results');
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
					...JSON.parse(sandbox.makeCallback(genuine)),
					dataEncrypt: JSON.parse(sandbox.makeCallback({ ...genuine, status: 4 })).dataEncrypt,
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
			async () => await postTo(url, { ...JSON.parse(sandbox.makeCallback(genuine)), signature: 'invalid' }),
			401,
		],
		['a payload without an ID', async () => await sandbox.sendCallback({ ...genuine, plaintext: '{"status":3}' }), 401],
	];
	for (const [what, call, status] of refused) assert.deepEqual(await call(), [status], what);
	assert.equal(statusRequests(), 0, 'a call that is not genuine costs no request');
	const unknown = 'f'.repeat(24);
	assert.deepEqual(await sandbox.sendCallback({ ...genuine, id: unknown }), [401], 'a video that Akool does not know');
	assert.equal(statusRequests(), 1);
	assert.deepEqual(await sandbox.sendCallback({ ...genuine, status: 2 }), [200], 'not asked for');
	assert.equal((await trigger.starts()).length, 0);

	const body = JSON.parse(sandbox.makeCallback(genuine));
	assert.deepEqual(await postTo(url, body), [200]);
	assert.deepEqual(await postTo(url, body), [200], 'replayed');
	assert.deepEqual(await sandbox.sendCallback(genuine), [200], 'repeated anew');
	await trigger.startedTimes(1);
});

scenario(
	'A callback that cannot be confirmed is answered 503, and the repeated one starts the workflow',
	async (context) => {
		const akool = await context.akool({ jobSeconds: 0.5 });
		const { sandbox } = akool;
		const trigger = await publish(context, akool.credential);
		const once = sandbox.addFault({ on: 'results', kind: 'status', status: 500, times: 1 });
		await context.run(imagesToVideos(akool, createOptions(trigger)));
		await trigger.startedTimes(1);
		assert.equal(once.hits, 1);
		assert.ok(
			sandbox.callbacks.every(({ httpStatus }) => httpStatus === 200),
			'one failed status request is repeated within the call',
		);
		sandbox.addFault({ on: 'results', kind: 'status', status: 500, times: 4 });
		await context.run(imagesToVideos(akool, createOptions(trigger)));
		await trigger.startedTimes(2);
		assert.ok(sandbox.callbacks.some(({ httpStatus, status }) => httpStatus === 503 && status === 3));
	},
);

scenario(
	'Without a client ID the trigger cannot be published or tested, and the log says what to fill in',
	async (context) => {
		const { sandbox } = await context.akool();
		const credential = await context.credentialFor(sandbox, { clientId: '' });
		const workflow = await context.client.createWorkflow(triggered(credential));
		const { client } = context;
		const attempts: [string, () => Promise<unknown>][] = [
			['publishing', async () => await client.activateWorkflow(workflow.id)],
			['listening', async () => await client.listenToTrigger(workflow.id, TRIGGER)],
		];
		for (const [what, attempt] of attempts) {
			const message = await attempt().then(
				() => 'it went through',
				(error) => String(error.message),
			);
			context.note(`${what}: “${message}”`);
			assert.match(message, /Client ID/, what);
		}
		// What n8n prints is written down beside its answers.
		const inLog = async () =>
			/Trigger: The Akool API credential has no 'Client ID'.*Enter it/.test(
				await readFile(context.environment.logFile, 'utf8'),
			)
				? true
				: undefined;
		await waitFor('the log to say what to fill in', inLog, TIMING);
	},
);

scenario('Listening in the editor takes the next callback, even a repeated one', async (context) => {
	const akool = await context.akool({ jobSeconds: 0, queueSeconds: 0 });
	const { sandbox } = akool;
	const workflow = await context.client.createWorkflow(triggered(akool.credential));
	const url = `${context.environment.url}/webhook-test/${workflow.nodes[0]?.webhookId}/webhook`;
	const id = await createAtAkool(sandbox);
	/** Whether n8n listens: it answers a request that is no callback, and keeps listening. */
	const isDeaf = async () => ((await postTo(url, '{}'))[0] === 404 ? true : undefined);
	for (const round of [1, 2]) {
		assert.equal((await context.client.listenToTrigger(workflow.id, TRIGGER)).waitingForWebhook, true);
		assert.deepEqual(await sandbox.sendCallback({ url, id, status: 3 }), [200]);
		// n8n ends the listening for a call after it has started the execution: a listening that begins before that would end with it.
		const ended = async () =>
			(await context.client.listExecutions(workflow.id, ['success'])).length === round ? true : undefined;
		await waitFor('the test execution', ended, TIMING);
		await waitFor('n8n to listen no more', isDeaf, TIMING);
	}
	const [last] = await context.client.listExecutions(workflow.id);
	const execution = await context.started(workflow.id, last?.id ?? '').ends();
	assert.equal(itemsOf(execution, AFTER)[0]?.json._id, id);
	assert.equal(last?.mode, 'manual');
});

scenario(
	'An event that started the workflow before n8n was killed does not start it again',
	async (context) => {
		const akool = await context.akool({ jobSeconds: 0, queueSeconds: 0 });
		const { sandbox } = akool;
		const trigger = await publish(context, akool.credential);
		// n8n saves what a trigger keeps in another way for the first event than for all that follow.
		const bodies = await callbackBodies(sandbox, 4);
		for (const [n, body] of bodies.entries()) {
			assert.deepEqual(await postTo(trigger.url, body), [200]);
			await trigger.startedTimes(n + 1);
		}
		await context.environment.restart({ hard: true });
		const polls = sandbox.countRequests('results');
		await waitFor(
			'the trigger to listen again',
			async () => ((await postTo(trigger.url, bodies[0]))[0] === 200 ? true : undefined),
			TIMING,
		);
		for (const body of bodies) assert.deepEqual(await postTo(trigger.url, body), [200]);
		await trigger.startedTimes(bodies.length);
		assert.equal(sandbox.countRequests('results'), polls, 'a replay costs no request');
		const another = await createAtAkool(sandbox);
		assert.deepEqual(await sandbox.sendCallback({ url: trigger.url, id: another, status: 3 }), [200]);
		await trigger.startedTimes(bodies.length + 1);
	},
	{ group: 'alone' },
);

scenario(
	'200 simultaneous callbacks start the workflow 200 times, and repeating them starts nothing',
	async (context) => {
		const akool = await context.akool({ jobSeconds: 0, queueSeconds: 0 });
		const { sandbox } = akool;
		const trigger = await publish(context, akool.credential);
		const bodies = await callbackBodies(sandbox, 200);
		const sendAll = async (what: string) => {
			const polls = sandbox.countRequests('results');
			const startedMs = Date.now();
			const answers = (await Promise.all(bodies.map(async (body) => await postTo(trigger.url, body)))).flat();
			assert.deepEqual(countByStatus(answers), { 200: 200 }, what);
			const asked = sandbox.countRequests('results') - polls;
			context.note(
				`${what}: all answered 200 after ${((Date.now() - startedMs) / 1_000).toFixed(1)} s, ${asked} status requests`,
			);
			return asked;
		};
		await sendAll('200 at once');
		await trigger.startedTimes(200);
		assert.equal(await sendAll('the same 200 again'), 0);
		await trigger.startedTimes(200);
	},
	{ group: 'alone' },
);
