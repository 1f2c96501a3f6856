// `npm run screenshots`: the pictures of the README and of the examples, taken in the real editor with an Akool that runs here. Rule: nothing in them is staged but the data.
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { requireChromium } from '../test/e2e/driver/browser';
import { openEditor } from '../test/e2e/driver/editor/editor';
import { EXAMPLES_FOLDER, listExamples, readExample } from '../test/e2e/driver/examples';
import { accountOf, openStage, prepare, startSandbox } from '../test/e2e/driver/stage';
import { ROOT } from './lib/paths';
import { failScript, step } from './lib/steps';
import type { Stage } from '../test/e2e/driver/stage';
import type { Editor } from '../test/e2e/driver/editor/editor';
import type { Locator } from 'playwright-core';
import { makeTemporaryFolder } from './lib/temporary';

const PICTURES = join(ROOT, 'docs', 'images');
/** The same as `npm run sandbox` has, so that the pictures show the address that a reader will see. */
const SANDBOX_PORT = 4510;
const EXAMPLE = 'one-picture-to-one-video';
const MAKING_NODE = 'Make the Video';
const NODE = 'Akool Image to Video';
const ACTION = 'Create a video from a picture';
const PROMPT = 'The camera circles the bottle slowly';
const MODEL = 'MiniMax Hailuo 2.3';
const LENGTH = '6 Seconds';
const EFFECT = 'Squish';
/** High enough for all fields of the node. */
const ALL_FIELDS = { width: 1440, height: 1420 };
/** High enough for all that the nodes panel offers. */
const ALL_ACTIONS = { width: 1440, height: 1080 };
/** What an n8n on the internet calls itself. */
const PUBLIC_URL = 'https://n8n.example.com/';

/** saves what the editor shows under that name */
type Picture = (name: string, part?: Locator) => Promise<void>;

/** The nodes panel, with its triggers and its actions. */
async function pictureOfThePanel(editor: Editor, picture: Picture, workflowId: string) {
	await editor.resize(ALL_ACTIONS);
	await editor.openWorkflow(workflowId);
	await editor.searchNodes('akool', NODE);
	await editor.openActions(NODE);
	await editor.unfoldTriggers();
	await picture('nodes-panel', editor.nodesPanel);
	await editor.resize();
}

/** The first video, from the canvas to the film. */
async function picturesOfTheFirstVideo(editor: Editor, picture: Picture, workflowId: string) {
	await editor.openWorkflow(workflowId);
	await editor.runWorkflow();
	await editor.dismissMessages();
	await picture('canvas');

	await editor.resize(ALL_FIELDS);
	await editor.openNode(MAKING_NODE);
	await editor.showOutput('schema');
	await picture('editor-create');
	await editor.showOutput('binary');
	await editor.playOutput();
	await picture('editor-video');
	await editor.resize();
}

/** The lists, in a node that has just been added. */
async function picturesOfTheLists(editor: Editor, picture: Picture, credential: string, imageUrl: string) {
	await editor.resize(ALL_FIELDS);
	await editor.openNewWorkflow();
	await editor.searchNodes('akool', NODE);
	await editor.openActions(NODE);
	await editor.addByAction(ACTION);
	await editor.chooseCredential(credential);
	await editor.type('imageUrl', imageUrl);
	await editor.type('prompt', PROMPT);

	await editor.choose('operation', 'Create Batch');
	await editor.openSearchList('modelName');
	await editor.chooseSearchResult(MODEL);
	await editor.choose('batchVideoLength', LENGTH);
	await editor.openOptions('batchResolution');
	await picture('editor-create-batch');
	await editor.closeOptions('batchResolution');

	await editor.choose('operation', 'Create');
	await editor.choose('animateWith', 'Effect');
	await editor.openSearchList('effectCode');
	await editor.pointAtSearchResult(EFFECT);
	await picture('editor-effects');
	await editor.resize();
}

/** The trigger, in an n8n that the internet can reach. */
async function pictureOfTheTrigger(editor: Editor, picture: Picture) {
	await editor.openNewWorkflow();
	await editor.searchNodes('akool', NODE);
	await editor.openActions(NODE);
	await editor.addByAction('On video completed');
	await editor.copyWebhookUrl('production');
	await editor.dismissMessages();
	await picture('trigger');
}

/** The examples as they look when they were imported. */
async function picturesOfTheExamples(editor: Editor, { client }: Stage) {
	for (const name of await listExamples()) {
		await step(`examples/images/${name}.png`, async () => {
			const { id } = await client.createWorkflow(
				JSON.parse(await readFile(join(EXAMPLES_FOLDER, `${name}.json`), 'utf8')),
			);
			await editor.openWorkflow(id);
			await editor.picture(join(EXAMPLES_FOLDER, 'images', `${name}.png`));
		});
	}
}

async function takePictures(stage: Stage, imageUrl: string, folder: string) {
	const { client, credential } = stage;
	const { id } = await client.createWorkflow(
		await readExample(EXAMPLE, { credentials: [credential], imageUrl, folder }),
	);
	const editor = await openEditor(stage);
	const picture: Picture = async (name, part) =>
		await step(`docs/images/${name}.png`, async () => await editor.picture(join(PICTURES, `${name}.png`), part));
	try {
		await pictureOfThePanel(editor, picture, id);
		await picturesOfTheFirstVideo(editor, picture, id);
		await picturesOfTheLists(editor, picture, credential.name, imageUrl);
		await picturesOfTheExamples(editor, stage);
		await editor.openCredential(credential.id);
		await picture('credential-test');
		await stage.restart({ env: { WEBHOOK_URL: PUBLIC_URL } });
		await pictureOfTheTrigger(editor, picture);
	} finally {
		await editor.close();
	}
}

async function main() {
	await requireChromium();
	const { install, tarball } = await prepare();
	const saved = await makeTemporaryFolder('akool-pictures-');
	const folder = await realpath(saved.path);
	const sandbox = await startSandbox({ port: SANDBOX_PORT, imageVideos: true });
	const stage = await step(
		'Start n8n',
		async () =>
			await openStage({ name: 'screenshots', install, tarball, account: accountOf(sandbox), savedFolder: folder }),
	);
	try {
		await takePictures(stage, `${sandbox.url}/images/product.jpg`, folder);
	} finally {
		await stage.close();
		await sandbox.close();
		await saved.remove();
	}
}

main().catch(failScript);
