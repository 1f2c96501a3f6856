// Waiting that holds no worker: executions that are parked, woken by Akool's callbacks, and lose nothing.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorOf, fileOf, itemsOf } from '../driver/n8nWorkflows';
import { PATIENCE_MS, waitFor } from '../../support/waitFor';
import { callAgain, createAtAkool, postTo, tally } from '../run/calls';
import { BY_CALLBACK, UNTIL_TOLD, WAITING, looks, parkVideos } from '../run/parked';
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
const LOOK = { timeoutMs: PATIENCE_MS, everyMs: 100 };

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
	'20 videos are parked as soon as they are ordered, asked about on callbacks only, and one resume brings 20 items',
	async (scene) => {
		const akool = await scene.akool(UNTIL_TOLD);
		const { sandbox } = akool;
		const startedMs = Date.now();
		const started = await scene.start(
			imagesToVideos(akool, { ...BY_CALLBACK, downloadVideo: true, output: 'raw' }, { items: numbered(20) }),
		);
		await started.reaches(WAITING);
		const parkedSeconds = (Date.now() - startedMs) / 1_000;
		// One look right before it falls asleep, for what had finished by then; after that, nothing is asked but on callbacks about an end.
		assert.equal(looks(sandbox), 1);
		await sleep(5_000);
		assert.equal(looks(sandbox), 1, 'nothing is asked while it is parked');
		sandbox.finishAll();
		const execution = await started.ends();
		assertAllFinished(execution, sandbox, 20);
		const heardOf = () => new Set(sandbox.callbacks.filter(({ status }) => status === 3).map(({ _id }) => _id));
		// The run may be over while n8n still answers calls that it looked for as well.
		await waitFor(
			'an answer to the call about each video',
			async () => (heardOf().size >= 20 ? true : undefined),
			LOOK,
		);
		const finals = sandbox.callbacks.filter(({ status }) => status === 3);
		// Each final callback is a reason for one look at most, and the resumed run looks once more.
		assert.ok(looks(sandbox) <= 1 + finals.length + 1, `${looks(sandbox)} looks on ${finals.length} callbacks`);
		for (const item of akoolItems(execution)) assert.equal(fileOf(item).fileName, `${item.json._id}.mp4`);
		assert.deepEqual(idsIn(JSON.stringify(customDataOf(execution))), new Set(sandbox.jobs.map(({ _id }) => _id)));
		const shown = visibleText(execution);
		assert.ok(!shown.includes('webhook-waiting') && !/signature=/.test(shown), 'the resume URL is a secret');
		const answers = tally(sandbox.callbacks.map(({ httpStatus }) => httpStatus));
		scene.note(
			`waiting after ${parkedSeconds.toFixed(1)} s; ${looks(sandbox)} status requests; callbacks answered ${JSON.stringify(answers)}`,
		);
	},
);

scenario(
	'n8n is killed while 20 videos are waited for, and they all come home',
	async (scene) => {
		const akool = await scene.akool(UNTIL_TOLD);
		const { sandbox } = akool;
		const started = await scene.start(
			imagesToVideos(akool, { ...BY_CALLBACK, downloadVideo: true }, { items: numbered(20) }),
		);
		await started.reaches(WAITING);
		await scene.stage.restart({ hard: true });
		assert.equal(await started.status(), 'waiting');
		sandbox.finishAll();
		const execution = await started.ends();
		assertAllFinished(execution, sandbox, 20);
		for (const item of akoolItems(execution)) assert.equal(fileOf(item).fileName, `${item.json._id}.mp4`);
	},
	{ lane: 'alone' },
);

scenario(
	'videos that finish while n8n is down are not lost',
	async (scene) => {
		const akool = await scene.akool({ ...UNTIL_TOLD, callbackTries: 1 });
		const { sandbox } = akool;
		const started = await parkVideos(scene, akool, 3);
		const restarted = scene.stage.restart({ hard: true });
		sandbox.finishAll();
		await restarted;
		await callAgain(sandbox);
		assertAllFinished(await started.ends(), sandbox, 3);
	},
	{ lane: 'alone' },
);

/**
 * Each call makes n8n load the whole execution, so 500 that end in the same second are more calls than one n8n takes: these end over two and a half minutes, and
 * what n8n cannot take even so is not repeated at once, or it would hear repeats alone.
 */
for (const [count, lane, spreadSeconds, repeatCallbackSeconds] of [
	[1, 'short', 0, 1],
	[50, 'short', 0, 3],
	[500, 'alone', 150, 60],
] as const) {
	scenario(
		`${count} ${count === 1 ? 'video is' : 'videos are'} waited for by callback`,
		async (scene) => {
			const akool = await scene.akool({ repeatCallbackSeconds });
			const prompt = `${PROMPT} [sandbox: seconds={{ 3 + Math.round($json.n * ${spreadSeconds / count}) }}]`;
			const { sandbox } = akool;
			sandbox.addFault({ on: 'callback', kind: 'lost', status: 2, times: Infinity });
			const startedMs = Date.now();
			const started = await scene.start(
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
			const answers = tally(sandbox.callbacks.map(({ httpStatus }) => httpStatus));
			scene.note(
				`${((Date.now() - startedMs) / 1_000).toFixed(1)} s in all, ${looks(sandbox)} status requests; callbacks answered ${JSON.stringify(answers)}`,
			);
		},
		{ lane },
	);
}

scenario(
	'callbacks that are lost: the time-out hands on 20 IDs, and a Get with waiting finishes them',
	async (scene) => {
		const akool = await scene.akool(UNTIL_TOLD);
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
		const started = await scene.start(chain('Time-out', nodes));
		await started.reaches(WAITING);
		// One look before it fell asleep, one when its time is up, and then Get's: until then no video may end.
		await waitFor('Get to ask', async () => (looks(sandbox) >= 3 ? true : undefined), {
			timeoutMs: 2 * MINUTE_MS + PATIENCE_MS,
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
	{ lane: 'long' },
);

scenario('unfinished, repeated, forged and foreign callbacks leave it parked, each with its answer', async (scene) => {
	const akool = await scene.akool({ ...UNTIL_TOLD, queueSeconds: Infinity });
	const { sandbox } = akool;
	const started = await parkVideos(scene, akool, 2);
	const url = resumeUrl(sandbox);
	const [first, second] = sandbox.jobs.map(({ _id }) => _id);
	const id = String(first);
	const foreign = await createAtAkool(sandbox);
	const genuine = { url, id, status: 3 };
	const table: [string, () => Promise<(number | null)[]>, number, number][] = [
		['being made', async () => await sandbox.sendCallback({ ...genuine, status: 2 }), 200, 0],
		[
			'about a video of somebody else’s run',
			async () => await sandbox.sendCallback({ ...genuine, id: foreign }),
			200,
			0,
		],
		[
			'without the signature in the address',
			async () => await postTo(url.replace(/\?.*/, ''), '{}'),
			scene.can.hasSecretResumeUrls ? 401 : 400,
			0,
		],
	];
	for (const [what, call, status, cost] of table) {
		const before = looks(sandbox);
		assert.deepEqual(await call(), [status], what);
		assert.equal(looks(sandbox) - before, cost, `${what}: status requests`);
		assert.equal(await started.status(), 'waiting', what);
	}
	// Where the address is a secret, what cannot be verified is a reason to look: one of them is held for 20 seconds, the others are answered at once.
	const twoDaysAgo = Date.now() - 2 * 24 * 60 * MINUTE_MS;
	const before = looks(sandbox);
	const unverified = await Promise.all([
		sandbox.sendCallback({ ...genuine, breakSignature: true }),
		sandbox.sendCallback({ ...genuine, apiKey: 'AnotherKeyAnotherKeyAnotherKey32' }),
		sandbox.sendCallback({ ...genuine, timestamp: twoDaysAgo }),
		postTo(url, '{}'),
	]);
	const isSecret = scene.can.hasSecretResumeUrls;
	assert.deepEqual(
		unverified.flat().sort(),
		isSecret ? [200, 503, 503, 503] : [400, 401, 401, 401],
		'what cannot be verified',
	);
	assert.ok(looks(sandbox) - before <= (isSecret ? 6 : 0), 'at most one look in five seconds');
	assert.deepEqual(await sandbox.sendCallback(genuine), [503], 'ahead of Akool’s own word');
	assert.equal(await started.status(), 'waiting', 'nothing of that resumes it');
	sandbox.finishJob(id);
	const isHeard = async () =>
		sandbox.callbacks.some((call) => call._id === id && call.status === 3 && call.httpStatus === 200)
			? true
			: undefined;
	await waitFor('the first callback to be heard', isHeard, LOOK);
	const body = JSON.parse(sandbox.sealCallback(genuine));
	for (const round of ['first', 'replayed']) assert.deepEqual(await postTo(url, body), [200], round);
	await sleep(1_000);
	assert.equal(await started.status(), 'waiting', 'one of two is not all');
	sandbox.finishJob(String(second));
	const execution = await started.ends();
	assert.deepEqual(new Set(akoolItems(execution).map(({ json }) => json._id)), new Set([first, second]));
	assert.deepEqual(await postTo(url, body), [409], 'a call that comes when all is over');
});

scenario('a callback that comes before the park, doubled or late, loses nothing', async (scene) => {
	const akool = await scene.akool({ jobSeconds: 0.05, queueSeconds: 0.05 });
	const { sandbox } = akool;
	sandbox.addFault({ on: 'create', kind: 'hold', after: 1 });
	sandbox.addFault({ on: 'callback', kind: 'early', when: 'create', after: 1 });
	sandbox.addFault({ on: 'callback', kind: 'doubled', status: 3 });
	sandbox.addFault({ on: 'callback', kind: 'late', ms: 3_000, status: 3 });
	const started = await scene.start(imagesToVideos(akool, BY_CALLBACK, { items: numbered(4) }));
	await waitFor('an answer to a callback', async () => (sandbox.callbacks.length > 0 ? true : undefined), LOOK);
	// n8n 2.41 fails over a call for a run that was never saved (500) and refuses one for a run that goes on (409).
	assert.ok(
		[409, 500].includes(Number(sandbox.callbacks[0]?.httpStatus)),
		'a callback met a run that was not parked yet',
	);
	sandbox.release();
	assertAllFinished(await started.ends(), sandbox, 4);
	scene.note(`answers ${JSON.stringify(tally(sandbox.callbacks.map(({ httpStatus }) => httpStatus)))}`);
});

scenario(
	'a callback is held while Akool cannot be asked, and resumes the execution by its only delivery',
	async (scene) => {
		const akool = await scene.akool({ ...UNTIL_TOLD, callbackTries: 1 });
		const { sandbox } = akool;
		const started = await parkVideos(scene, akool);
		const fault = sandbox.addFault({ on: 'results', kind: 'status', status: 502, times: 3 });
		sandbox.finishAll();
		assertAllFinished(await started.ends(), sandbox, 1);
		assert.equal(fault.hits, 3);
	},
);

scenario('an API key without client ID waits by callback too', async (scene) => {
	const akool = await scene.akool(UNTIL_TOLD, { clientId: '' });
	const { sandbox } = akool;
	const started = await parkVideos(scene, akool, 2);
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
	'a failed video: the run fails, or gives the video, or its item leaves with the ID, as the user chose',
	async (scene) => {
		const make = async (nodeMore: object, options?: object) => {
			const akool = await scene.akool();
			const prompt = `${PROMPT} [sandbox: seconds=2{{ $json.n === 1 ? ", fail" : "" }}]`;
			const parameters = { prompt, options: { waitMode: 'callback', ...options } };
			const execution = await scene.run(imagesToVideos(akool, parameters, { items: numbered(3), node: nodeMore }));
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

scenario('two executions wait at once and are resumed crosswise', async (scene) => {
	const akool = await scene.akool(UNTIL_TOLD);
	const { sandbox } = akool;
	const first = await parkVideos(scene, akool, 2);
	const second = await scene.startAgain(first.workflowId);
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
		'news for the other one',
	);
	assert.equal(await first.status(), 'waiting');
	for (const id of ids.slice(0, 2)) sandbox.finishJob(id);
	const firstEnded = await first.ends();
	assert.deepEqual(new Set(akoolItems(firstEnded).map(({ json }) => json._id)), new Set(ids.slice(0, 2)));
	assert.deepEqual(new Set(akoolItems(secondEnded).map(({ json }) => json._id)), new Set(ids.slice(2)));
});

scenario(
	'a loop over items parks for each, and makes a new video for each, even where all ask for the same',
	async (scene) => {
		const akool = await scene.akool({ jobSeconds: 1 });
		const { sandbox } = akool;
		const workflow = loopOfImages(akool, BY_CALLBACK, { items: 3, batchSize: 1 });
		const execution = await scene.run(workflow);
		assert.equal(execution.status, 'success', errorOf(execution));
		const ids = itemsOf(execution, AFTER).map(({ json }) => json._id);
		assert.equal(sandbox.jobs.length, 3);
		assert.deepEqual(new Set(ids), new Set(sandbox.jobs.map(({ _id }) => _id)));
	},
);

scenario('a call that Akool repeats when the node has ended wakes no Wait node behind it', async (scene) => {
	const akool = await scene.akool({ jobSeconds: 1 });
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
	const started = await scene.start(chain('Wait behind', nodes));
	await started.reaches(WAITING);
	for (let times = 0; times < 3; times++) await callAgain(sandbox);
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

scenario('waiting by callback is refused with a reason where no callback can come', async (scene) => {
	const akool = await scene.akool();
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
		const execution = await scene.run(imagesToVideos(akool, parameters));
		assert.equal(execution.status, 'error', what);
		assert.match(errorOf(execution) ?? '', message, what);
	}
	assert.equal(sandbox.jobs.length, 1, 'nothing was paid for');
});

scenario(
	'automatic waiting asks on, with a hint, where the callback could not reach n8n',
	async (scene) => {
		// n8n reaches this public address through the stage's proxy, which is an Akool.
		const akool = await scene.akool();
		const credential = await scene.credentialFor(akool.sandbox, { baseUrl: 'http://akool.example.com' });
		const imageUrl = 'https://shop.example.com/product.png';
		const started = await scene.start(
			// The name of the shop does not exist, so n8n cannot look at its image.
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
			{ timeoutMs: MINUTE_MS + PATIENCE_MS, everyMs: 1_000 },
		);
		assert.ok(!seen.has('waiting'), 'it never parked');
		const execution = await started.ends();
		assert.equal(akoolItems(execution)[0]?.json.status, 3);
		const shown = visibleText(execution);
		assert.match(shown, /because Akool cannot reach this n8n: its address is local or private/);
		assert.ok(nodeSeconds(execution) > 65);
	},
	{ lane: 'long' },
);

scenario(
	'what a worker is held for: 20 videos of three minutes in each mode',
	async (scene) => {
		const VIDEOS = 20;
		const measure = async (waitMode: string) => {
			const akool = await scene.akool({ jobSeconds: 180 });
			const { sandbox } = akool;
			const startedMs = Date.now();
			const started = await scene.start(imagesToVideos(akool, { options: { waitMode } }, { items: numbered(VIDEOS) }));
			let heldMs = 0;
			let parked = false;
			if (waitMode !== 'polling') {
				await started.reaches(WAITING);
				heldMs = Date.now() - startedMs;
				parked = true;
				assert.equal(
					looks(sandbox) > 1,
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
			return { waitMode, heldMs, looks: looks(sandbox), wholeMs: Date.parse(execution.stoppedAt) - startedMs };
		};
		const figures = await Promise.all(['polling', 'auto', 'callback'].map(measure));
		for (const { waitMode, heldMs, looks: asked, wholeMs } of figures) {
			scene.note(
				`${waitMode}: a worker held for ${(heldMs / 1_000).toFixed(1)} s of ${(wholeMs / 1_000).toFixed(1)} s, ${(heldMs / VIDEOS).toFixed(0)} ms a video; ${asked} status requests`,
			);
		}
		const [polling, auto, callback] = figures.map(({ heldMs }) => heldMs);
		assert.ok(
			Number(polling) > 175_000 && Number(auto) < Number(polling) && Number(callback) < Number(auto),
			'parked runs hold no worker',
		);
	},
	{ lane: 'long' },
);

scenario(
	'an execution that is stopped while it is parked stays stopped, and its videos can be found',
	async (scene) => {
		const akool = await scene.akool(UNTIL_TOLD);
		const { sandbox } = akool;
		const started = await parkVideos(scene, akool, 2);
		await scene.client.stopExecution(started.id);
		await started.reaches(['canceled']);
		const asked = looks(sandbox);
		sandbox.finishAll();
		await sleep(1_500);
		const execution = await started.ends();
		assert.equal(execution.status, 'canceled');
		assert.equal(looks(sandbox), asked);
		assert.deepEqual(idsIn(JSON.stringify(customDataOf(execution))), new Set(sandbox.jobs.map(({ _id }) => _id)));
	},
);
