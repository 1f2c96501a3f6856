// Waiting, from one video to twenty, and parked runs among others: several in one execution, one below another, and calls that cross.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorOf, fileOf, itemsOf } from '../driver/n8nWorkflows';
import { PATIENCE_MS, waitFor } from '../../support/waitFor';
import { callAgain, tally } from '../run/calls';
import { BY_CALLBACK, UNTIL_TOLD, WAITING, looks, parkVideos } from '../run/parked';
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
import type { Started } from '../run/scene';
import type { Sandbox } from '../../sandbox';

/** How long the body of a callback is held back: longer than a run takes to go on and to wait again. */
const HELD_BACK_SECONDS = 14;
/** How far Akool's results are behind its callbacks. */
const LAG_SECONDS = 8;
const LONGEST_SECONDS = 25;
/** Long enough for an order that must not come. */
const QUIET_MS = 3_000;
const LOOK = { timeoutMs: PATIENCE_MS, everyMs: 50 };

const untilThereAre = async (sandbox: Sandbox, count: number) =>
	await waitFor(`${count} videos`, async () => (sandbox.jobs.length >= count ? true : undefined), LOOK);

scenario('a callback whose body is held back does not set back a run that has gone on meanwhile', async (scene) => {
	const akool = await scene.akool({ ...UNTIL_TOLD, callbackTries: 1 });
	const { sandbox } = akool;
	const workflow = loopOfImages(akool, BY_CALLBACK, { items: 2, batchSize: 1 });
	const started = await scene.start(workflow);
	await started.reaches(WAITING);
	const [first] = sandbox.jobs;
	const id = String(first?._id);
	// n8n reads the execution when the call begins, and the body seconds later: by then the run waits for its second video.
	const slow = sandbox.addFault({ on: 'callback', kind: 'slowBody', seconds: HELD_BACK_SECONDS, status: 3 });
	sandbox.finishJob(id);
	await waitFor('the slow call to begin', async () => (slow.hits > 0 ? true : undefined), LOOK);
	await sleep(1_000);
	assert.deepEqual(await sandbox.sendCallback({ url: String(first?.webhookUrl), id, status: 3 }), [200]);
	await untilThereAre(sandbox, 2);
	await started.reaches(WAITING);
	const heard = () => sandbox.callbacks.filter((call) => call._id === id && call.status === 3);
	await waitFor('answers to both calls', async () => (heard().length >= 2 ? true : undefined), LOOK);
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
	scene.note(`callbacks answered ${JSON.stringify(tally(heard().map(({ httpStatus }) => httpStatus)))}`);
});

/** What a credential may be like, and how Akool seals its callbacks meanwhile. */
const CREDENTIALS: [string, { clientId?: string }, { callbackApiKey?: string }][] = [
	['an API key alone', { clientId: '' }, {}],
	['a client ID of another account', { clientId: 'QW5vdGhlckNsaWVudElkMQ==' }, {}],
	['a key that was rotated meanwhile', {}, { callbackApiKey: 'RotatedKeyRotatedKeyRotatedKey32' }],
	['a matching client ID', {}, {}],
];

for (const [what, account, sealing] of CREDENTIALS) {
	scenario(`one delivery resumes a parked execution, though results lag behind it: ${what}`, async (scene) => {
		const lagging = { resultLagSeconds: LAG_SECONDS, callbackTries: 1 };
		const akool = await scene.akool({ ...UNTIL_TOLD, ...lagging, ...sealing }, account);
		const { sandbox } = akool;
		const started = await parkVideos(scene, akool, 2);
		const finishedMs = Date.now();
		sandbox.finishAll();
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
		assert.ok(seconds < LONGEST_SECONDS, `it went on after ${seconds.toFixed(1)} s`);
		scene.note(`went on ${seconds.toFixed(1)} s after the callbacks, with results ${LAG_SECONDS} s behind`);
	});
}

scenario('a callback that comes while the orders are placed, with results behind it, is made up for', async (scene) => {
	const times = { queueSeconds: 0.1, jobSeconds: 0.5, resultLagSeconds: LAG_SECONDS, callbackTries: 1 };
	const akool = await scene.akool(times);
	const { sandbox } = akool;
	sandbox.addFault({ on: 'create', kind: 'hold', after: 1 });
	// The second order is held until Akool has called about the first; its own callback is lost.
	sandbox.addFault({ on: 'callback', kind: 'lost', status: 3, after: 1 });
	const options = { waitMode: 'callback', concurrency: 1 };
	const started = await scene.start(imagesToVideos(akool, { options }, { items: numbered(2) }));
	const isCalled = async () => (sandbox.callbacks.some(({ status }) => status === 3) ? true : undefined);
	await waitFor('a callback about the first', isCalled, LOOK);
	sandbox.release();
	await started.reaches(WAITING);
	const parkedMs = Date.now();
	// An n8n whose addresses hold no secret has no page that could be opened: there, a callback that Akool repeats is needed.
	if (!scene.can.hasSecretResumeUrls) await callAgain(sandbox);
	const execution = await started.ends();
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.deepEqual(
		akoolItems(execution).map(({ json }) => json.status),
		[3, 3],
	);
	const seconds = (Date.parse(execution.stoppedAt) - parkedMs) / 1_000;
	assert.ok(seconds < LONGEST_SECONDS, `it went on after ${seconds.toFixed(1)} s`);
	scene.note(`went on ${seconds.toFixed(1)} s after it was parked, and no callback came since`);
});

scenario('a sub-workflow that waits: the workflow above it waits too, and gets the finished videos', async (scene) => {
	const akool = await scene.akool(UNTIL_TOLD);
	const { sandbox, credential, imageUrl } = akool;
	const { client } = scene;
	const sub = await client.createWorkflow(
		chain('Sub-workflow', [
			node('Called', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
			akoolNode(AKOOL, { imageUrl, prompt: PROMPT, downloadVideo: true, ...BY_CALLBACK }, credential),
			node('Last', 'n8n-nodes-base.noOp', 1),
		]),
	);
	await client.activateWorkflow(sub.id);
	const above = await scene.start(callingWorkflow(sub.id, 3, 'once'));
	await untilThereAre(sandbox, 3);
	await above.reaches(WAITING);
	const [below] = await client.listExecutions(sub.id);
	const called = scene.started(sub.id, below?.id ?? '');
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
	'a parked execution that failed over a video is retried: another is ordered where the image has changed, and only there',
	async (scene) => {
		const akool = await scene.akool(UNTIL_TOLD);
		const { sandbox } = akool;
		const { client } = scene;
		const started = await parkVideos(scene, akool, 2);
		const failedId = sandbox.jobs.map(({ _id }) => _id).find((id) => itemOfVideo(sandbox, id) === 1);
		for (const { _id } of sandbox.jobs) sandbox.finishJob(_id, _id === failedId ? 4 : 3);
		const failed = await started.ends();
		assert.match(errorOf(failed) ?? '', /could not create video/);

		const retried = async (id: string) => scene.started(started.workflowId, await client.retryExecution(id));
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

scenario('two nodes of one workflow park one after the other', async (scene) => {
	const akool = await scene.akool(UNTIL_TOLD);
	const { sandbox, credential, imageUrl } = akool;
	const started = await scene.start(
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

/** How each mode is told from the others: whether the execution is parked, and whether it asks Akool meanwhile. */
const MODES = [
	{ waitMode: 'polling', parks: false, lane: 'short' },
	{ waitMode: 'callback', parks: true, lane: 'short' },
	// It asks for a minute before it parks.
	{ waitMode: 'auto', parks: true, lane: 'long' },
] as const;

/** Asserts that an execution asks on without being parked, and that a callback neither resumes it nor has it ask. */
async function assertPolls({ status }: Started, sandbox: Sandbox) {
	const seen = new Set<string>();
	const untilLooked = async (times: number) =>
		await waitFor(
			`look ${times}`,
			async () => {
				seen.add(await status());
				return looks(sandbox) >= times ? true : undefined;
			},
			LOOK,
		);
	await untilLooked(1);
	const [job] = sandbox.jobs;
	const [answer] = await sandbox.sendCallback({ url: String(job?.webhookUrl), id: String(job?._id), status: 3 });
	// n8n 2.41 fails over a call for an execution that was never saved, as in the editor (500), and refuses one for any other that runs (409).
	assert.ok(answer === 409 || answer === 500, `a call for an execution that runs was answered ${String(answer)}`);
	assert.equal(looks(sandbox), 1, 'a callback is no reason to look');
	await untilLooked(2);
	assert.ok(!seen.has('waiting'), 'it was never parked');
}

for (const { waitMode, parks, lane } of MODES) {
	scenario(
		`waited for with the mode ${waitMode}: 1 video, and 20`,
		async (scene) => {
			const runs = [1, 20].map(async (count) => {
				const akool = await scene.akool(UNTIL_TOLD);
				const { sandbox } = akool;
				const started = await scene.start(
					imagesToVideos(akool, { downloadVideo: true, options: { waitMode } }, { items: numbered(count) }),
				);
				if (parks) {
					await started.reaches(WAITING);
					// One look comes right before it is parked.
					assert.equal(looks(sandbox) > 1, waitMode === 'auto', 'only the automatic mode asks for a while first');
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
			scene.note((await Promise.all(runs)).join(', '));
		},
		{ lane },
	);
}
