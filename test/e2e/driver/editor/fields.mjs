// Owns the fields of the open node. Rule: they are filled in by typing and choosing, and a list is read where it hangs, below its own field.
import { byTestId, clickUntil, firstLines, issuesAt, settle, typeOver } from './screen.mjs';

const SEARCH_RESULT = `${byTestId('rlc-item')}:visible`;

/** @param {import('playwright-core').Page} page */
export function fieldActions(page) {
	/** @param {string} name */
	const parameter = (name) => page.locator(byTestId(`parameter-input-${name}`)).first();

	/** The entries of the list of a dropdown, which is drawn elsewhere on the page. @param {string} name */
	async function optionsOf(name) {
		const list = await parameter(name).locator('[aria-controls]').first().getAttribute('aria-controls');
		return page.locator(`[id="${list}"] [role="option"]`);
	}

	/** @param {string} name of a dropdown @returns {Promise<string[]>} what it offers; the list stays open */
	async function openOptions(name) {
		const options = await optionsOf(name);
		await clickUntil(parameter(name), options.first());
		await settle(page);
		return await firstLines(options);
	}

	/** @param {string} name of a dropdown @param {string} label */
	async function choose(name, label) {
		await openOptions(name);
		const option = (await optionsOf(name)).filter({ has: page.getByText(label, { exact: true }) }).first();
		await option.click();
		await option.waitFor({ state: 'hidden' });
	}

	return {
		parameter,
		openOptions,
		choose,
		/** Closes a list that was only looked at. @param {string} name */
		async closeOptions(name) {
			await page.keyboard.press('Escape');
			await (await optionsOf(name)).first().waitFor({ state: 'hidden' });
		},
		/** Types into a field. @param {string} name @param {string} text */
		type: async (name, text) => await typeOver(parameter(name).locator('input, textarea').first(), text),
		/** @param {string} name of a field with a switch */
		switchOn: async (name) => await parameter(name).locator('.el-switch, [role="switch"]').first().click(),
		/** @param {string} name of a field @returns {Promise<string>} what stands in it */
		valueOf: async (name) => await parameter(name).locator('input, textarea').first().inputValue(),
		/** @param {string} name of a searchable list @returns {Promise<string[]>} what it offers; the list stays open */
		async openSearchList(name) {
			await clickUntil(
				page.locator(`${byTestId(`resource-locator-${name}`)} ${byTestId('rlc-input')}`),
				page.locator(SEARCH_RESULT).first(),
			);
			return await firstLines(page.locator(SEARCH_RESULT));
		},
		/** Types into the search of the open list. @param {string} text @param {string} found what it shows then, first */
		async searchInList(text, found) {
			await page.locator(byTestId('rlc-search')).filter({ visible: true }).fill(text);
			await page.locator(SEARCH_RESULT).first().getByText(found, { exact: true }).waitFor();
			return await firstLines(page.locator(SEARCH_RESULT));
		},
		/** Takes one of the entries that the open list shows. @param {string} label */
		chooseSearchResult: async (label) => await page.locator(SEARCH_RESULT).filter({ hasText: label }).first().click(),
		/** Points at one of the entries that the open list shows. @param {string} label */
		pointAtSearchResult: async (label) => await page.locator(SEARCH_RESULT).filter({ hasText: label }).first().hover(),
		/** What n8n says at the red mark beside a field. @param {string} name @returns {Promise<string>} */
		issueOf: async (name) =>
			await issuesAt(
				page
					.locator(byTestId('parameter-input'))
					.filter({ has: parameter(name) })
					.locator(byTestId('parameter-issues')),
			),
	};
}
