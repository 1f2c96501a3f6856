// `npm run screenshots`: the images of the README, the pages and the examples, taken in the real editor with an Akool that runs here. Rule: nothing in
// them is staged but the data and the names of the servers, which stand for those of an n8n on the internet.
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { requireChromium } from '../test/e2e/driver/browser';
import { byTestId } from '../test/e2e/driver/editor/screen';
import { openEditor } from '../test/e2e/driver/editor/editor';
import { listExamples, readExample, SHIPPED_FOLDER, SHIPPED_IMAGE_URL } from '../test/e2e/driver/examples';
import { accountOf, startEnvironment, prepare, startSandbox } from '../test/e2e/driver/environment';
import { HOST } from '../test/support/localServer';
import {
	EXAMPLE_SCREENSHOTS,
	screenshotOfTheChat,
	screenshotOfTheComparison,
	screenshotsOfTheForm,
} from './lib/exampleScreenshots';
import { startFilm } from './lib/film';
import { ROOT, RUNTIME } from './lib/paths';
import { failScript, step } from './lib/steps';
import { makeTemporaryFolder } from './lib/temporary';
import type { Shop } from './lib/exampleScreenshots';
import type { Editor } from '../test/e2e/driver/editor/editor';
import type { TestEnvironment } from '../test/e2e/driver/environment';

const SCREENSHOTS = join(ROOT, 'docs', 'images');
const SANDBOX_PORT = 4510;
const SANDBOX_PLACE = `${HOST}:${SANDBOX_PORT}`;
/** What stands in the place of Akool, and of a shop with a product image: both are the sandbox. */
const AKOOL_HOST = 'akool.example.com';
const SHOP_HOST = 'shop.example.com';
const IMAGE_URL = `http://${SHOP_HOST}/images/product.jpg`;
const JOB_SECONDS = 4;
const NODE = 'Akool Image to Video';
const ACTION = 'Create video from image';
const PROMPT = 'The camera circles the bottle slowly';
const MODEL = 'MiniMax Hailuo 2.3';
const LENGTH = '6 Seconds';
const RESOLUTION = '1080P';
const EFFECT = 'Squish';
/** High enough for all fields of the node. */
const ALL_FIELDS = { width: 1440, height: 1110 };
const FEW_FIELDS = { width: 1440, height: 720 };
/** Small enough for a film. */
const FILM_WINDOW = { width: 1440, height: 810 };
const FILM_SPEED = 2;
/** How long the video plays in the film. */
const PLAYING_MS = 5_000;
/** Around the nodes of a canvas. */
const MARGIN = 24;
/** High enough for the nodes of every example. */
const CANVAS = { width: 1440, height: 1000 };
/** What n8n lays over a canvas, such as its buttons, would hide nodes. */
const OVER_THE_CANVAS = `[class*="executionButtons"], [class*="executionButtons"] *, [class*="nodeButtonsWrapper"], [class*="nodeButtonsWrapper"] *, .vue-flow__panel, .vue-flow__panel * { visibility: hidden !important }`;
/** What an n8n on the internet calls itself. */
const PUBLIC_URL = 'https://n8n.example.com/';

/** Credentials that examples need besides ours; nothing is sent with them. */
const OTHER_CREDENTIALS = ['openAiApi', 's3', 'googleSheetsOAuth2Api', 'googleDriveOAuth2Api'];

const shot = (name: string) => join(SCREENSHOTS, `${name}.png`);
/** The open node: its fields with the button above them, and what it returned. */
const FIELDS = `${byTestId('node-parameters')}, ${byTestId('node-execute-button')}`;
const OUTPUT = byTestId('output-panel');

async function addCreate(editor: Editor) {
	await editor.openNewWorkflow();
	await editor.searchNodes('akool', NODE);
	await editor.openActions(NODE);
}

async function fillIn(editor: Editor, credential: string) {
	await editor.addByAction(ACTION);
	await editor.chooseCredential(credential);
	await editor.type('imageUrl', IMAGE_URL);
	await editor.type('prompt', PROMPT);
}

/** The first video from the empty node to the playing film, as the README shows it, and the node as it stands then. */
async function firstVideo(editor: Editor, credential: string) {
	const frames = await makeTemporaryFolder('akool-film-');
	await editor.resize(FILM_WINDOW);
	await addCreate(editor);
	const film = startFilm(editor.page, frames.path);
	await fillIn(editor, credential);
	await editor.executeStep();
	await editor.dismissMessages();
	await editor.showOutput('binary');
	await editor.playOutput();
	await editor.page.waitForTimeout(PLAYING_MS);
	await film.save(join(SCREENSHOTS, 'first-video.gif'), FILM_SPEED);
	await frames.remove();
	await editor.resize(ALL_FIELDS);
	await editor.showOutput('schema');
	await editor.screenshotAround(shot('editor-create'), editor.page.locator(`${FIELDS}, ${OUTPUT}`));
	await editor.resize();
}

/** The lists, in a node that has just been added. */
async function screenshotsOfTheLists(editor: Editor, credential: string) {
	await editor.resize(ALL_FIELDS);
	await addCreate(editor);
	await fillIn(editor, credential);

	await editor.choose('operation', 'Create Batch');
	await editor.openSearchList('modelName');
	await editor.chooseSearchResult(MODEL);
	await editor.openSearchList('batchVideoLength');
	await editor.chooseSearchResult(LENGTH);
	await editor.openSearchList('batchResolution');
	await editor.screenshotAround(shot('editor-create-batch'), editor.page.locator(FIELDS));
	await editor.chooseSearchResult(RESOLUTION);

	await editor.choose('operation', 'Create');
	await editor.choose('animateWith', 'Effect');
	await editor.openSearchList('effectCode');
	await editor.pointAtSearchResult(EFFECT);
	await editor.screenshotAround(shot('editor-effects'), editor.page.locator(FIELDS));
	await editor.resize();
}

/** The trigger, in an n8n that the internet can reach. */
async function screenshotOfTheTrigger(editor: Editor, credential: string) {
	await editor.resize(FEW_FIELDS);
	await addCreate(editor);
	await editor.addByAction('On video completed');
	await editor.chooseCredential(credential);
	await editor.copyWebhookUrl('production');
	await editor.dismissMessages();
	await editor.screenshotAround(shot('trigger'), editor.page.locator(FIELDS));
	await editor.resize();
}

/** What a user chooses from a list of Google's. */
function chooseDocument(parameters: Record<string, unknown>) {
	for (const name of ['documentId', 'sheetName'])
		if (name in parameters)
			parameters[name] = { __rl: true, mode: 'name', value: 'Products', cachedResultName: 'Products' };
}

/** The canvases of the examples as they look once credentials are chosen. */
async function canvasesOfTheExamples(editor: Editor, { client, credential }: TestEnvironment) {
	const others = await Promise.all(
		OTHER_CREDENTIALS.map(async (type) => await client.createCredential({ name: 'Your account', type, data: {} })),
	);
	const credentials = [credential, ...others];
	await editor.resize(CANVAS);
	for (const name of await listExamples()) {
		const workflow = await readExample(name, { credentials, imageUrl: SHIPPED_IMAGE_URL, folder: SHIPPED_FOLDER });
		for (const node of workflow.nodes) chooseDocument(node.parameters);
		const { id } = await client.createWorkflow(workflow);
		await editor.openWorkflow(id);
		await editor.page.addStyleTag({ content: OVER_THE_CANVAS });
		const nodes = editor.page.locator('.vue-flow__node, .vue-flow__node *');
		await editor.screenshotAround(join(EXAMPLE_SCREENSHOTS, `${name}.png`), nodes, MARGIN);
	}
}

/** @param only takes those alone whose title has this text */
async function takeScreenshots(shop: Shop, sandbox: Parameters<typeof accountOf>[0], only: string) {
	const { environment, editor } = shop;
	const local = { ...accountOf(sandbox), baseUrl: `http://${SANDBOX_PLACE}` };
	const { name } = environment.credential;
	const failures: unknown[] = [];
	const take = async (what: string, work: () => Promise<void>) => {
		if (!what.includes(only)) return;
		// The others are worth having also where one could not be taken.
		await step(what, work).catch(async (error) => {
			failures.push(error);
			await editor.screenshot(join(RUNTIME, 'evidence', 'screenshots', `${what}.png`));
		});
	};
	await take('the photo form', async () => await screenshotsOfTheForm(shop, local));
	await take('the comparison', async () => await screenshotOfTheComparison(shop));
	await take('the chat', async () => await screenshotOfTheChat(shop));
	// From here on n8n says that it is on the internet, where this browser would look for its forms and chats.
	await environment.restart({ env: { WEBHOOK_URL: PUBLIC_URL } });
	await take('the first video', async () => await firstVideo(editor, name));
	await take('the lists', async () => await screenshotsOfTheLists(editor, name));
	await take('the trigger', async () => await screenshotOfTheTrigger(editor, name));
	await take('the canvases', async () => await canvasesOfTheExamples(editor, environment));
	if (failures.length > 0) throw failures[0];
}

const USAGE = 'npm run screenshots [-- --only TEXT]   TEXT is of a title, such as "the chat"';

async function main() {
	const { values } = parseArgs({
		options: { only: { type: 'string', default: '' }, help: { type: 'boolean', default: false } },
	});
	if (values.help) return console.log(USAGE);
	await requireChromium();
	const { install, tarball } = await prepare();
	const saved = await makeTemporaryFolder('akool-screenshots-');
	const folder = await realpath(saved.path);
	const sandbox = await startSandbox({
		port: SANDBOX_PORT,
		publicUrl: `http://${AKOOL_HOST}`,
		imageVideos: true,
		jobSeconds: JOB_SECONDS,
	});
	// n8n and the browser find both names at the sandbox: n8n by its proxy, the browser by its rules.
	const env = { HTTP_PROXY: `http://${SANDBOX_PLACE}` };
	const names = { [AKOOL_HOST]: SANDBOX_PLACE, [SHOP_HOST]: SANDBOX_PLACE };
	const account = accountOf(sandbox);
	const environment = await step(
		'Start n8n',
		async () => await startEnvironment({ name: 'screenshots', install, tarball, account, env, savedFolder: folder }),
	);
	try {
		const editor = await openEditor(environment, { pixelRatio: 2, names });
		try {
			await takeScreenshots({ environment, editor, imageUrl: IMAGE_URL, folder }, sandbox, values.only);
		} finally {
			await editor.close();
		}
	} finally {
		await environment.close();
		await sandbox.close();
		await saved.remove();
	}
}

main().catch(failScript);
