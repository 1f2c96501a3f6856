// Waiting, from one video to twenty, and parked runs among others: several in one execution, one below another, and calls that cross.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorOf, fileOf, itemsOf } from '../driver/n8nWorkflows';
import { LONGEST_WAIT_MS, waitFor } from '../../support/waitFor';
import { repeatCallbacks, countByStatus } from '../run/calls';
import { BY_CALLBACK, FINISHED_BY_TEST, WAITING, statusRequests, parkVideos } from '../run/parked';
import { akoolItems, runSeconds } from '../run/reading';
import { scenario } from '../run/scenario';
import {
	AFTER,
	AKOOL,
	PROMPT,
	akoolNode,
	chain,
	itemOfVideo,
	loopOfImages,
	node,
	numbered,
	imagesToVideos,
	startWith,
	callingWorkflow,
} from '../run/workflows';
import type { Started } from '../run/scenarioContext';
import type { Sandbox } from '../../sandbox';

/** How long the body of a callback is delayed: longer than an execution takes to resume and to park again. */
const HELD_BACK_SECONDS = 14;
/** How far Akool's results are behind its callbacks. */
const LAG_SECONDS = 8;
const LONGEST_SECONDS = 25;
/** Long enough for an order that must not come. */
const QUIET_MS = 3_000;
const EVERY_MOMENT = { timeoutMs: LONGEST_WAIT_MS, everyMs: 50 };

const untilThereAre = async (sandbox: Sandbox, count: number) =>
	await waitFor(`${count} videos`, async () => (sandbox.jobs.length >= count ? true : undefined), EVERY_MOMENT);

scenario('A slow callback does not reset an execution that has already resumed', async (context) => {
	const akool = await context.akool({ ...FINISHED_BY_TEST, callbackTries: 1 });
	const { sandbox } = akool;
	const workflow = loopOfImages(akool, BY_CALLBACK, { items: 2, batchSize: 1 });
	const started = await context.start(workflow);
	await started.reaches(WAITING);
	const [first] = sandbox.jobs;
	const id = String(first?._id);
	// n8n reads the execution when the call begins, and the body seconds later: by then the run waits for its second video.
	const slow = sandbox.addFault({ on: 'callback', kind: 'slowBody', seconds: HELD_BACK_SECONDS, status: 3 });
	sandbox.finishJob(id);
	await waitFor('the slow call to begin', async () => (slow.hits > 0 ? true : undefined), EVERY_MOMENT);
	await sleep(1_000);
	assert.deepEqual(await sandbox.sendCallback({ url: String(first?.webhookUrl), id, status: 3 }), [200]);
	await untilThereAre(sandbox, 2);
	await started.reaches(WAITING);
	const received = () => sandbox.callbacks.filter((call) => call._id === id && call.status === 3);
	await waitFor('answers to both calls', async () => (received().length >= 2 ? true : undefined), EVERY_MOMENT);
	await sleep(QUIET_MS);
	assert.equal(sandbox.jobs.length, 2, 'no video was made twice');
	assert.equal(await started.status(), 'waiting', 'it waits for its second video still');
	sandbox.finishJob(String(sandbox.jobs.find(({ _id }) => _id !== id)?._id));
	const execution = await started.ends();
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.equal(sandbox.jobs.length, 2, 'no video was made twice');
	assert.deepEqual(
		new Set(itemsOf(execution, AFTER).map(({ json }) => json._id)),
		new Set(sandbox.jobs.map(({ _id }) => _id)),
	);
	context.note(`callbacks answered ${JSON.stringify(countByStatus(received().map(({ httpStatus }) => httpStatus)))}`);
});

/** What a credential may be like, how Akool encrypts its callbacks meanwhile, and whether that fails verification. */
const CREDENTIALS: [string, { clientId?: string }, { callbackApiKey?: string }, boolean][] = [
	['an API key alone', { clientId: '' }, {}, false],
	['a client ID of another account', { clientId: 'QW5vdGhlckNsaWVudElkMQ==' }, {}, true],
	['a key that was rotated meanwhile', {}, { callbackApiKey: 'RotatedKeyRotatedKeyRotatedKey32' }, true],
	['a matching client ID', {}, {}, false],
];

for (const [what, account, encryption, isRefused] of CREDENTIALS) {
	scenario(
		`One callback resumes a parked execution even if Akool’s results lag behind it: ${what}`,
		async (context) => {
			const lagging = { resultLagSeconds: LAG_SECONDS, callbackTries: 1 };
			const akool = await context.akool({ ...FINISHED_BY_TEST, ...lagging, ...encryption }, account);
			const { sandbox } = akool;
			const started = await parkVideos(context, akool, 2);
			const finishedMs = Date.now();
			sandbox.finishAll();
			if (isRefused && !context.can.hasSecretResumeUrls) {
				// Anybody could guess the address: there, what fails verification is refused, and costs no status request.
				const before = statusRequests(sandbox);
				const answers = () =>
					sandbox.callbacks.filter(({ status }) => status === 3).map(({ httpStatus }) => httpStatus);
				await waitFor('answers to both callbacks', () => (answers().length >= 2 ? true : undefined), EVERY_MOMENT);
				assert.deepEqual([answers(), statusRequests(sandbox), await started.status()], [[401, 401], before, 'waiting']);
				await context.client.stopExecution(started.id);
				return;
			}
			const execution = await started.ends();
			assert.equal(execution.status, 'success', errorOf(execution));
			assert.deepEqual(
				akoolItems(execution).map(({ json }) => [json.status, json.timed_out]),
				[
					[3, undefined],
					[3, undefined],
				],
			);
			const seconds = (Date.parse(execution.stoppedAt) - finishedMs) / 1_000;
			assert.ok(seconds < LONGEST_SECONDS, `it resumed after ${seconds.toFixed(1)} s`);
			context.note(`resumed ${seconds.toFixed(1)} s after the callbacks, with results ${LAG_SECONDS} s behind`);
		},
	);
}

scenario('A callback that arrives while orders are still being placed is not lost', async (context) => {
	const times = { queueSeconds: 0.1, jobSeconds: 0.5, resultLagSeconds: LAG_SECONDS, callbackTries: 1 };
	const akool = await context.akool(times);
	const { sandbox } = akool;
	sandbox.addFault({ on: 'create', kind: 'hold', after: 1 });
	// The second order is held until Akool has called about the first; its own callback is lost.
	sandbox.addFault({ on: 'callback', kind: 'lost', status: 3, after: 1 });
	const options = { waitMode: 'callback', concurrency: 1 };
	const started = await context.start(imagesToVideos(akool, { options }, { items: numbered(2) }));
	const isCalled = async () => (sandbox.callbacks.some(({ status }) => status === 3) ? true : undefined);
	await waitFor('a callback about the first', isCalled, EVERY_MOMENT);
	sandbox.release();
	await started.reaches(WAITING);
	const parkedMs = Date.now();
	// An n8n whose addresses hold no secret has no page that could be opened: there, a callback that Akool repeats is needed.
	if (!context.can.hasSecretResumeUrls) await repeatCallbacks(sandbox);
	const execution = await started.ends();
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.deepEqual(
		akoolItems(execution).map(({ json }) => json.status),
		[3, 3],
	);
	const seconds = (Date.parse(execution.stoppedAt) - parkedMs) / 1_000;
	assert.ok(seconds < LONGEST_SECONDS, `it resumed after ${seconds.toFixed(1)} s`);
	context.note(`resumed ${seconds.toFixed(1)} s after it was parked, and no callback came since`);
});

scenario('A parent workflow waits for its sub-workflow and receives the finished videos', async (context) => {
	const akool = await context.akool(FINISHED_BY_TEST);
	const { sandbox, credential, imageUrl } = akool;
	const { client } = context;
	const sub = await client.createWorkflow(
		chain('Sub-workflow', [
			node('Called', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
			akoolNode(AKOOL, { imageUrl, prompt: PROMPT, downloadVideo: true, ...BY_CALLBACK }, credential),
			node('Last', 'n8n-nodes-base.noOp', 1),
		]),
	);
	await client.activateWorkflow(sub.id);
	const above = await context.start(callingWorkflow(sub.id, 3, 'once'));
	await untilThereAre(sandbox, 3);
	await above.reaches(WAITING);
	const [below] = await client.listExecutions(sub.id);
	const called = context.started(sub.id, below?.id ?? '');
	await called.reaches(WAITING);
	sandbox.finishAll();
	assert.equal((await called.ends()).status, 'success');
	const execution = await above.ends();
	assert.equal(execution.status, 'success', errorOf(execution));
	const items = itemsOf(execution, AFTER);
	assert.deepEqual(
		items.map(({ json }) => itemOfVideo(sandbox, json._id)),
		[0, 1, 2],
	);
	for (const item of items) {
		assert.equal(item.json.status, 3);
		assert.ok(
			(await client.downloadBinary(fileOf(item))).includes(Buffer.from(String(item.json._id))),
			'the file belongs to the workflow above as well',
		);
	}
	assert.equal(sandbox.jobs.length, 3);
	await client.deactivateWorkflow(sub.id);
});

scenario(
	'A retried execution that failed after parking orders a video anew only where the image has changed',
	async (context) => {
		const akool = await context.akool(FINISHED_BY_TEST);
		const { sandbox } = akool;
		const { client } = context;
		const started = await parkVideos(context, akool, 2);
		const failedId = sandbox.jobs.map(({ _id }) => _id).find((id) => itemOfVideo(sandbox, id) === 1);
		for (const { _id } of sandbox.jobs) sandbox.finishJob(_id, _id === failedId ? 4 : 3);
		const failed = await started.ends();
		assert.match(errorOf(failed) ?? '', /could not create video/);

		const retried = async (id: string) => context.started(started.workflowId, await client.retryExecution(id));
		const unchanged = await (await retried(started.id)).ends();
		assert.ok(errorOf(unchanged)?.includes(String(failedId)), 'it reports the same video');
		assert.equal(sandbox.jobs.length, 2, 'nothing is ordered where nothing has changed');

		const { nodes } = await client.getWorkflow(started.workflowId);
		const imageUrl = `${akool.imageUrl}?corrected`;
		await client.updateWorkflow(started.workflowId, {
			nodes: nodes.map((each) =>
				each.name === AKOOL ? { ...each, parameters: { ...each.parameters, imageUrl } } : each,
			),
		});
		const again = await retried(unchanged.id);
		await again.reaches(WAITING);
		assert.equal(sandbox.jobs.length, 3, 'one video is ordered anew');
		assert.equal(sandbox.jobs[2]?.body.image_url, imageUrl);
		sandbox.finishAll();
		const execution = await again.ends();
		assert.equal(execution.status, 'success', errorOf(execution));
		assert.deepEqual(
			akoolItems(execution).map(({ json }) => [itemOfVideo(sandbox, json._id), json.status]),
			[
				[0, 3],
				[1, 3],
			],
		);
		assert.equal(sandbox.jobs.length, 3);
	},
);

scenario('Two nodes of one workflow park one after the other', async (context) => {
	const akool = await context.akool(FINISHED_BY_TEST);
	const { sandbox, credential, imageUrl } = akool;
	const started = await context.start(
		chain('Twice', [
			...startWith(numbered(2)),
			akoolNode('First', { imageUrl, prompt: 'First', ...BY_CALLBACK }, credential),
			akoolNode('Second', { imageUrl, prompt: 'Second', ...BY_CALLBACK }, credential),
			node(AFTER, 'n8n-nodes-base.noOp', 1),
		]),
	);
	await started.reaches(WAITING);
	sandbox.finishAll();
	await untilThereAre(sandbox, 4);
	await started.reaches(WAITING);
	sandbox.finishAll();
	const execution = await started.ends();
	assert.equal(execution.status, 'success', errorOf(execution));
	for (const [name, behind] of [
		['First', 'First'],
		['Second', AFTER],
	]) {
		const ids = sandbox.jobs.filter(({ body }) => body.prompt === name).map(({ _id }) => _id);
		assert.equal(ids.length, 2);
		assert.deepEqual(new Set(itemsOf(execution, String(behind)).map(({ json }) => json._id)), new Set(ids));
	}
	assert.equal(sandbox.jobs.length, 4);
});

/** What distinguishes the modes: whether the execution is parked, and whether it polls meanwhile. */
const MODES = [
	{ waitMode: 'polling', parks: false, group: 'short' },
	{ waitMode: 'callback', parks: true, group: 'short' },
	// It asks for a minute before it parks.
	{ waitMode: 'auto', parks: true, group: 'long' },
] as const;

/** Asserts that an execution asks on without being parked, and that a callback neither resumes it nor has it ask. */
async function assertPolls({ status }: Started, sandbox: Sandbox) {
	const seen = new Set<string>();
	const untilPolled = async (times: number) =>
		await waitFor(
			`status request ${times}`,
			async () => {
				seen.add(await status());
				return statusRequests(sandbox) >= times ? true : undefined;
			},
			EVERY_MOMENT,
		);
	await untilPolled(1);
	const [job] = sandbox.jobs;
	const [answer] = await sandbox.sendCallback({ url: String(job?.webhookUrl), id: String(job?._id), status: 3 });
	assert.equal(answer, 404, 'the address is that of no execution');
	assert.equal(statusRequests(sandbox), 1, 'a callback causes no status request');
	await untilPolled(2);
	assert.ok(!seen.has('waiting'), 'it was never parked');
}

for (const { waitMode, parks, group } of MODES) {
	scenario(
		`Wait mode ${waitMode}: 1 video and 20 videos`,
		async (context) => {
			const runs = [1, 20].map(async (count) => {
				const akool = await context.akool(FINISHED_BY_TEST);
				const { sandbox } = akool;
				const started = await context.start(
					imagesToVideos(akool, { downloadVideo: true, options: { waitMode } }, { items: numbered(count) }),
				);
				if (parks) {
					await started.reaches(WAITING);
					// One status request comes right before it is parked.
					assert.equal(
						statusRequests(sandbox) > 1,
						waitMode === 'auto',
						'only the automatic mode asks for a while first',
					);
				} else await assertPolls(started, sandbox);
				sandbox.finishAll();
				const execution = await started.ends();
				assert.equal(execution.status, 'success', errorOf(execution));
				assert.ok(
					sandbox.jobs.every(({ webhookUrl }) => webhookUrl !== ''),
					'the address that Akool was given proves whose each video is, in every mode',
				);
				const items = akoolItems(execution);
				assert.deepEqual(
					items.map(({ json }) => [itemOfVideo(sandbox, json._id), json.status]),
					numbered(count).map(({ n }) => [n, 3]),
				);
				for (const item of items) assert.equal(fileOf(item).fileName, `${item.json._id}.mp4`);
				assert.equal(sandbox.jobs.length, count);
				return `${count}: ${runSeconds(execution).toFixed(1)} s`;
			});
			context.note((await Promise.all(runs)).join(', '));
		},
		{ group },
	);
}
