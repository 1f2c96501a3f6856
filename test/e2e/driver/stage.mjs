// Owns the set-up that demo, screenshots and end-to-end tests share: the packed package in a fresh n8n, an owner, a credential, and an Akool that runs
// here. Rule: the user folder lies outside the repository, where the package finds n8n's modules and never this repository's own.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { build } from '../../../scripts/lib/building.mjs';
import { ensureN8n } from '../../../scripts/lib/n8nInstall.mjs';
import { pack } from '../../../scripts/lib/packing.mjs';
import { ROOT } from '../../../scripts/lib/paths.mjs';
import { step } from '../../../scripts/lib/steps.mjs';
import { createN8nClient } from './n8nClient.mjs';
import { SHAPES } from './shapes.mjs';

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
 * @property {string} url n8n's, for the editor, its interface and webhooks alike
 * @property {import('./shapes.mjs').ShapeName} shape
 * @property {string} version of n8n
 * @property {string} nodeVersion of the Node.js that it runs on
 * @property {import('./members.mjs').Member[]} processes what n8n consists of, the main process first
 * @property {import('./n8nClient.mjs').N8nClient} client
 * @property {import('./n8nSession.mjs').Owner} owner
 * @property {import('./n8nNodes.mjs').Credential} credential
 * @property {string} userFolder the main process's
 * @property {string} [savedFolder] where workflows may write files
 * @property {string} logFile what the main process prints
 * @property {(ending?: import('./members.mjs').Ending) => Promise<void>} restart ends all of n8n and starts it again on the same ports with the same
 *   data; the session goes on
 * @property {() => Promise<void>} close ends all that was started and removes its data
 */

/**
 * @typedef {object} StageOptions
 * @property {string} name n8n's log is `.runtime/logs/<name>.log`; further processes have their names in those of their logs
 * @property {import('./n8nProcess.mjs').N8nInstall} install from `prepare`
 * @property {string} tarball from `prepare`
 * @property {AkoolAccount} account
 * @property {Record<string, string>} [env] added to n8n's environment
 * @property {string} [savedFolder] where workflows may write files, as a path without symbolic links, which n8n does not follow there
 * @property {import('./shapes.mjs').ShapeName} [shape] `regular` unless given
 */

/** Sets up an n8n that has the package, an owner who is logged in, and a credential. @param {StageOptions} options @returns {Promise<Stage>} */
export async function openStage({ name, install, tarball, account, env: settings, savedFolder, shape = 'regular' }) {
	const env = { ...settings, ...(savedFolder !== undefined && { N8N_RESTRICT_FILE_ACCESS_TO: savedFolder }) };
	/** @type {(() => Promise<void>)[]} */
	const undoing = [];
	const close = async () => {
		for (let undo = undoing.pop(); undo !== undefined; undo = undoing.pop()) await undo();
	};
	try {
		const { url, members } = await SHAPES[shape](
			{ logName: name, install, tarball, env },
			(undo) => void undoing.push(undo),
		);
		const [main] = members;
		if (main === undefined) throw new Error('n8n consists of nothing.');
		const client = createN8nClient({ url, install });
		const owner = newOwner();
		await client.setUpOwner(owner);
		const credential = await client.createCredential({ name: 'Akool account', type: CREDENTIAL_TYPE, data: account });
		/** @type {Stage['restart']} */
		const restart = async (ending) =>
			void (await Promise.all(members.map(async (member) => await member.restart(ending))));
		const { userFolder, logFile } = main;
		const { version, nodeVersion } = install;
		return {
			url,
			shape,
			version,
			nodeVersion,
			processes: members,
			client,
			owner,
			credential,
			userFolder,
			savedFolder,
			logFile,
			restart,
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
