// Owns the panel in which nodes are found and added. Rule: a node is found by typing, as a person does, and added by a click on what is listed.
import { byTestId, clickUntil, firstLines, settle } from './screen';
import type { Page } from 'playwright-core';

export function nodesPanelActions(page: Page) {
	const nodesPanel = page.locator(byTestId('node-creator'));
	const search = page.locator(byTestId('node-creator-search-bar')).first();
	const items = page.locator(byTestId('node-creator-item-name'));
	const nothing = page.locator(byTestId('node-creator-no-results'));
	const groups = page.locator(byTestId('node-creator-category-item'));

	/** Opens the panel: by the only button of an empty canvas, or by the one in the corner. */
	const open = async () => {
		if (await search.isVisible()) return;
		const first = page.locator(byTestId('canvas-plus-button'));
		await clickUntil(
			(await first.count()) > 0 ? first.first() : page.locator(byTestId('node-creator-plus-button')).first(),
			search,
		);
	};

	return {
		nodesPanel,
		/**
		 * Searches the panel.
		 * @param name of a node that has to be found
		 * @throws {Error} where it is not
		 */
		async searchNodes(text: string, name: string) {
			await open();
			await search.fill('');
			await search.pressSequentially(text);
			await items.getByText(name, { exact: true }).or(nothing).first().waitFor();
			await settle(page);
			if (!(await firstLines(items)).includes(name)) throw new Error(`${name} is not found by “${text}”.`);
		},
		/**
		 * Goes into one of the nodes that were found.
		 * @param last what it offers last
		 * @returns what it offers, triggers and actions
		 */
		async openActions(name: string, last?: string): Promise<string[]> {
			await items.getByText(name, { exact: true }).first().click();
			await groups.first().waitFor();
			await settle(page);
			// On an empty canvas the actions are folded away below the triggers.
			if (
				!(await nodesPanel
					.getByText(/ actions$/i)
					.first()
					.isVisible())
			)
				await groups.filter({ hasText: 'Actions' }).click();
			if (last !== undefined) await items.getByText(last, { exact: true }).first().waitFor();
			await settle(page);
			return await firstLines(items);
		},
		/** Unfolds the triggers of the node, where they are folded away behind its actions. */
		async unfoldTriggers() {
			const triggers = nodesPanel.getByText(/^On video /).first();
			if (!(await triggers.isVisible())) await clickUntil(groups.filter({ hasText: 'Triggers' }).first(), triggers);
			await settle(page);
		},
		/** Adds what was offered; its panel opens. */
		async addByAction(action: string) {
			await items.getByText(action, { exact: true }).first().click();
			await page.locator(byTestId('node-parameters')).first().waitFor();
			await settle(page);
		},
	};
}
