// Owns the addresses that a trigger shows above its fields. Rule: an address is copied by a click, and read from the clipboard.
import { waitFor } from '../../../support/waitFor';
import { SCREEN_TIMEOUT_MS, byTestId, clickUntil } from './screen';
import type { Page } from 'playwright-core';

export function webhookActions(page: Page) {
	return {
		/** Copies one of the open trigger's addresses. */
		async copyWebhookUrl(which: 'test' | 'production'): Promise<{ shown: string; copied: string }> {
			const kind = page.locator(`.node-webhooks ${byTestId(`radio-button-${which}`)}`);
			if (!(await kind.isVisible())) await clickUntil(page.locator('.webhooks .headline').first(), kind);
			await kind.click();
			const address = page.locator('.node-webhooks .webhook-url').first();
			const shown = (await address.innerText()).replace(/\s/g, '');
			await address.click();
			const copied = await waitFor(
				'an address in the clipboard',
				async () => (await page.evaluate('navigator.clipboard.readText()')) || undefined,
				{ timeoutMs: SCREEN_TIMEOUT_MS, everyMs: 100 },
			);
			return { shown, copied: String(copied) };
		},
	};
}
