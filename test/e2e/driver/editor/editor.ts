// Owns n8n's editor as a person uses it: by what is on the screen. Rule: what can be done with its parts is written in the parts, and works on every
// release in `n8nVersions.ts`.
import { openBrowser } from '../browser';
import type { BrowserOptions } from '../browser';
import { canvasActions } from './canvas';
import { credentialActions } from './credentialDialog';
import { fieldActions } from './fields';
import { nodesPanelActions } from './nodesPanel';
import { outputActions } from './output';
import { SCREEN_TIMEOUT_MS, screenActions } from './screen';
import { webhookActions } from './webhookUrls';
import type { N8nClient } from '../n8nClient';

export type Editor = Awaited<ReturnType<typeof openEditor>>;

/**
 * Opens the editor as the owner.
 * @param n8n a `TestEnvironment` will do
 * @param options `isTraced`: whether all that is done and shown is recorded, for `saveTrace`; the others are the browser's
 */
export async function openEditor(
	{ url, client }: { url: string; client: N8nClient },
	{ isTraced = false, ...browser }: { isTraced?: boolean } & BrowserOptions = {},
) {
	const { context, close } = await openBrowser(browser);
	if (isTraced) await context.tracing.start({ snapshots: true, sources: true });
	await context.addCookies([{ name: 'n8n-auth', value: client.cookie(), url }]);
	await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
	const page = await context.newPage();
	page.setDefaultTimeout(SCREEN_TIMEOUT_MS);
	return {
		page,
		close,
		/** A file for Playwright's trace viewer. */
		saveTrace: async (path: string) => await context.tracing.stop({ path }),
		...screenActions(page),
		...canvasActions(page, url),
		...nodesPanelActions(page),
		...fieldActions(page),
		...webhookActions(page),
		...outputActions(page),
		...credentialActions(page, url),
	};
}
