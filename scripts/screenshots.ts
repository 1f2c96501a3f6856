// `npm run screenshots`: the images of the README and of the examples, taken in the real editor with an Akool that runs here. Rule: nothing in them is staged but the data.
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { requireChromium } from '../test/e2e/driver/browser';
import { openEditor } from '../test/e2e/driver/editor/editor';
import {
	EXAMPLES_FOLDER,
	listExamples,
	readExample,
	SHIPPED_FOLDER,
	SHIPPED_IMAGE_URL,
} from '../test/e2e/driver/examples';
import { accountOf, openStage, prepare, startSandbox } from '../test/e2e/driver/stage';
import { startFilm } from './lib/film';
import { ROOT } from './lib/paths';
import { failScript, step } from './lib/steps';
import type { Stage } from '../test/e2e/driver/stage';
import type { Editor } from '../test/e2e/driver/editor/editor';
import type { Locator } from 'playwright-core';
import { makeTemporaryFolder } from './lib/temporary';

const SCREENSHOTS = join(ROOT, 'docs', 'images');
/** The same as `npm run sandbox` has, so that the screenshots show the address that a reader will see. */
const SANDBOX_PORT = 4510;
const EXAMPLE = 'one-image-to-one-video';
const MAKING_NODE = 'Create the Video';
const NODE = 'Akool Image to Video';
const ACTION = 'Create video from image';
const PROMPT = 'The camera circles the bottle slowly';
const MODEL = 'MiniMax Hailuo 2.3';
const LENGTH = '6 Seconds';
const RESOLUTION = '1080P';
const EFFECT = 'Squish';
/** High enough for all fields of the node. */
const ALL_FIELDS = { width: 1440, height: 1000 };
/** Small enough for a film. */
const FILM_WINDOW = { width: 1280, height: 720 };
const FILM_SPEED = 2;
/** How long the video plays in the film. */
const PLAYING_MS = 4_000;
/** High enough for all that the nodes panel offers. */
const ALL_ACTIONS = { width: 1440, height: 1080 };
/** What an n8n on the internet calls itself. */
const PUBLIC_URL = 'https://n8n.example.com/';

/** Credentials that examples need besides ours; nothing is sent with them. */
const OTHER_CREDENTIALS = ['openAiApi', 's3', 'googleSheetsOAuth2Api', 'googleDriveOAuth2Api'];

/** saves what the editor shows under that name */
type Screenshot = (name: string, part?: Locator) => Promise<void>;

/** The nodes panel, with its triggers and its actions. */
async function screenshotOfThePanel(editor: Editor, screenshot: Screenshot, workflowId: string) {
	await editor.resize(ALL_ACTIONS);
	await editor.openWorkflow(workflowId);
	await editor.searchNodes('akool', NODE);
	await editor.openActions(NODE);
	await editor.unfoldTriggers();
	await screenshot('nodes-panel', editor.nodesPanel);
	await editor.resize();
}

/** The first video, from the canvas to the film. */
async function screenshotsOfTheFirstVideo(editor: Editor, screenshot: Screenshot, workflowId: string) {
	await editor.openWorkflow(workflowId);
	await editor.runWorkflow();
	await editor.dismissMessages();
	await screenshot('canvas');

	await editor.resize(ALL_FIELDS);
	await editor.openNode(MAKING_NODE);
	await editor.showOutput('schema');
	await screenshot('editor-create');
	await editor.showOutput('binary');
	await editor.playOutput();
	await screenshot('editor-video');
	await editor.resize();
}

/** The first video from the empty node to the playing film, as the README shows it. */
async function filmOfTheFirstVideo(editor: Editor, credential: string, imageUrl: string) {
	const frames = await makeTemporaryFolder('akool-film-');
	await editor.resize(FILM_WINDOW);
	await editor.openNewWorkflow();
	await editor.searchNodes('akool', NODE);
	await editor.openActions(NODE);
	const film = startFilm(editor.page, frames.path);
	await editor.addByAction(ACTION);
	await editor.chooseCredential(credential);
	await editor.type('imageUrl', imageUrl);
	await editor.type('prompt', PROMPT);
	await editor.executeStep();
	await editor.dismissMessages();
	await editor.showOutput('binary');
	await editor.playOutput();
	await editor.page.waitForTimeout(PLAYING_MS);
	await film.save(join(SCREENSHOTS, 'first-video.gif'), FILM_SPEED);
	await frames.remove();
	await editor.resize();
}

/** The lists, in a node that has just been added. */
async function screenshotsOfTheLists(editor: Editor, screenshot: Screenshot, credential: string, imageUrl: string) {
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
	await editor.openSearchList('batchVideoLength');
	await editor.chooseSearchResult(LENGTH);
	await editor.openSearchList('batchResolution');
	await screenshot('editor-create-batch');
	await editor.chooseSearchResult(RESOLUTION);

	await editor.choose('operation', 'Create');
	await editor.choose('animateWith', 'Effect');
	await editor.openSearchList('effectCode');
	await editor.pointAtSearchResult(EFFECT);
	await screenshot('editor-effects');
	await editor.resize();
}

/** The trigger, in an n8n that the internet can reach. */
async function screenshotOfTheTrigger(editor: Editor, screenshot: Screenshot) {
	await editor.openNewWorkflow();
	await editor.searchNodes('akool', NODE);
	await editor.openActions(NODE);
	await editor.addByAction('On video completed');
	await editor.copyWebhookUrl('production');
	await editor.dismissMessages();
	await screenshot('trigger');
}

/** What a user chooses from a list of Google's. */
function chooseDocument(parameters: Record<string, unknown>) {
	for (const name of ['documentId', 'sheetName'])
		if (name in parameters)
			parameters[name] = { __rl: true, mode: 'name', value: 'Products', cachedResultName: 'Products' };
}

/** The examples as they look once credentials are chosen. */
async function picturesOfTheExamples(editor: Editor, { client, credential }: Stage) {
	const others = await Promise.all(
		OTHER_CREDENTIALS.map(async (type) => await client.createCredential({ name: 'Your account', type, data: {} })),
	);
	const credentials = [credential, ...others];
	for (const name of await listExamples()) {
		await step(`examples/images/${name}.png`, async () => {
			const workflow = await readExample(name, { credentials, imageUrl: SHIPPED_IMAGE_URL, folder: SHIPPED_FOLDER });
			for (const node of workflow.nodes) chooseDocument(node.parameters);
			const { id } = await client.createWorkflow(workflow);
			await editor.openWorkflow(id);
			await editor.screenshot(join(EXAMPLES_FOLDER, 'images', `${name}.png`));
		});
	}
}

async function takePictures(stage: Stage, imageUrl: string, folder: string) {
	const { client, credential } = stage;
	const { id } = await client.createWorkflow(
		await readExample(EXAMPLE, { credentials: [credential], imageUrl, folder }),
	);
	const editor = await openEditor(stage, { pixelRatio: 2 });
	const screenshot: Screenshot = async (name, part) =>
		await step(`docs/images/${name}.png`, async () => await editor.screenshot(join(SCREENSHOTS, `${name}.png`), part));
	try {
		await screenshotOfThePanel(editor, screenshot, id);
		await step('docs/images/first-video.gif', async () => await filmOfTheFirstVideo(editor, credential.name, imageUrl));
		await screenshotsOfTheFirstVideo(editor, screenshot, id);
		await screenshotsOfTheLists(editor, screenshot, credential.name, imageUrl);
		await picturesOfTheExamples(editor, stage);
		await editor.openCredential(credential.id);
		await screenshot('credential-test');
		await stage.restart({ env: { WEBHOOK_URL: PUBLIC_URL } });
		await screenshotOfTheTrigger(editor, screenshot);
	} finally {
		await editor.close();
	}
}

async function main() {
	await requireChromium();
	const { install, tarball } = await prepare();
	const saved = await makeTemporaryFolder('akool-screenshots-');
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
