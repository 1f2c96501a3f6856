// Owns the credential dialog, from the node or from n8n's list of credentials. Rule: what n8n says of its test is read as it stands there.
import { waitFor } from '../../../support/waitFor';
import { SCREEN_TIMEOUT_MS, byTestId, clickUntil, settle, typeOver } from './screen';
import type { Page } from 'playwright-core';

/** @param url n8n's */
export function credentialActions(page: Page, url: string) {
	const dialog = page.locator(byTestId('credential-edit-dialog')).first();
	const success = page.locator(`${byTestId('credentials-config-container-test-success')}:visible`);
	const refusal = dialog.locator('[class*="danger"]:visible').first();
	const verdict = success.or(refusal).first();

	/** @returns the name of the credential that is chosen in the open node */
	const chosenCredential = async (): Promise<string> =>
		await page
			.locator(`${byTestId('node-credentials-select')} input`)
			.first()
			.inputValue();

	return {
		chosenCredential,
		/**
		 * Opens a credential, which n8n then tests.
		 * @returns what it says of the test
		 */
		async openCredential(id: string): Promise<string> {
			await page.goto(`${url}/home/credentials/${id}`);
			return await verdict.innerText();
		},
		/** Chooses one of the credentials that n8n has for the open node; n8n itself chooses the newest. */
		async chooseCredential(name: string) {
			if ((await chosenCredential()) === name) return;
			const option = page.locator('[data-test-id^="node-credentials-select-item-"]').filter({ hasText: name }).first();
			await clickUntil(page.locator(byTestId('node-credentials-select')).first(), option);
			await option.click();
			await option.waitFor({ state: 'hidden' });
		},
		/** Opens the dialog for a new credential of the open node. */
		async openNewCredential() {
			const create = page.locator(byTestId('node-credentials-select-item-new')).filter({ visible: true }).first();
			await clickUntil(page.locator(byTestId('node-credentials-select')).first(), create);
			await create.click();
			await dialog.waitFor();
			await settle(page);
		},
		/** @param name of a field of the dialog */
		async typeIntoCredential(name: string, text: string) {
			await typeOver(dialog.locator(`${byTestId(`parameter-input-${name}`)} input`), text);
		},
		/**
		 * Saves what was typed, which n8n refuses to call working.
		 * @returns what it says, with the details
		 */
		async saveRefusedCredential(): Promise<string> {
			await page.locator(byTestId('credential-save-button')).first().click();
			await refusal.waitFor();
			await dialog.getByText('More details').click();
			await settle(page);
			return await dialog.innerText();
		},
		/** Saves a credential that works: n8n tests it, and it is chosen in the node. */
		async saveCredential() {
			await page.locator(byTestId('credential-save-button')).first().click();
			const isTested = async () => ((await success.isVisible()) || (await dialog.isHidden()) ? true : undefined);
			await waitFor('a green test of the credential', isTested, { timeoutMs: SCREEN_TIMEOUT_MS, everyMs: 100 });
			// n8n 2.41 closes the dialog by itself then.
			if (await dialog.isVisible()) await page.locator('.el-dialog__headerbtn:visible').last().click();
			await dialog.waitFor({ state: 'hidden' });
		},
	};
}
