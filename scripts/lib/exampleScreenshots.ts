// Owns the screenshots of what examples show to those who use them: the chat of the agent, the form with its last page, and the page of the comparison.
// Rule: each is the example as it is shipped, filled in as its user would, and run.
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EXAMPLES_FOLDER, readExample } from '../../test/e2e/driver/examples';
import { callTool, say, startLanguageModel } from '../../test/e2e/driver/languageModel';
import { errorOf } from '../../test/e2e/driver/n8nWorkflows';
import { CREDENTIAL_TYPE } from '../../test/e2e/driver/environment';
import { ScriptError } from './steps';
import type { Editor } from '../../test/e2e/driver/editor/editor';
import type { Message } from '../../test/e2e/driver/languageModel';
import type { AkoolAccount, TestEnvironment } from '../../test/e2e/driver/environment';

export const EXAMPLE_SCREENSHOTS = join(EXAMPLES_FOLDER, 'images');
const PROMPT = 'The camera circles the bottle slowly.';
/** The chat takes a third of the width, and of the height. */
const CHAT_WINDOW = { width: 1500, height: 1500 };
const FORM_WINDOW = { width: 720, height: 520 };
const COMPARISON_WINDOW = { width: 1280, height: 390 };
/** Long enough for a video of the local test server, on a busy machine. */
const PATIENCE_MS = 240_000;
const PLAYS = (selector: string) => `document.querySelector(${JSON.stringify(selector)})?.currentTime > 1`;

export interface Shop {
	environment: TestEnvironment;
	editor: Editor;
	imageUrl: string;
	folder: string;
}

const shot = (name: string) => join(EXAMPLE_SCREENSHOTS, `${name}.png`);

/** What a language model answers, once it has called the tool. */
function answerAbout(result: string): Message {
	const field = (name: string) => new RegExp(`"${name}":"([^"]+)"`).exec(result)?.[1] ?? '';
	const expires = new Date(field('expires_at')).toLocaleDateString('en-US', { day: 'numeric', month: 'long' });
	return say(
		`Here is your video: [watch it](${field('video_url')}). Its ID is ${field('_id')}, and the link expires on ${expires}.`,
	);
}

/** The chat of the agent, with the link to the video. */
export async function screenshotOfTheChat({ environment: { client, credential }, editor, imageUrl }: Shop) {
	const model = await startLanguageModel(({ messages, tools }) => {
		const heard = messages.at(-1);
		if (heard?.role === 'tool') return answerAbout(heard.content ?? '');
		return callTool(tools?.[0]?.function.name ?? '', { Image_URL: imageUrl, Prompt: PROMPT });
	});
	try {
		const key = await client.createCredential({
			name: 'OpenAI account',
			type: 'openAiApi',
			data: { apiKey: 'none', url: model.url, header: false },
		});
		const workflow = await readExample('agent-that-makes-videos', {
			credentials: [credential, key],
			imageUrl,
			folder: '',
		});
		const { id } = await client.createWorkflow(workflow);
		const { page } = editor;
		await editor.resize(CHAT_WINDOW);
		await editor.openWorkflow(id);
		await page.locator('[data-test-id="workflow-chat-button"]').first().click();
		const chat = page.locator('[data-test-id="canvas-chat"]').first();
		const input = chat.locator('textarea').first();
		await input.fill(`Make a video of ${imageUrl}. ${PROMPT}`);
		await input.press('Enter');
		await chat.getByText('watch it').first().waitFor({ timeout: PATIENCE_MS });
		await editor.dismissMessages();
		await editor.screenshot(shot('agent-chat'), chat);
		await page.locator('[data-test-id="workflow-chat-button"]').first().click();
	} finally {
		await model.close();
		await editor.resize();
	}
}

/**
 * The form as a visitor meets it, and the page that it ends on.
 * @param local the account at an Akool that this n8n is reachable for
 */
export async function screenshotsOfTheForm({ environment, editor, imageUrl }: Shop, local: AkoolAccount) {
	const { client, url } = environment;
	const credential = await client.createCredential({ name: 'Local test server', type: CREDENTIAL_TYPE, data: local });
	const workflow = await readExample('photo-form-to-video', { credentials: [credential], imageUrl, folder: '' });
	const { id } = await client.createWorkflow(workflow);
	await client.activateWorkflow(id);
	const path = workflow.nodes.find(({ name }) => name === 'Upload a Photo')?.webhookId;
	const page = await editor.page.context().newPage();
	try {
		await page.setViewportSize(FORM_WINDOW);
		await page.goto(`${url}/form/${path}`);
		await page.locator('input[type=file]').setInputFiles(join(EXAMPLES_FOLDER, 'product.jpg'));
		await page.locator('textarea').fill(PROMPT);
		await page.screenshot({ path: shot('photo-form') });
		await page.locator('button[type=submit]').click();
		await page.locator('video').waitFor({ timeout: PATIENCE_MS });
		await page.waitForFunction(PLAYS('video'), undefined, { timeout: PATIENCE_MS });
		await page.screenshot({ path: shot('photo-form-video') });
	} finally {
		await page.close();
		await client.deactivateWorkflow(id);
	}
}

/** The page of the comparison, playing. */
export async function screenshotOfTheComparison({
	environment: { client, credential },
	editor,
	imageUrl,
	folder,
}: Shop) {
	const workflow = await readExample('three-models-compared', { credentials: [credential], imageUrl, folder });
	const { id } = await client.createWorkflow(workflow);
	const execution = await client.waitForExecution(await client.runWorkflow(id, 'Start'), { timeoutMs: PATIENCE_MS });
	if (execution.status !== 'success')
		throw new ScriptError('The comparison did not end well.', errorOf(execution) ?? 'n8n gave no reason.');
	const page = await editor.page.context().newPage();
	try {
		await page.setViewportSize(COMPARISON_WINDOW);
		await page.goto(pathToFileURL(join(await realpath(folder), 'comparison.html')).href);
		await page.waitForFunction(PLAYS('figure:last-of-type video'), undefined, { timeout: PATIENCE_MS });
		// A pointer over a video would show its buttons.
		await page.locator('video').first().hover();
		await page.screenshot({ path: shot('comparison-page') });
	} finally {
		await page.close();
	}
}
