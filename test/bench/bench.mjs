// What is measured, in which order, and with what. Rule: all comparisons have the same n8n and the same packed package, and one after another has the
// machine to itself. (Within one, what runs beside another is said there.)
import { createRequire } from 'node:module';
import { readManifest } from '../../scripts/lib/packing.mjs';
import { ScriptError, step } from '../../scripts/lib/steps.mjs';
import { makeTemporaryFolder } from '../../scripts/lib/temporary.mjs';
import { accountOf, openStage, prepare, startSandbox } from '../e2e/driver/stage.mjs';
import { openScene } from '../e2e/run/scene.mjs';
import { profileCalls } from './callProfile.mjs';
import { compareCalls } from './calls.mjs';
import { compareCreates } from './creates.mjs';
import { compareFile } from './file.mjs';
import { profileFile } from './fileProfile.mjs';
import { compareItems } from './items.mjs';
import { comparePackages } from './packages.mjs';
import { FULL_SIZES, QUICK_SIZES } from './sizes.mjs';
import { compareVideos } from './videos.mjs';

const require = createRequire(import.meta.url);
/** @type {{ callerOf: typeof import('../sandbox/caller.js').callerOf }} */
const { callerOf } = require('../sandbox/caller.js');

/** @typedef {import('./figures.mjs').Comparison} Comparison */
/** @type {Record<string, (bench: Bench) => Promise<Comparison>>} */
const COMPARISONS = {
	videos: compareVideos,
	creates: compareCreates,
	items: compareItems,
	file: compareFile,
	calls: compareCalls,
	packages: comparePackages,
};
/** What is looked into more closely, instead of compared: looking takes time itself. @type {Record<string, (bench: Bench) => Promise<Comparison[]>>} */
const PROFILES = { calls: profileCalls, file: profileFile };

/** @typedef {import('../e2e/driver/n8nNodes.mjs').Credential} Credential */
/** @typedef {import('../e2e/run/scene.mjs').Akool} Akool */
/**
 * @typedef {object} Bench
 * @property {import('../e2e/driver/stage.mjs').Stage} stage
 * @property {import('../e2e/run/scene.mjs').Scene} scene
 * @property {import('./sizes.mjs').Sizes} sizes
 * @property {string} folder where n8n may write
 * @property {string} tarball
 * @property {string} packageName
 * @property {string} node path of n8n's Node.js
 * @property {() => number | undefined} pid of n8n
 * @property {(akool: Akool) => ReturnType<typeof callerOf>} callerOf calls an Akool without n8n
 * @property {(akool: Akool) => Promise<Credential>} headerFor the key of an Akool, as the HTTP Request node takes it
 * @property {(url: string) => Promise<Credential>} miniMaxCredential for an API of MiniMax's at that address
 * @property {(work: () => Promise<void>) => void} undo takes what has to be done at the end
 */

/** @template Part @param {Record<string, Part>} parts @param {string[]} names all unless given @returns {Part[]} @throws {ScriptError} for one that does not exist */
function chosen(parts, names) {
	const unknown = names.find((name) => !(name in parts));
	if (unknown !== undefined)
		throw new ScriptError(`There is no "${unknown}" to measure.`, `Known: ${Object.keys(parts).join(', ')}.`);
	return Object.entries(parts).flatMap(([name, part]) => (names.length === 0 || names.includes(name) ? [part] : []));
}

/**
 * Measures.
 * @param {{ only: string[], quick: boolean, profile: boolean }} options
 * @returns {Promise<{ comparisons: Comparison[], n8n: string, nodeVersion: string }>}
 */
export async function measure({ only, quick, profile }) {
	const parts = profile
		? chosen(PROFILES, only)
		: chosen(COMPARISONS, only).map((compare) => async (/** @type {Bench} */ bench) => [await compare(bench)]);
	const { install, tarball } = await prepare();
	const akool = await startSandbox();
	/** @type {(() => Promise<unknown>)[]} */
	const undoing = [akool.close];
	try {
		const files = await makeTemporaryFolder('akool-bench-');
		undoing.push(files.remove);
		const env = { N8N_RESTRICT_FILE_ACCESS_TO: files.path };
		const stage = await step(
			'Start n8n with the package',
			async () => await openStage({ name: 'bench', install, tarball, account: accountOf(akool), env }),
		);
		undoing.push(stage.close);
		const scene = openScene(stage);
		undoing.push(scene.close);
		/** @type {Bench} */
		const bench = {
			stage,
			scene,
			sizes: quick ? QUICK_SIZES : FULL_SIZES,
			folder: files.path,
			tarball,
			packageName: (await readManifest()).name,
			node: install.node,
			pid: () => stage.processes[0]?.pid(),
			callerOf: ({ sandbox }) => callerOf(sandbox),
			headerFor: async ({ sandbox }) =>
				await stage.client.createCredential({
					name: 'Akool’s key',
					type: 'httpHeaderAuth',
					data: { name: 'x-api-key', value: sandbox.apiKey },
				}),
			miniMaxCredential: async (url) =>
				await stage.client.createCredential({
					name: 'MiniMax',
					type: 'minimaxApi',
					data: { apiKey: 'key', region: 'international', url },
				}),
			undo: (work) => void undoing.push(work),
		};
		const comparisons = [];
		for (const part of parts) comparisons.push(...(await part(bench)));
		return { comparisons, n8n: install.version, nodeVersion: install.nodeVersion };
	} finally {
		for (const undo of undoing.reverse()) await undo();
	}
}
