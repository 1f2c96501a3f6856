// Owns n8n's editor as a person uses it: by what is on the screen. Rule: it waits for what it needs to see, never for a time alone, and works on every
// release in `n8nVersions.mjs`.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openBrowser } from './browser.mjs';
import { waitFor } from './waiting.mjs';

const LOOK_TIMEOUT_MS = 15_000;
/** How long a panel or a list takes to have slid into its place. */
const SETTLE_MS = 600;
/** How long a click may take to open a list; one that falls while the list is being loaded opens nothing. */
const OPEN_MS = 1_500;

/** @param {string} testId @param {string} [more] a further condition on the same element */
const byTestId = (testId, more = '') => `[data-test-id="${testId}"]${more}`;
const OPTION = `${byTestId('parameter-input-item')}:visible, .el-select-dropdown__item:visible`;
const SEARCH_RESULT = `${byTestId('rlc-item')}:visible`;
const MESSAGE = '.el-notification';

/** @typedef {Awaited<ReturnType<typeof openEditor>>} Editor */

/**
 * Opens the editor as the owner.
 * @param {{ url: string, client: import('./n8nClient.mjs').N8nClient }} n8n a stage will do
 */
export async function openEditor({ url, client }) {
	const { context, close } = await openBrowser();
	await context.addCookies([{ name: 'n8n-auth', value: client.cookie(), url }]);
	const page = await context.newPage();
	page.setDefaultTimeout(LOOK_TIMEOUT_MS);

	/** @param {string} name */
	const parameter = (name) => page.locator(byTestId(`parameter-input-${name}`)).first();

	/** Closes the messages that lie over the corner of the view. */
	async function dismissMessages() {
		for (const cross of await page.locator(`${MESSAGE} .el-notification__closeBtn`).all()) await cross.click();
		await page.locator(MESSAGE).waitFor({ state: 'detached' });
	}

	/** @param {import('playwright-core').Locator} field @param {string} list a selector @returns {Promise<string[]>} the first line of each entry */
	async function openList(field, list) {
		const open = async () => {
			await field.click();
			const first = page.locator(list).first().waitFor({ timeout: OPEN_MS });
			return await first.then(
				() => true,
				() => undefined,
			);
		};
		await waitFor(`the list of ${field}`, open, { timeoutMs: LOOK_TIMEOUT_MS, everyMs: 0 });
		const texts = await page.locator(list).allInnerTexts();
		return texts.map((text) => text.trim().split('\n')[0] ?? '');
	}

	return {
		page,
		close,
		parameter,
		dismissMessages,
		/** @param {string} workflowId */
		async openWorkflow(workflowId) {
			await page.goto(`${url}/workflow/${workflowId}`);
			await page.locator(byTestId('canvas-node')).first().waitFor();
			await page.waitForTimeout(SETTLE_MS);
		},
		/** Opens a node's panel. @param {string} name */
		async openNode(name) {
			await page.locator(byTestId('canvas-node', `[data-node-name="${name}"]`)).dblclick();
			await page.locator(byTestId('node-parameters')).first().waitFor();
			await page.waitForTimeout(SETTLE_MS);
		},
		async closeNode() {
			await page.keyboard.press('Escape');
			await page.locator(byTestId('node-parameters')).first().waitFor({ state: 'hidden' });
		},
		/** Presses "Execute workflow" and waits until n8n says how it ended. @returns {Promise<string>} what it says */
		async runWorkflow() {
			await page.locator(byTestId('execute-workflow-button')).first().click();
			return await page.locator(MESSAGE).first().innerText();
		},
		/** Shows what the open node gave. @param {'schema' | 'table' | 'json' | 'binary'} form */
		async showOutput(form) {
			await page.locator(`${byTestId('output-panel')} ${byTestId(`radio-button-${form}`)}`).click();
		},
		/** @param {string} name of a dropdown parameter @returns {Promise<string[]>} what it offers; the list stays open */
		async openOptions(name) {
			return await openList(parameter(name), OPTION);
		},
		/** @param {string} name of a dropdown parameter @param {string} label */
		async choose(name, label) {
			await openList(parameter(name), OPTION);
			await page.locator(OPTION).filter({ has: page.getByText(label, { exact: true }) }).first().click();
		},
		/** @param {string} name of a searchable list @returns {Promise<string[]>} what it offers; the list stays open */
		async openSearchList(name) {
			return await openList(page.locator(`${byTestId(`resource-locator-${name}`)} ${byTestId('rlc-input')}`), SEARCH_RESULT);
		},
		/** Takes one of the entries that `openSearchList` showed. @param {string} label */
		async chooseSearchResult(label) {
			await page.locator(SEARCH_RESULT).filter({ hasText: label }).first().click();
		},
		/** Opens a credential, which n8n then tests. @param {string} id @returns {Promise<string>} what it says of the test */
		async openCredential(id) {
			await page.goto(`${url}/home/credentials/${id}`);
			const verdict = page.locator(`${byTestId('credentials-config-container-test-success')}:visible, ${byTestId('credential-edit-dialog')} [class*="danger"]:visible`);
			return await verdict.first().innerText();
		},
		/** Saves what the window shows now. @param {string} path of a PNG file */
		async picture(path) {
			await mkdir(dirname(path), { recursive: true });
			await page.waitForTimeout(SETTLE_MS);
			await page.screenshot({ path });
		},
	};
}
