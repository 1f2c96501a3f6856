// Owns the set-up that demo, screenshots and end-to-end tests share: the packed package in a fresh n8n, an owner, a credential, and an Akool that runs
// here. Rule: the user folder lies outside the repository, where the package finds n8n's modules and never this repository's own.
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { build } from '../../../scripts/lib/building.mjs';
import { ensureN8n } from '../../../scripts/lib/n8nInstall.mjs';
import { installIntoUserFolder, pack } from '../../../scripts/lib/packing.mjs';
import { ROOT, RUNTIME } from '../../../scripts/lib/paths.mjs';
import { atEnd } from '../../../scripts/lib/processes.mjs';
import { step } from '../../../scripts/lib/steps.mjs';
import { createN8nClient } from './n8nClient.mjs';
import { startN8n } from './n8nProcess.mjs';

export const NODE_TYPE = 'n8n-nodes-akool.akoolImageToVideo';
export const TRIGGER_TYPE = 'n8n-nodes-akool.akoolImageToVideoTrigger';
export const CREDENTIAL_TYPE = 'akoolApi';

/** @typedef {{ authentication?: 'apiKey' | 'accessToken', apiKey: string, clientId?: string, baseUrl: string }} AkoolAccount */

/**
 * Gets ready what a stage needs: an n8n, and the package as it would be published now.
 * @param {string} [version] of n8n, the target unless given
 * @returns {Promise<{ install: import('./n8nProcess.mjs').N8nInstall, tarball: string }>}
 */
export async function prepare(version) {
	const install = await ensureN8n(version);
	await step('Build', build);
	return { install, tarball: await step('Pack', pack) };
}

/** Starts the Akool that runs here. @type {typeof import('../../sandbox/index.js').startSandbox} */
export const startSandbox = createRequire(join(ROOT, 'test', 'sandbox', 'index.js'))('./index.js').startSandbox;

/** @param {{ apiKey: string, clientId: string, url: string }} sandbox @returns {AkoolAccount} */
export const accountOf = ({ apiKey, clientId, url }) => ({ authentication: 'apiKey', apiKey, clientId, baseUrl: url });

/** An owner with a password that nobody else has. @returns {import('./n8nSession.mjs').Owner} */
const newOwner = () => ({
	email: 'demo@example.com',
	// n8n asks for a capital letter and a digit.
	password: `Demo-1-${randomBytes(6).toString('hex')}`,
	firstName: 'Demo',
	lastName: 'Owner',
});

/**
 * @typedef {object} Stage
 * @property {string} url n8n's
 * @property {import('./n8nClient.mjs').N8nClient} client
 * @property {import('./n8nSession.mjs').Owner} owner
 * @property {import('./n8nNodes.mjs').Credential} credential
 * @property {string} userFolder
 * @property {string} logFile what n8n prints
 * @property {(options?: { hard?: boolean, env?: Record<string, string> }) => Promise<void>} restart ends n8n and starts it again on the same port with
 *   the same data; the session goes on. `hard`: it is killed; `env` comes on top of the environment that it was opened with
 * @property {() => Promise<void>} close ends n8n and removes its user folder
 */

/**
 * Sets up an n8n that has the package, an owner who is logged in, and a credential.
 * @param {{ name: string, install: import('./n8nProcess.mjs').N8nInstall, tarball: string, account: AkoolAccount, env?: Record<string, string> }} options
 *   `install` and `tarball` from `prepare`; `env` is added to n8n's environment; n8n's log is `.runtime/logs/<name>.log`
 * @returns {Promise<Stage>}
 */
export async function openStage({ name, install, tarball, account, env }) {
	const logFile = join(RUNTIME, 'logs', `${name}.log`);
	await rm(logFile, { force: true });
	const userFolder = await mkdtemp(join(tmpdir(), 'akool-n8n-'));
	const removeUserFolder = async () => await rm(userFolder, { recursive: true, force: true });
	const forget = atEnd(removeUserFolder);
	/** @type {import('./n8nProcess.mjs').RunningN8n | undefined} */
	let n8n;
	const close = async () => {
		await n8n?.stop();
		await removeUserFolder();
		forget();
	};
	try {
		await installIntoUserFolder(tarball, userFolder);
		n8n = await startN8n({ install, userFolder, env, logFile });
		const client = createN8nClient(n8n);
		const owner = newOwner();
		await client.setUpOwner(owner);
		const credential = await client.createCredential({ name: 'Akool account', type: CREDENTIAL_TYPE, data: account });
		const { url, port } = n8n;
		/** @type {Stage['restart']} */
		const restart = async ({ hard = false, env: more = {} } = {}) => {
			await (hard ? n8n?.kill() : n8n?.stop());
			n8n = await startN8n({ install, userFolder, env: { ...env, ...more }, logFile, port });
		};
		return { url, client, owner, credential, userFolder, logFile, restart, close };
	} catch (error) {
		await close();
		throw error;
	}
}
