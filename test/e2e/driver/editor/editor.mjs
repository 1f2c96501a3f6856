// Owns n8n's editor as a person uses it: by what is on the screen. Rule: what can be done with its parts is written in the parts, and works on every
// release in `n8nVersions.mjs`.
import { openBrowser } from '../browser.mjs';
import { canvasActions } from './canvas.mjs';
import { credentialActions } from './credentialDialog.mjs';
import { fieldActions } from './fields.mjs';
import { nodesPanelActions } from './nodesPanel.mjs';
import { outputActions } from './output.mjs';
import { LOOK_TIMEOUT_MS, screenActions } from './screen.mjs';
import { webhookActions } from './webhookUrls.mjs';

/** @typedef {Awaited<ReturnType<typeof openEditor>>} Editor */

/**
 * Opens the editor as the owner.
 * @param {{ url: string, client: import('../n8nClient.mjs').N8nClient }} n8n a stage will do
 */
export async function openEditor({ url, client }) {
	const { context, close } = await openBrowser();
	await context.addCookies([{ name: 'n8n-auth', value: client.cookie(), url }]);
	await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
	const page = await context.newPage();
	page.setDefaultTimeout(LOOK_TIMEOUT_MS);
	return {
		page,
		close,
		...screenActions(page),
		...canvasActions(page, url),
		...nodesPanelActions(page),
		...fieldActions(page),
		...webhookActions(page),
		...outputActions(page),
		...credentialActions(page, url),
	};
}
