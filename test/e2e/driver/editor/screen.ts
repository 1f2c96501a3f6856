// Owns how the editor is read: by n8n's own names for what is on the screen, and by waiting. Rule: nothing here waits for a time alone, except
// for what slides into its place.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WINDOW } from '../browser';
import { waitFor } from '../../../support/waitFor';
import type { Locator, Page } from 'playwright-core';

/** A busy machine with two cores takes its time to draw a page. */
export const SCREEN_TIMEOUT_MS = 240_000;
/** How long a panel or a list takes to have slid into its place. */
const SETTLE_MS = 600;
/** How long a click may take to show its effect; one that falls while the page is being drawn has none. */
const EFFECT_MS = 10_000;
/** What n8n says in the corner of the window. */
export const MESSAGE = '.el-notification';

/** @param more a further condition on the same element */
export const byTestId = (testId: string, more: string = '') => `[data-test-id="${testId}"]${more}`;

/** Waits until what slides has come to rest, so that clicks meet it. */
export const settle = async (page: Page) => await page.waitForTimeout(SETTLE_MS);

/** Clicks until something is to be seen. */
export async function clickUntil(button: Locator, effect: Locator) {
	const attempt = async () => {
		// What shows late would be closed again by another click.
		if (!(await effect.isVisible())) await button.click();
		return await effect.waitFor({ timeout: EFFECT_MS }).then(
			() => true,
			() => undefined,
		);
	};
	await waitFor(`what a click on ${button} shows`, attempt, { timeoutMs: SCREEN_TIMEOUT_MS, everyMs: 0 });
}

/**
 * Types a text in the place of what stands in a field. While n8n is still drawing, it takes letters back: then once
 * more.
 */
export async function typeOver(field: Locator, text: string) {
	const attempt = async () => {
		await field.selectText();
		await field.pressSequentially(text);
		await field.blur();
		await settle(field.page());
		return (await field.inputValue()) === text ? true : undefined;
	};
	await waitFor(`${field} to hold what was typed`, attempt, { timeoutMs: SCREEN_TIMEOUT_MS, everyMs: 0 });
}

/** @returns the first line of each */
export async function firstLines(entries: Locator): Promise<string[]> {
	const texts = await entries.allInnerTexts();
	return texts.map((text) => text.trim().split('\n')[0] ?? '');
}

/** What n8n says at a red mark. */
export async function issuesAt(mark: Locator): Promise<string> {
	const said = mark
		.page()
		.getByText(/^Issues/)
		.filter({ visible: true });
	// What another mark has just said goes away slowly, and must not be taken for what this one says.
	await mark.page().mouse.move(0, 0);
	await waitFor('the other marks to fall silent', async () => ((await said.count()) === 0 ? true : undefined), {
		timeoutMs: SCREEN_TIMEOUT_MS,
		everyMs: 50,
	});
	await mark.hover();
	return await said.last().locator('xpath=..').innerText();
}

/** What lies over everything else. */
export function screenActions(page: Page) {
	return {
		/** What n8n says in the corner of the window. */
		message: async (): Promise<string> => await page.locator(MESSAGE).first().innerText(),
		/** Closes the messages that lie over the corner of the view. */
		async dismissMessages() {
			for (const cross of await page.locator(`${MESSAGE} .el-notification__closeBtn`).all()) await cross.click();
			await page.locator(MESSAGE).waitFor({ state: 'detached' });
		},
		/** Makes the window as large as it is to be, or as it was. */
		async resize(size: { width: number; height: number } = WINDOW) {
			await page.setViewportSize(size);
			await settle(page);
		},
		/**
		 * Saves what the window shows now, or a part of it.
		 * @param path of a PNG file
		 */
		async screenshot(path: string, part: Page | Locator = page) {
			await mkdir(dirname(path), { recursive: true });
			await settle(page);
			await part.screenshot({ path });
		},
		/**
		 * Saves the smallest part of the window that holds all of these, with a margin.
		 * @param path of a PNG file
		 */
		async screenshotAround(path: string, parts: Locator, margin = 0) {
			await mkdir(dirname(path), { recursive: true });
			await settle(page);
			const boxes = (
				await parts.evaluateAll((elements) =>
					elements
						.filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
						.map((element) => {
							const { x, y, width, height } = element.getBoundingClientRect();
							return { x, y, width, height };
						}),
				)
			).filter((box) => box.width > 0 && box.height > 0);
			const { width, height } = page.viewportSize() ?? WINDOW;
			const left = Math.max(0, Math.min(...boxes.map((box) => box.x)) - margin);
			const top = Math.max(0, Math.min(...boxes.map((box) => box.y)) - margin);
			const right = Math.min(width, Math.max(...boxes.map((box) => box.x + box.width)) + margin);
			const bottom = Math.min(height, Math.max(...boxes.map((box) => box.y + box.height)) + margin);
			await page.screenshot({ path, clip: { x: left, y: top, width: right - left, height: bottom - top } });
		},
	};
}
