// Owns the fields of the open node. Rule: they are filled in by typing and choosing, and a list is read where it hangs, below its own field.
import { byTestId, clickUntil, firstLines, issuesAt, settle, typeOver } from './screen';
import type { Page } from 'playwright-core';

const SEARCH_RESULT = `${byTestId('rlc-item')}:visible`;

export function fieldActions(page: Page) {
	const parameter = (name: string) => page.locator(byTestId(`parameter-input-${name}`)).first();

	const marksOf = (name: string) =>
		page
			.locator(byTestId('parameter-input'))
			.filter({ has: parameter(name) })
			.locator(byTestId('parameter-issues'));

	/** The entries of the list of a dropdown, which is drawn elsewhere on the page. */
	async function optionsOf(name: string) {
		const list = await parameter(name).locator('[aria-controls]').first().getAttribute('aria-controls');
		return page.locator(`[id="${list}"] [role="option"]`);
	}

	/**
	 * @param name of a dropdown
	 * @returns what it offers; the list stays open
	 */
	async function openOptions(name: string): Promise<string[]> {
		const options = await optionsOf(name);
		await clickUntil(parameter(name), options.first());
		await settle(page);
		return await firstLines(options);
	}

	/** @param name of a dropdown */
	async function choose(name: string, label: string) {
		await openOptions(name);
		const option = (await optionsOf(name)).filter({ has: page.getByText(label, { exact: true }) }).first();
		await option.click();
		await option.waitFor({ state: 'hidden' });
	}

	return {
		parameter,
		openOptions,
		choose,
		/** Closes an open list. */
		async closeOptions(name: string) {
			await page.keyboard.press('Escape');
			await (await optionsOf(name)).first().waitFor({ state: 'hidden' });
		},
		/** How high all fields of the open node are together, seen or not. What n8n writes below them is not among them. */
		async formHeight(): Promise<number> {
			const form = await page.locator('.node-parameters-wrapper').first().boundingBox();
			const fields = await page.locator('.node-parameters-wrapper .parameter-input-list-wrapper').first().boundingBox();
			if (form === null || fields === null) throw new Error('The node shows no fields.');
			return fields.y + fields.height - form.y;
		},
		/** What stands in a field that names something by its ID or otherwise. */
		async locatedValue(name: string): Promise<string> {
			const field = `${byTestId(`resource-locator-${name}`)} `;
			const input = byTestId('rlc-input');
			return await page.locator(`${field}input${input}, ${field}${input} input`).first().inputValue();
		},
		/** Lets a field with a list hold a value in the place of an expression. */
		async holdValue(name: string) {
			const locator = page.locator(byTestId(`resource-locator-${name}`));
			await locator.hover();
			await page
				.locator(byTestId('parameter-item'))
				.filter({ has: locator })
				.locator(byTestId('radio-button-fixed'))
				.first()
				.click();
			await settle(page);
		},
		/**
		 * Chooses how something is named: from a list, by its ID, or otherwise.
		 * @param name of the field
		 * @param mode as the field's description calls it
		 */
		async chooseMode(name: string, mode: string) {
			const option = page.locator(byTestId(`mode-${mode}`)).filter({ visible: true });
			await clickUntil(
				page.locator(`${byTestId(`resource-locator-${name}`)} ${byTestId('rlc-mode-selector')}`),
				option,
			);
			await option.click();
			await option.waitFor({ state: 'hidden' });
		},
		/** Types into a field. */
		type: async (name: string, text: string) =>
			await typeOver(parameter(name).locator('input, textarea').first(), text),
		/** @param name of a field with a switch */
		switchOn: async (name: string) => await parameter(name).locator('.el-switch, [role="switch"]').first().click(),
		/**
		 * @param name of a field
		 * @returns what stands in it
		 */
		valueOf: async (name: string): Promise<string> =>
			await parameter(name).locator('input, textarea').first().inputValue(),
		/**
		 * @param name of a searchable list
		 * @returns what it offers; the list stays open
		 */
		async openSearchList(name: string): Promise<string[]> {
			await clickUntil(
				page.locator(`${byTestId(`resource-locator-${name}`)} ${byTestId('rlc-input')}`),
				page.locator(SEARCH_RESULT).first(),
			);
			return await firstLines(page.locator(SEARCH_RESULT));
		},
		/**
		 * Types into the search of the open list.
		 * @param found what it shows then, first
		 */
		async searchInList(text: string, found: string) {
			await page.locator(byTestId('rlc-search')).filter({ visible: true }).fill(text);
			await page.locator(SEARCH_RESULT).first().getByText(found, { exact: true }).waitFor();
			return await firstLines(page.locator(SEARCH_RESULT));
		},
		/** Takes one of the entries that the open list shows. */
		chooseSearchResult: async (label: string) =>
			await page.locator(SEARCH_RESULT).filter({ hasText: label }).first().click(),
		/** Points at one of the entries that the open list shows. */
		pointAtSearchResult: async (label: string) =>
			await page.locator(SEARCH_RESULT).filter({ hasText: label }).first().hover(),
		/** What n8n says at the red mark beside a field. */
		issueOf: async (name: string): Promise<string> => await issuesAt(marksOf(name)),
		/** Whether there is a red mark beside a field. */
		isMarked: async (name: string): Promise<boolean> => (await marksOf(name).count()) > 0,
	};
}
