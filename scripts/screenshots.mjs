// `npm run screenshots`: the pictures of the README and of the examples, taken in the real editor with an Akool that runs here. Rule: nothing in them is staged but the data.
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDevDependencies } from './lib/devDependencies.mjs';
import { ROOT } from './lib/paths.mjs';
import { failScript, step } from './lib/steps.mjs';

const PICTURES = join(ROOT, 'docs', 'images');
/** The same as `npm run sandbox` has, so that the pictures show the address that a reader will see. */
const SANDBOX_PORT = 4510;
const EXAMPLE = 'one-picture-to-one-video';
const MAKING_NODE = 'Make the Video';
const NODE = 'Akool Image to Video';
const MODEL = 'Seedance 2.0 Fast';
const LENGTH = '8 Seconds';

/** @typedef {import('../test/e2e/driver/editor/editor.mjs').Editor} Editor */
/** @typedef {(name: string, part?: import('playwright-core').Locator) => Promise<void>} Picture saves what the editor shows under that name */

/** The nodes panel, the first video and the lists. @param {Editor} editor @param {Picture} picture @param {string} workflowId */
async function picturesOfTheNode(editor, picture, workflowId) {
	await editor.openWorkflow(workflowId);
	await editor.searchNodes('akool', NODE);
	await editor.openActions(NODE);
	await picture('nodes-panel', editor.nodesPanel);

	await editor.openWorkflow(workflowId);
	await editor.runWorkflow();
	await editor.dismissMessages();
	await picture('canvas');

	await editor.openNode(MAKING_NODE);
	await editor.showOutput('schema');
	await picture('editor-create');
	await editor.showOutput('binary');
	await editor.playOutput();
	await picture('editor-video');

	await editor.showOutput('schema');
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
	await picture('editor-effects');
}

/** @param {Editor} editor @param {Picture} picture */
async function pictureOfTheTrigger(editor, picture) {
	await editor.openNewWorkflow();
	await editor.searchNodes('akool', NODE);
	await editor.openActions(NODE);
	await editor.addByAction('On video completed');
	await editor.copyWebhookUrl('production');
	await editor.dismissMessages();
	await picture('trigger');
}

/** The examples as they look when they were imported. @param {Editor} editor @param {import('../test/e2e/driver/stage.mjs').Stage} stage */
async function picturesOfTheExamples(editor, { client }) {
	const { EXAMPLES_FOLDER, listExamples } = await import('../test/e2e/driver/examples.mjs');
	for (const name of await listExamples()) {
		await step(`examples/images/${name}.png`, async () => {
			const { id } = await client.createWorkflow(JSON.parse(await readFile(join(EXAMPLES_FOLDER, `${name}.json`), 'utf8')));
			await editor.openWorkflow(id);
			await editor.picture(join(EXAMPLES_FOLDER, 'images', `${name}.png`));
		});
	}
}

/** @param {import('../test/e2e/driver/stage.mjs').Stage} stage @param {string} imageUrl @param {string} folder */
async function takePictures(stage, imageUrl, folder) {
	const { openEditor } = await import('../test/e2e/driver/editor/editor.mjs');
	const { readExample } = await import('../test/e2e/driver/examples.mjs');
	const { client, credential } = stage;
	const { id } = await client.createWorkflow(await readExample(EXAMPLE, { credentials: [credential], imageUrl, folder }));
	const editor = await openEditor(stage);
	/** @type {Picture} */
	const picture = async (name, part) => await step(`docs/images/${name}.png`, async () => await editor.picture(join(PICTURES, `${name}.png`), part));
	try {
		await picturesOfTheNode(editor, picture, id);
		await pictureOfTheTrigger(editor, picture);
		await picturesOfTheExamples(editor, stage);
		await editor.openCredential(credential.id);
		await picture('credential-test');
	} finally {
		await editor.close();
	}
}

try {
	await ensureDevDependencies();
	const { requireChromium } = await import('../test/e2e/driver/browser.mjs');
	const { accountOf, openStage, prepare, startSandbox } = await import('../test/e2e/driver/stage.mjs');
	await requireChromium();
	const { install, tarball } = await prepare();
	const folder = await realpath(await mkdtemp(join(tmpdir(), 'akool-pictures-')));
	const sandbox = await startSandbox({ port: SANDBOX_PORT });
	const stage = await step('Start n8n', async () => await openStage({ name: 'screenshots', install, tarball, account: accountOf(sandbox), savedFolder: folder }));
	try {
		await takePictures(stage, `${sandbox.url}/files/product.png`, folder);
	} finally {
		await stage.close();
		await sandbox.close();
		await rm(folder, { recursive: true, force: true });
	}
} catch (error) {
	failScript(error);
}
