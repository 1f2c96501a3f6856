// Waiting that occupies no worker: executions that park, are resumed by Akool's callbacks, and lose nothing.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorOf, fileOf, itemsOf } from '../driver/n8nWorkflows';
import { LONGEST_WAIT_MS, waitFor } from '../../support/waitFor';
import { repeatCallbacks, createAtAkool, postTo, countByStatus } from '../run/calls';
import { BY_CALLBACK, FINISHED_BY_TEST, WAITING, statusRequests, parkVideos } from '../run/parked';
import { akoolItems, customDataOf, idsIn, nodeSeconds, visibleText } from '../run/reading';
import { scenario } from '../run/scenario';
import {
	AFTER,
	AKOOL,
	FAILED,
	PROMPT,
	akoolNode,
	chain,
	itemOfVideo,
	loopOfImages,
	node,
	numbered,
	imagesToVideos,
	startWith,
} from '../run/workflows';
import type { Sandbox } from '../../sandbox';
import type { Execution } from '../driver/n8nWorkflows';
import type { Parameters } from '../run/workflows';

const MINUTE_MS = 60_000;
/** So often a parked execution may ask because of calls that cannot be verified. */
const STATUS_REQUEST_EVERY_MS = 5_000;
const EVERY_MOMENT = { timeoutMs: LONGEST_WAIT_MS, everyMs: 100 };

/** Asserts one finished item for each input item, in order, paired, and with the video that was made for it. */
function assertAllFinished(execution: Execution, sandbox: Sandbox, count: number) {
	const items = akoolItems(execution, lastRun(execution));
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.equal(items.length, count);
	items.forEach(({ json, pairedItem }, n) => {
		assert.equal(json.status, 3, `item ${n}`);
		assert.equal(json.timed_out, undefined);
		assert.deepEqual(pairedItem, { item: n });
		assert.equal(itemOfVideo(sandbox, json._id), n);
	});
	assert.equal(sandbox.jobs.length, count, 'no video was made twice');
	assert.equal(itemsOf(execution, AFTER, { run: 0 }).length, count);
}

const lastRun = (execution: Execution) => (execution.data.resultData.runData[AKOOL]?.length ?? 0) - 1;

/** The address at which an execution waits, as Akool was given it. */
const resumeUrl = (sandbox: Sandbox, job: number = 0) => String(sandbox.jobs[job]?.webhookUrl);

scenario(
	'20 videos park the execution at once, Akool is asked only on callbacks, and one resume returns 20 items',
	async (context) => {
		const akool = await context.akool(FINISHED_BY_TEST);
		const { sandbox } = akool;
		const startedMs = Date.now();
		const started = await context.start(
			imagesToVideos(akool, { ...BY_CALLBACK, downloadVideo: true, output: 'raw' }, { items: numbered(20) }),
		);
		await started.reaches(WAITING);
		const parkedSeconds = (Date.now() - startedMs) / 1_000;
		// One status request right before it parks, for what had finished by then; after that, Akool is asked only on callbacks about finished videos.
		assert.equal(statusRequests(sandbox), 1);
		await sleep(5_000);
		assert.equal(statusRequests(sandbox), 1, 'nothing is asked while it is parked');
		sandbox.finishAll();
		const execution = await started.ends();
		assertAllFinished(execution, sandbox, 20);
		const heardOf = () => new Set(sandbox.callbacks.filter(({ status }) => status === 3).map(({ _id }) => _id));
		// The run may be over while n8n still answers calls that it looked for as well.
		await waitFor(
			'an answer to the call about each video',
			async () => (heardOf().size >= 20 ? true : undefined),
			EVERY_MOMENT,
		);
		const finals = sandbox.callbacks.filter(({ status }) => status === 3);
		// Each final callback causes one status request at most, and the resumed execution makes one more.
		assert.ok(
			statusRequests(sandbox) <= 1 + finals.length + 1,
			`${statusRequests(sandbox)} status requests on ${finals.length} callbacks`,
		);
		for (const item of akoolItems(execution)) assert.equal(fileOf(item).fileName, `${item.json._id}.mp4`);
		assert.deepEqual(idsIn(JSON.stringify(customDataOf(execution))), new Set(sandbox.jobs.map(({ _id }) => _id)));
		const shown = visibleText(execution);
		assert.ok(!shown.includes('webhook-waiting') && !/signature=/.test(shown), 'the resume URL is a secret');
		const answers = countByStatus(sandbox.callbacks.map(({ httpStatus }) => httpStatus));
		context.note(
			`waiting after ${parkedSeconds.toFixed(1)} s; ${statusRequests(sandbox)} status requests; callbacks answered ${JSON.stringify(answers)}`,
		);
	},
);

scenario(
	'n8n is killed while it waits for 20 videos, and all of them arrive',
	async (context) => {
		const akool = await context.akool(FINISHED_BY_TEST);
		const { sandbox } = akool;
		const started = await context.start(
			imagesToVideos(akool, { ...BY_CALLBACK, downloadVideo: true }, { items: numbered(20) }),
		);
		await started.reaches(WAITING);
		await context.environment.restart({ hard: true });
		assert.equal(await started.status(), 'waiting');
		sandbox.finishAll();
		const execution = await started.ends();
		assertAllFinished(execution, sandbox, 20);
		for (const item of akoolItems(execution)) assert.equal(fileOf(item).fileName, `${item.json._id}.mp4`);
	},
	{ group: 'alone' },
);

scenario(
	'Videos that finish while n8n is down are not lost',
	async (context) => {
		const akool = await context.akool({ ...FINISHED_BY_TEST, callbackTries: 1 });
		const { sandbox } = akool;
		const started = await parkVideos(context, akool, 3);
		const restarted = context.environment.restart({ hard: true });
		sandbox.finishAll();
		await restarted;
		await repeatCallbacks(sandbox);
		assertAllFinished(await started.ends(), sandbox, 3);
	},
	{ group: 'alone' },
);

/**
 * Each call makes n8n load the whole execution, so 500 that end in the same second are more calls than one n8n takes: these end over two and a half minutes, and
 * what n8n cannot take even so is not repeated at once, or n8n would receive nothing but repeats.
 */
for (const [count, group, spreadSeconds, repeatCallbackSeconds] of [
	[1, 'short', 0, 1],
	[50, 'short', 0, 3],
	[500, 'alone', 150, 60],
] as const) {
	scenario(
		`Waiting by callback for ${count} ${count === 1 ? 'video' : 'videos'}`,
		async (context) => {
			const akool = await context.akool({ repeatCallbackSeconds });
			const prompt = `${PROMPT} [sandbox: seconds={{ 3 + Math.round($json.n * ${spreadSeconds / count}) }}]`;
			const { sandbox } = akool;
			sandbox.addFault({ on: 'callback', kind: 'lost', status: 2, times: Infinity });
			const startedMs = Date.now();
			const started = await context.start(
				imagesToVideos(
					akool,
					{ prompt, options: { waitMode: 'callback', concurrency: 20 } },
					{ items: numbered(count) },
				),
			);
			const execution = await started.ends(15 * MINUTE_MS);
			assertAllFinished(execution, sandbox, count);
			for (const { body } of sandbox.requests.filter(({ endpoint }) => endpoint === 'results')) {
				assert.ok((body as { _ids: string })._ids.split(',').length <= 100);
			}
			const answers = countByStatus(sandbox.callbacks.map(({ httpStatus }) => httpStatus));
			context.note(
				`${((Date.now() - startedMs) / 1_000).toFixed(1)} s in all, ${statusRequests(sandbox)} status requests; callbacks answered ${JSON.stringify(answers)}`,
			);
		},
		{ group },
	);
}

scenario(
	'Lost callbacks: the time-out returns 20 IDs, and Get with waiting finishes them',
	async (context) => {
		const akool = await context.akool(FINISHED_BY_TEST);
		const { sandbox, credential } = akool;
		sandbox.addFault({ on: 'callback', kind: 'lost', times: Infinity });
		const nodes = [
			...startWith(numbered(20)),
			akoolNode(
				AKOOL,
				{ imageUrl: akool.imageUrl, prompt: PROMPT, options: { waitMode: 'callback', waitTimeout: 2 } },
				credential,
			),
			akoolNode(
				'Get',
				{
					operation: 'get',
					waitForCompletion: true,
					downloadVideo: true,
					options: { pollInterval: 2, waitTimeout: 5 },
				},
				credential,
			),
			node(AFTER, 'n8n-nodes-base.noOp', 1),
		];
		const started = await context.start(chain('Time-out', nodes));
		await started.reaches(WAITING);
		// One status request before it parked, one when its time is up, and then Get's: until then no video may finish.
		const isGetWaiting = () => statusRequests(sandbox) >= 3;
		const isOver = async () => !['running', ...WAITING].includes(await started.status());
		await waitFor('Get to ask', async () => (isGetWaiting() || (await isOver()) ? true : undefined), {
			timeoutMs: 2 * MINUTE_MS + LONGEST_WAIT_MS,
			everyMs: 400,
		});
		assert.equal(sandbox.jobs.length, 20);
		sandbox.finishAll();
		const execution = await started.ends();
		assert.equal(execution.status, 'success', errorOf(execution));
		const handedOn = akoolItems(execution);
		assert.equal(handedOn.length, 20);
		handedOn.forEach(({ json }, n) => {
			assert.equal(json.timed_out, true);
			assert.equal(itemOfVideo(sandbox, json._id), n);
		});
		const got = itemsOf(execution, 'Get');
		got.forEach((item, n) => {
			const { json } = item;
			assert.equal(json.status, 3);
			assert.equal(json.timed_out, undefined);
			assert.equal(itemOfVideo(sandbox, json._id), n);
			assert.equal(fileOf(item).fileName, `${json._id}.mp4`);
		});
		assert.equal(got.length, 20);
		assert.equal(sandbox.jobs.length, 20);
	},
	{ group: 'long' },
);

scenario('Unfinished, repeated, forged and unrelated callbacks do not resume the execution', async (context) => {
	const akool = await context.akool({ ...FINISHED_BY_TEST, queueSeconds: Infinity });
	const { sandbox } = akool;
	const started = await parkVideos(context, akool, 2);
	const url = resumeUrl(sandbox);
	const [first, second] = sandbox.jobs.map(({ _id }) => _id);
	const id = String(first);
	const unrelated = await createAtAkool(sandbox);
	const genuine = { url, id, status: 3 };
	const table: [string, () => Promise<(number | null)[]>, number, number][] = [
		['being made', async () => await sandbox.sendCallback({ ...genuine, status: 2 }), 200, 0],
		[
			'about a video of somebody else’s run',
			async () => await sandbox.sendCallback({ ...genuine, id: unrelated }),
			200,
			0,
		],
		[
			'without the signature in the address',
			async () => await postTo(url.replace(/\?.*/, ''), '{}'),
			context.can.hasSecretResumeUrls ? 401 : 400,
			0,
		],
	];
	for (const [what, call, status, cost] of table) {
		const before = statusRequests(sandbox);
		assert.deepEqual(await call(), [status], what);
		assert.equal(statusRequests(sandbox) - before, cost, `${what}: status requests`);
		assert.equal(await started.status(), 'waiting', what);
	}
	// Where the address is a secret, what cannot be verified still causes a status request: one of them is held for 20 seconds, the others are answered at once.
	const twoDaysAgo = Date.now() - 2 * 24 * 60 * MINUTE_MS;
	const before = statusRequests(sandbox);
	const beganMs = Date.now();
	const unverified = await Promise.all([
		sandbox.sendCallback({ ...genuine, breakSignature: true }),
		sandbox.sendCallback({ ...genuine, apiKey: 'AnotherKeyAnotherKeyAnotherKey32' }),
		sandbox.sendCallback({ ...genuine, timestamp: twoDaysAgo }),
		postTo(url, '{}'),
	]);
	const isSecret = context.can.hasSecretResumeUrls;
	assert.deepEqual(
		unverified.flat().sort(),
		isSecret ? [200, 503, 503, 503] : [400, 401, 401, 401],
		'what cannot be verified',
	);
	const most = isSecret ? Math.ceil((Date.now() - beganMs) / STATUS_REQUEST_EVERY_MS) + 1 : 0;
	assert.ok(statusRequests(sandbox) - before <= most, 'at most one status request in five seconds');
	assert.equal(await started.status(), 'waiting', 'nothing that cannot be verified resumes it');
	assert.deepEqual(await sandbox.sendCallback(genuine), [503], 'ahead of Akool’s own word');
	assert.equal(await started.status(), 'waiting', 'nothing of that resumes it');
	sandbox.finishJob(id);
	const isReceived = async () =>
		sandbox.callbacks.some((call) => call._id === id && call.status === 3 && call.httpStatus === 200)
			? true
			: undefined;
	await waitFor('the first callback to arrive', isReceived, EVERY_MOMENT);
	const body = JSON.parse(sandbox.makeCallback(genuine));
	for (const round of ['first', 'replayed']) assert.deepEqual(await postTo(url, body), [200], round);
	await sleep(1_000);
	assert.equal(await started.status(), 'waiting', 'one of two is not all');
	sandbox.finishJob(String(second));
	const execution = await started.ends();
	assert.deepEqual(new Set(akoolItems(execution).map(({ json }) => json._id)), new Set([first, second]));
	assert.deepEqual(await postTo(url, body), [409], 'a call that comes when all is over');
});

scenario('An early, repeated or late callback loses no video', async (context) => {
	const akool = await context.akool({ jobSeconds: 0.05, queueSeconds: 0.05 });
	const { sandbox } = akool;
	sandbox.addFault({ on: 'create', kind: 'hold', after: 1 });
	sandbox.addFault({ on: 'callback', kind: 'early', when: 'create', after: 1 });
	sandbox.addFault({ on: 'callback', kind: 'doubled', status: 3 });
	sandbox.addFault({ on: 'callback', kind: 'late', ms: 3_000, status: 3 });
	const started = await context.start(imagesToVideos(akool, BY_CALLBACK, { items: numbered(4) }));
	await waitFor('an answer to a callback', async () => (sandbox.callbacks.length > 0 ? true : undefined), EVERY_MOMENT);
	// n8n 2.41 fails over a call for a run that was never saved (500) and refuses one for an execution that is running (409).
	assert.ok(
		[409, 500].includes(Number(sandbox.callbacks[0]?.httpStatus)),
		'a callback met a run that was not parked yet',
	);
	sandbox.release();
	assertAllFinished(await started.ends(), sandbox, 4);
	context.note(`answers ${JSON.stringify(countByStatus(sandbox.callbacks.map(({ httpStatus }) => httpStatus)))}`);
});

scenario(
	'A callback is held while Akool is unavailable, and its single delivery resumes the execution',
	async (context) => {
		const akool = await context.akool({ ...FINISHED_BY_TEST, callbackTries: 1 });
		const { sandbox } = akool;
		const started = await parkVideos(context, akool);
		const fault = sandbox.addFault({ on: 'results', kind: 'status', status: 502, times: 3 });
		sandbox.finishAll();
		assertAllFinished(await started.ends(), sandbox, 1);
		assert.equal(fault.hits, 3);
	},
);

scenario('Waiting by callback works with an API key alone', async (context) => {
	const akool = await context.akool(FINISHED_BY_TEST, { clientId: '' });
	const { sandbox } = akool;
	const started = await parkVideos(context, akool, 2);
	const id = String(sandbox.jobs[0]?._id);
	// Nothing can be verified without the client ID: the address is the guard, and what Akool says on reading counts.
	const early = await Promise.all([
		sandbox.sendCallback({ id, status: 3 }),
		sandbox.sendCallback({ id, status: 3, breakSignature: true }),
	]);
	assert.ok(
		early.flat().every((status) => status === 200 || status === 503),
		`answered ${early.flat().join(', ')}`,
	);
	assert.equal(await started.status(), 'waiting');
	sandbox.finishAll();
	assertAllFinished(await started.ends(), sandbox, 2);
});

scenario(
	'A failed video ends the execution, becomes an item, or uses the error output, as the user chose',
	async (context) => {
		const make = async (nodeMore: object, options?: object) => {
			const akool = await context.akool();
			const prompt = `${PROMPT} [sandbox: seconds=2{{ $json.n === 1 ? ", fail" : "" }}]`;
			const parameters = { prompt, options: { waitMode: 'callback', ...options } };
			const execution = await context.run(imagesToVideos(akool, parameters, { items: numbered(3), node: nodeMore }));
			return {
				execution,
				ids: akool.sandbox.jobs.map(({ _id }) => _id),
				failedId: String(akool.sandbox.jobs.find(({ status }) => status === 4)?._id),
			};
		};
		const [stopped, output, regular, errorOutput] = await Promise.all([
			make({}),
			make({}, { onVideoFailure: 'output' }),
			make({ onError: 'continueRegularOutput' }),
			make({ onError: 'continueErrorOutput' }),
		]);
		assert.equal(stopped.execution.status, 'error');
		assert.equal(stopped.execution.data.resultData.runData[AFTER], undefined, 'nothing runs behind it');
		for (const id of stopped.ids) assert.ok(errorOf(stopped.execution)?.includes(id), 'every paid video is named');
		assert.match(errorOf(stopped.execution) ?? '', /could not create video .*\[Item 1\]/);

		assert.deepEqual(
			akoolItems(output.execution).map(({ json }) => json.status),
			[3, 4, 3],
		);

		const kept = akoolItems(regular.execution);
		assert.deepEqual(new Set(kept.map(({ json }) => json._id)), new Set(regular.ids));
		assert.equal(kept[1]?.json._id, regular.failedId);
		assert.match(String(kept[1]?.json.error), /could not create video/);
		assert.deepEqual(
			kept.map(({ pairedItem }) => pairedItem),
			[{ item: 0 }, { item: 1 }, { item: 2 }],
		);

		assert.equal(itemsOf(errorOutput.execution, AFTER).length, 2);
		const [failed] = itemsOf(errorOutput.execution, FAILED);
		assert.ok(JSON.stringify(failed?.json).includes(errorOutput.failedId), 'the ID is in the error output');
		assert.equal(itemsOf(errorOutput.execution, FAILED).length, 1);
	},
);

scenario('Two executions wait at the same time, and each is resumed by its own callback', async (context) => {
	const akool = await context.akool(FINISHED_BY_TEST);
	const { sandbox } = akool;
	const first = await parkVideos(context, akool, 2);
	const second = await context.startAgain(first.workflowId);
	await second.reaches(WAITING);
	const ids = sandbox.jobs.map(({ _id }) => _id);
	assert.equal(ids.length, 4);
	assert.notEqual(resumeUrl(sandbox, 0), resumeUrl(sandbox, 2));
	for (const id of ids.slice(2)) sandbox.finishJob(id);
	const secondEnded = await second.ends();
	assert.equal(await first.status(), 'waiting');
	assert.deepEqual(
		await sandbox.sendCallback({ url: resumeUrl(sandbox, 0), id: String(ids[2]), status: 3 }),
		[200],
		'a callback for the other one',
	);
	assert.equal(await first.status(), 'waiting');
	for (const id of ids.slice(0, 2)) sandbox.finishJob(id);
	const firstEnded = await first.ends();
	assert.deepEqual(new Set(akoolItems(firstEnded).map(({ json }) => json._id)), new Set(ids.slice(0, 2)));
	assert.deepEqual(new Set(akoolItems(secondEnded).map(({ json }) => json._id)), new Set(ids.slice(2)));
});

scenario(
	'A loop parks for each item and creates a new video for each, even if the items are equal',
	async (context) => {
		const akool = await context.akool({ jobSeconds: 1 });
		const { sandbox } = akool;
		const workflow = loopOfImages(akool, BY_CALLBACK, { items: 3, batchSize: 1 });
		const execution = await context.run(workflow);
		assert.equal(execution.status, 'success', errorOf(execution));
		const ids = itemsOf(execution, AFTER).map(({ json }) => json._id);
		assert.equal(sandbox.jobs.length, 3);
		assert.deepEqual(new Set(ids), new Set(sandbox.jobs.map(({ _id }) => _id)));
	},
);

scenario('A repeated callback does not resume a Wait node later in the workflow', async (context) => {
	const akool = await context.akool({ jobSeconds: 1 });
	const { sandbox } = akool;
	const wait = node(
		'Wait',
		'n8n-nodes-base.wait',
		1.1,
		{ resume: 'webhook', httpMethod: 'POST' },
		{ webhookId: randomUUID() },
	);
	const nodes = [
		...startWith(numbered(1)),
		akoolNode(AKOOL, { imageUrl: akool.imageUrl, prompt: PROMPT }, akool.credential),
		wait,
		node(AFTER, 'n8n-nodes-base.noOp', 1),
	];
	const started = await context.start(chain('Wait behind', nodes));
	await started.reaches(WAITING);
	for (let times = 0; times < 3; times++) await repeatCallbacks(sandbox);
	assert.equal(await started.status(), 'waiting');
	const { origin, pathname, search } = new URL(resumeUrl(sandbox));
	assert.deepEqual(
		await postTo(`${origin}${pathname.split('/').slice(0, 3).join('/')}${search}`, '{"approved":true}'),
		[200],
	);
	const execution = await started.ends();
	assert.deepEqual(
		itemsOf(execution, AFTER).map(({ json }) => json.body),
		[{ approved: true }],
	);
});

scenario('Waiting by callback is refused with a reason if no callback can arrive', async (context) => {
	const akool = await context.akool();
	const { sandbox } = akool;
	const id = await createAtAkool(sandbox);
	await sleep(500);
	const table: [string, Parameters, RegExp][] = [
		[
			'Update Audio',
			{ operation: 'updateAudio', videoIds: id, audioType: 1, ...BY_CALLBACK },
			/Wait: Mode.*callback/is,
		],
		['Get', { operation: 'get', videoIds: id, waitForCompletion: true, ...BY_CALLBACK }, /Wait: Mode.*callback/is],
		[
			'the option Webhook URL',
			{ options: { waitMode: 'callback', webhookUrl: `${sandbox.url}/elsewhere` } },
			/Wait: Mode.*Webhook URL/is,
		],
	];
	for (const [what, parameters, message] of table) {
		const execution = await context.run(imagesToVideos(akool, parameters));
		assert.equal(execution.status, 'error', what);
		assert.match(errorOf(execution) ?? '', message, what);
	}
	assert.equal(sandbox.jobs.length, 1, 'nothing was paid for');
});

scenario(
	'Automatic waiting keeps polling, with a hint, if callbacks cannot reach n8n',
	async (context) => {
		// n8n reaches this public address through the environment's proxy, which is an Akool.
		const akool = await context.akool();
		const credential = await context.credentialFor(akool.sandbox, { baseUrl: 'http://akool.example.com' });
		const imageUrl = 'https://shop.example.com/product.png';
		const started = await context.start(
			// The name of the shop does not exist, so n8n cannot check its image.
			imagesToVideos(
				{ ...akool, credential, imageUrl },
				{ prompt: 'Turn [sandbox: seconds=70]', options: { checkImages: false } },
			),
		);
		const seen = new Set();
		await waitFor(
			'the run to end',
			async () => {
				const status = await started.status();
				seen.add(status);
				return status === 'success' ? true : undefined;
			},
			{ timeoutMs: MINUTE_MS + LONGEST_WAIT_MS, everyMs: 1_000 },
		);
		assert.ok(!seen.has('waiting'), 'it never parked');
		const execution = await started.ends();
		assert.equal(akoolItems(execution)[0]?.json.status, 3);
		const shown = visibleText(execution);
		assert.match(shown, /because Akool cannot reach this n8n: its address is local or private/);
		assert.ok(nodeSeconds(execution) > 65);
	},
	{ group: 'long' },
);

scenario(
	'How long each wait mode occupies a worker: 20 videos of three minutes',
	async (context) => {
		const VIDEOS = 20;
		const measure = async (waitMode: string) => {
			const akool = await context.akool({ jobSeconds: 180 });
			const { sandbox } = akool;
			const startedMs = Date.now();
			const started = await context.start(
				imagesToVideos(akool, { options: { waitMode } }, { items: numbered(VIDEOS) }),
			);
			let heldMs = 0;
			let parked = false;
			if (waitMode !== 'polling') {
				await started.reaches(WAITING);
				heldMs = Date.now() - startedMs;
				parked = true;
				assert.equal(
					statusRequests(sandbox) > 1,
					waitMode === 'auto',
					'only the automatic mode asks for a while before it parks',
				);
			}
			const execution = await started.ends(15 * MINUTE_MS);
			assertAllFinished(execution, sandbox, VIDEOS);
			// What is called again later woke nobody.
			const calls = sandbox.callbacks.filter(({ status, attempt }) => status === 3 && attempt === 1);
			const resumedMs = parked ? Math.max(...calls.map(({ atMs }) => atMs)) : startedMs;
			heldMs += Date.parse(execution.stoppedAt) - resumedMs;
			return { waitMode, heldMs, polls: statusRequests(sandbox), wholeMs: Date.parse(execution.stoppedAt) - startedMs };
		};
		const figures = await Promise.all(['polling', 'auto', 'callback'].map(measure));
		for (const { waitMode, heldMs, polls: asked, wholeMs } of figures) {
			context.note(
				`${waitMode}: a worker held for ${(heldMs / 1_000).toFixed(1)} s of ${(wholeMs / 1_000).toFixed(1)} s, ${(heldMs / VIDEOS).toFixed(0)} ms a video; ${asked} status requests`,
			);
		}
		const [polling, auto, callback] = figures.map(({ heldMs }) => heldMs);
		assert.ok(
			Number(polling) > 175_000 && Number(auto) < Number(polling) && Number(callback) < Number(auto),
			'parked runs hold no worker',
		);
	},
	{ group: 'long' },
);

scenario('A parked execution that is stopped stays stopped, and its videos can be found', async (context) => {
	const akool = await context.akool(FINISHED_BY_TEST);
	const { sandbox } = akool;
	const started = await parkVideos(context, akool, 2);
	await context.client.stopExecution(started.id);
	await started.reaches(['canceled']);
	const asked = statusRequests(sandbox);
	sandbox.finishAll();
	await sleep(1_500);
	const execution = await started.ends();
	assert.equal(execution.status, 'canceled');
	assert.equal(statusRequests(sandbox), asked);
	assert.deepEqual(idsIn(JSON.stringify(customDataOf(execution))), new Set(sandbox.jobs.map(({ _id }) => _id)));
});
