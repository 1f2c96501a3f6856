// Owns the canvas: workflows, their nodes, and the buttons around them. Rule: a node is found by the name that stands below it.
import { MESSAGE, byTestId, issuesAt, settle } from './screen';
import type { Page } from 'playwright-core';

/** @param url n8n's */
export function canvasActions(page: Page, url: string) {
	const parameters = page.locator(byTestId('node-parameters')).first();
	const nodeNamed = (name: string) => page.locator(byTestId('canvas-node', `[data-node-name="${name}"]`));

	return {
		async openWorkflow(workflowId: string) {
			await page.goto(`${url}/workflow/${workflowId}`);
			await page.locator(byTestId('canvas-node')).first().waitFor();
			await settle(page);
		},
		/** Opens an empty canvas. */
		async openNewWorkflow() {
			await page.goto(`${url}/workflow/new`);
			await page.locator(byTestId('canvas-plus-button')).first().waitFor();
		},
		/** Opens a node's panel. */
		async openNode(name: string) {
			await nodeNamed(name).dblclick();
			await parameters.waitFor();
			await settle(page);
		},
		async closeNode() {
			await page.locator(byTestId('ndv-close-button')).first().click();
			await parameters.waitFor({ state: 'hidden' });
		},
		/**
		 * @param atLeast so many are drawn in the end
		 * @returns the names of the nodes on the canvas
		 */
		async nodeNames(atLeast: number): Promise<string[]> {
			const nodes = page.locator(byTestId('canvas-node'));
			await nodes.nth(atLeast - 1).waitFor();
			return await nodes.evaluateAll((all) => all.map((node) => node.getAttribute('data-node-name') ?? ''));
		},
		/** What n8n says below the red mark of a node. */
		issuesOfNode: async (name: string): Promise<string> =>
			await issuesAt(nodeNamed(name).locator(byTestId('node-issues'))),
		/**
		 * Presses "Execute workflow" and waits until n8n says how it ended.
		 * @returns what it says
		 */
		async runWorkflow(): Promise<string> {
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
		/** @returns the ID of the workflow that is open, once n8n has saved it */
		workflowId: (): string => /\/workflow\/([^/?]+)/.exec(page.url())?.[1] ?? '',
	};
}
