// The editor as a person uses it, in Chromium: nodes are found and added, fields filled in, a video is made and played. Rule: everything is done by
// typing and clicking, and what counts is what stands on the screen.
import assert from 'node:assert/strict';
import { EFFECTS, MODELS } from '../../sandbox/catalogue';
import { waitFor } from '../../support/waitFor';
import { itemsOf } from '../driver/n8nWorkflows';
import { SCREEN_TIMEOUT_MS } from '../driver/editor/screen';
import { createAtAkool } from '../run/calls';
import { scenario } from '../run/scenario';
import { AFTER, AKOOL, START, akoolNode, chain, node } from '../run/workflows';
import type { Editor } from '../driver/editor/editor';
import type { ScenarioContext } from '../run/scenarioContext';

const NODE = 'Akool Image to Video';
const TRIGGER_NODE = 'Akool Image to Video Trigger';
const CREATE = 'Create video from image';
const ACTIONS = [
	CREATE,
	'Create multiple videos from image',
	'Delete video',
	'Download video',
	'Get video status',
	'Get many videos',
	'Update video audio',
	'Get many effects',
	'Get many models',
	'Get credit balance',
];
const TRIGGERS = ['On video completed', 'On video failed', 'On video in progress'];
const VIDEO_FIELDS = [
	'video_url',
	'status_name',
	'deduction_credit',
	'video_duration',
	'image_url',
	'prompt',
	'expires_at',
	'_id',
	'status',
];
const TIMING = { timeoutMs: SCREEN_TIMEOUT_MS, everyMs: 250 };

/** A scenario at the screen. A browser is as much work as several n8n's, so each has the machine to itself. */
const atTheScreen = (title: string, work: (context: ScenarioContext, editor: Editor) => Promise<void>) =>
	scenario(title, async (context) => await work(context, await context.openEditor()), { group: 'alone' });

/** Adds a node to an empty canvas, as a person finds it. */
async function addFirst(editor: Editor, action: string) {
	await editor.openNewWorkflow();
	await editor.searchNodes('akool', NODE);
	await editor.openActions(NODE);
	await editor.addByAction(action);
}

atTheScreen('The nodes panel finds the node by everyday search terms and lists all its actions', async (_, editor) => {
	await editor.openNewWorkflow();
	for (const text of ['Akool', 'image to video', 'photo to video', 'animate photo', 'make video']) {
		await editor.searchNodes(text, NODE);
	}
	const offered = await editor.openActions(NODE, ACTIONS.at(-1));
	assert.deepEqual(
		offered.filter((name) => TRIGGERS.includes(name)),
		TRIGGERS,
	);
	assert.deepEqual(
		offered.filter((name) => ACTIONS.includes(name)),
		ACTIONS,
	);
});

atTheScreen(
	'A first video by typing and clicking: credential, fields, execution, and playback in the output panel',
	async (context, editor) => {
		const { sandbox, imageUrl } = await context.akool({ jobSeconds: 1 });
		await addFirst(editor, CREATE);
		assert.deepEqual(await editor.nodeNames(2), ['When clicking ‘Execute workflow’', CREATE]);

		await editor.openNewCredential();
		await editor.typeIntoCredential('apiKey', 'not a key of anybody');
		await editor.typeIntoCredential('baseUrl', sandbox.url);
		assert.match(await editor.saveRefusedCredential(), /does not know this API key.*1109/s);
		await editor.typeIntoCredential('apiKey', sandbox.apiKey);
		await editor.saveCredential();
		assert.match(await editor.chosenCredential(), /^Akool account/);

		await editor.type('imageUrl', imageUrl);
		await editor.type('prompt', 'The camera circles the bottle slowly');
		await editor.executeStep();
		const [job] = sandbox.jobs;
		const id = String(job?._id);
		assert.equal(sandbox.jobs.length, 1);
		assert.equal(job?.body.prompt, 'The camera circles the bottle slowly');
		assert.equal(job?.body.image_url, imageUrl);

		await editor.showOutput('table');
		const [row] = await editor.outputTable();
		assert.deepEqual(Object.keys(row ?? {}), VIDEO_FIELDS);
		assert.deepEqual([row?._id, row?.status_name, row?.deduction_credit], [id, 'completed', '20']);
		await editor.showOutput('binary');
		const shown = await editor.outputText();
		assert.match(shown, new RegExp(`${id}\\.mp4`));
		assert.match(shown, /video\/mp4/);
		const { seconds, width } = await editor.playOutput();
		assert.ok(seconds > 4 && width > 0, `${seconds} s, ${width} wide`);
	},
);

atTheScreen(
	'The lists are filled and searchable, and resolution and length follow the model',
	async (context, editor) => {
		const { sandbox, credential } = await context.akool();
		await addFirst(editor, CREATE);
		await editor.chooseCredential(credential.name);
		await editor.choose('animateWith', 'Effect');
		assert.equal((await editor.openSearchList('effectCode')).length, EFFECTS.length);
		assert.deepEqual(await editor.searchInList('squi', 'Squish'), ['Squish']);
		await editor.chooseSearchResult('Squish');
		// Akool ignores a prompt beside an effect.
		assert.equal(await editor.isMarked('prompt'), false);

		await editor.choose('operation', 'Create Batch');
		assert.equal((await editor.openSearchList('modelName')).length, MODELS.length);
		const hailuo = 'MiniMax Hailuo 2.3 · paid plan · 6, 10 s';
		assert.deepEqual(await editor.searchInList('hailuo', hailuo), [hailuo]);
		await editor.chooseSearchResult('MiniMax Hailuo 2.3');
		const follow = async () => {
			const lists = [];
			for (const name of ['batchResolution', 'batchVideoLength']) {
				lists.push(await editor.openSearchList(name));
				await editor.chooseSearchResult('Best for the Model');
			}
			return lists;
		};
		assert.deepEqual(await follow(), [
			['Best for the Model', '768P', '1080P'],
			['Best for the Model', '6 Seconds', '10 Seconds'],
		]);
		await editor.openSearchList('modelName');
		await editor.chooseSearchResult('Seedance 2.0 Fast');
		assert.deepEqual(await follow(), [
			['Best for the Model', '720p', '1280x720'],
			['Best for the Model', '4 Seconds', '8 Seconds', '12 Seconds'],
		]);
		assert.equal(sandbox.countRequests('effects'), 1);
		assert.equal(sandbox.countRequests('models'), 1);
	},
);

atTheScreen('A new Create has its fields within 900 pixels', async (context, editor) => {
	const { credential } = await context.akool();
	await addFirst(editor, CREATE);
	await editor.chooseCredential(credential.name);
	const height = await editor.formHeight();
	assert.ok(height <= 900, `${height} pixels`);
});

atTheScreen('A video is picked from the list of recent ones, and goes on under its ID', async (context, editor) => {
	const { sandbox, credential, imageUrl } = await context.akool({ jobSeconds: 0.5 });
	const ids = [];
	for (const prompt of ['The bottle turns', 'The cap opens'])
		ids.push(await createAtAkool(sandbox, { image_url: imageUrl, prompt }));
	await addFirst(editor, 'Get video status');
	await editor.chooseCredential(credential.name);
	// n8n offers no list beside an expression, which the field has until somebody wants something else.
	await editor.holdValue('videoIds');
	await editor.chooseMode('videoIds', 'list');
	const offered = await editor.openSearchList('videoIds');
	assert.deepEqual(
		offered.map((entry) => entry.split(' · ')[1]),
		['The cap opens', 'The bottle turns'],
	);
	await editor.chooseSearchResult('The bottle turns');
	await editor.executeStep();
	await editor.showOutput('table');
	assert.equal((await editor.outputTable())[0]?._id, ids[0]);

	await editor.chooseMode('videoIds', 'id');
	assert.equal(await editor.locatedValue('videoIds'), ids[0]);
});

atTheScreen('Each effect shows its image in the output panel', async (context, editor) => {
	const { credential } = await context.akool();
	await addFirst(editor, 'Get many effects');
	await editor.chooseCredential(credential.name);
	await editor.switchOn('downloadThumbnails');
	await editor.executeStep();
	await editor.showOutput('binary');
	const shown = await editor.outputText();
	assert.match(shown, /24 items/);
	assert.match(shown, /squish_89244231312\.png/);
	assert.match(shown, /image\/png/);
	const { width } = await editor.viewOutput();
	assert.ok(width > 0, `${width} wide`);
});

atTheScreen(
	'An empty required field is marked in the form and on the canvas, and nothing is spent',
	async (context, editor) => {
		const { sandbox, credential } = await context.akool();
		await addFirst(editor, CREATE);
		await editor.chooseCredential(credential.name);
		await editor.closeNode();
		assert.match(await editor.issuesOfNode(CREATE), /"Image URL" is required.*"Prompt" is required/s);
		await editor.openNode(CREATE);
		assert.match(await editor.issueOf('imageUrl'), /"Image URL" is required/);
		assert.match(await editor.issueOf('prompt'), /"Prompt" is required/);
		await editor.pressExecuteStep();
		assert.match(await editor.message(), /has issues/);
		assert.equal(sandbox.requests.filter(({ endpoint }) => endpoint === 'create').length, 0);
	},
);

atTheScreen('The output panel shows what went wrong and what to do', async (context, editor) => {
	const { credential, sandbox } = await context.akool();
	await addFirst(editor, CREATE);
	await editor.chooseCredential(credential.name);
	await editor.type('imageUrl', 'product.png');
	await editor.type('prompt', 'Turn');
	await editor.pressExecuteStep();
	const shown = await editor.errorText();
	assert.match(shown, /'Image URL' is the name of a file, not an address/);
	assert.match(shown, /beginning with https:\/\//);
	assert.equal(sandbox.jobs.length, 0);
});

// Of a trigger, n8n's editor shows no fields before the first run.
atTheScreen('The next node offers the video’s fields before the first run', async (context, editor) => {
	const { credential, imageUrl } = await context.akool();
	const { id } = await context.client.createWorkflow(
		chain('Fields', [
			node(START, 'n8n-nodes-base.manualTrigger', 1),
			akoolNode(AKOOL, { imageUrl, prompt: 'Turn' }, credential, { position: [300, 0] }),
			node(AFTER, 'n8n-nodes-base.noOp', 1, {}, { position: [600, 0] }),
		]),
	);
	await editor.openWorkflow(id);
	await editor.openNode(AFTER);
	// The list is drawn bit by bit.
	const missing = async () => {
		const fields = await editor.inputFields();
		return VIDEO_FIELDS.filter((field) => !fields.includes(field));
	};
	await waitFor('all fields', async () => ((await missing()).length === 0 ? true : undefined), TIMING).catch(
		async (error) => {
			throw new Error(`${error.message} Missing: ${await missing()}`, { cause: error });
		},
	);
});

atTheScreen(
	'The trigger: added from the panel, published, and its copied URL starts the workflow',
	async (context, editor) => {
		const akool = await context.akool({ jobSeconds: 0.5 });
		await addFirst(editor, 'On video completed');
		await editor.chooseCredential(akool.credential.name);
		const { shown, copied } = await editor.copyWebhookUrl('production');
		assert.equal(copied, shown);
		assert.ok(copied.startsWith(`${context.environment.url}/webhook/`), copied);
		await editor.closeNode();
		await editor.publish();
		const workflowId = editor.workflowId();
		const id = await createAtAkool(akool.sandbox, { webhookurl: copied });
		const ended = await waitFor(
			'the workflow to be started',
			async () => (await context.client.listExecutions(workflowId, ['success', 'error']))[0],
			TIMING,
		);
		const execution = await context.client.getExecution(ended.id);
		assert.equal(itemsOf(execution, TRIGGER_NODE)[0]?.json._id, id);
		await context.client.deactivateWorkflow(workflowId);
	},
);
