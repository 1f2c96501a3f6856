// Owns the canvas: workflows, their nodes, and the buttons around them. Rule: a node is found by the name that stands below it.
import { MESSAGE, byTestId, issuesAt, settle } from './screen.mjs';

/** @param {import('playwright-core').Page} page @param {string} url n8n's */
export function canvasActions(page, url) {
	const parameters = page.locator(byTestId('node-parameters')).first();
	/** @param {string} name */
	const nodeNamed = (name) => page.locator(byTestId('canvas-node', `[data-node-name="${name}"]`));

	return {
		/** @param {string} workflowId */
		async openWorkflow(workflowId) {
			await page.goto(`${url}/workflow/${workflowId}`);
			await page.locator(byTestId('canvas-node')).first().waitFor();
			await settle(page);
		},
		/** Opens an empty canvas. */
		async openNewWorkflow() {
			await page.goto(`${url}/workflow/new`);
			await page.locator(byTestId('canvas-plus-button')).first().waitFor();
		},
		/** Opens a node's panel. @param {string} name */
		async openNode(name) {
			await nodeNamed(name).dblclick();
			await parameters.waitFor();
			await settle(page);
		},
		async closeNode() {
			await page.locator(byTestId('ndv-close-button')).first().click();
			await parameters.waitFor({ state: 'hidden' });
		},
		/** @param {number} atLeast so many are drawn in the end @returns {Promise<string[]>} the names of the nodes on the canvas */
		async nodeNames(atLeast) {
			const nodes = page.locator(byTestId('canvas-node'));
			await nodes.nth(atLeast - 1).waitFor();
			return await nodes.evaluateAll((all) => all.map((node) => node.getAttribute('data-node-name') ?? ''));
		},
		/** What n8n says below the red mark of a node. @param {string} name @returns {Promise<string>} */
		issuesOfNode: async (name) => await issuesAt(nodeNamed(name).locator(byTestId('node-issues'))),
		/** Presses "Execute workflow" and waits until n8n says how it ended. @returns {Promise<string>} what it says */
		async runWorkflow() {
			await page.locator(byTestId('execute-workflow-button')).first().click();
			return await page.locator(MESSAGE).first().innerText();
		},
		/** Publishes the workflow. n8n may take a moment longer to listen to its triggers. */
		async publish() {
			const confirm = page.locator(byTestId('workflow-publish-button'));
			await page.locator(byTestId('workflow-open-publish-modal-button')).first().click();
			await confirm.click();
			await confirm.waitFor({ state: 'hidden' });
		},
		/** @returns {string} the ID of the workflow that is open, once n8n has saved it */
		workflowId: () => /\/workflow\/([^/?]+)/.exec(page.url())?.[1] ?? '',
	};
}
