// Owns what the open node shows of its input and its output. Rule: what is read here is what stands on the screen.
import { byTestId, settle } from './screen';
import type { Page } from 'playwright-core';

/** What is to be seen once the output is drawn in a form. */
const SHOWN = { schema: byTestId('run-data-schema-item'), table: 'tbody tr', binary: byTestId('ndv-view-binary-data') };

export function outputActions(page: Page) {
	const panel = page.locator(byTestId('output-panel')).first();

	const pressExecuteStep = async () => await page.locator(byTestId('node-execute-button')).first().click();

	return {
		/** Presses "Execute step", and waits for nothing. */
		pressExecuteStep,
		/** Presses "Execute step" and waits for the items. */
		async executeStep() {
			await pressExecuteStep();
			await panel.locator(byTestId('ndv-items-count')).waitFor();
		},
		/** What the output panel says of a run that went wrong. */
		async errorText(): Promise<string> {
			await panel.locator(byTestId('node-error-message')).first().waitFor();
			return await panel.innerText();
		},
		/** Shows what the open node gave. */
		async showOutput(form: keyof typeof SHOWN) {
			await panel.locator(byTestId(`radio-button-${form}`)).click();
			await panel.locator(SHOWN[form]).first().waitFor();
			await settle(page);
		},
		/** @returns the rows of the output's table, by their column */
		async outputTable(): Promise<Record<string, string>[]> {
			const columns = (await panel.locator('thead th').allInnerTexts()).map((text) => text.trim());
			const rows = await panel.locator('tbody tr').all();
			return await Promise.all(
				rows.map(async (row) => {
					const cells = await row.locator('td').allInnerTexts();
					return Object.fromEntries(
						columns.map((column, index) => [column, (cells[index] ?? '').trim()]).filter(([column]) => column !== ''),
					);
				}),
			);
		},
		/** Everything that the output panel shows. */
		outputText: async (): Promise<string> => await panel.innerText(),
		/** The fields that a node's input names, before or after a run. */
		async inputFields(): Promise<string[]> {
			const fields = page.locator(`${byTestId('ndv-input-panel')} ${byTestId('run-data-schema-item')}`);
			await fields.first().waitFor();
			return (await fields.allInnerTexts()).map((text) => text.trim().split('\n')[0] ?? '');
		},
		/**
		 * Views the first file of the output in the panel itself.
		 * @returns the image
		 */
		async viewOutput(): Promise<{ width: number }> {
			await panel.locator(byTestId('ndv-view-binary-data')).first().click();
			const image = panel.locator('img[src*="binary-data"]').first();
			await image.waitFor();
			await page.waitForFunction(
				'[...document.querySelectorAll("[data-test-id=output-panel] img")].some((image) => image.src.includes("binary-data") && image.naturalWidth > 0)',
			);
			return await image.evaluate((element) => ({ width: element.naturalWidth }));
		},
		/**
		 * Plays the first file of the output in the panel itself.
		 * @returns the film
		 */
		async playOutput(): Promise<{ seconds: number; width: number }> {
			await panel.locator(byTestId('ndv-view-binary-data')).first().click();
			const video = panel.locator('video');
			await video.waitFor();
			await page.waitForFunction('document.querySelector("[data-test-id=output-panel] video").currentTime > 0.1');
			return await video.evaluate((element) => ({
				seconds: element.duration,
				width: element.videoWidth,
			}));
		},
	};
}
