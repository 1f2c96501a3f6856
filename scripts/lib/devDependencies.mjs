// Owns the install of this repository's own development dependencies. Rule: nothing but Node.js built-ins may be imported here, since this runs
// right after a clone, before anything is installed.
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { explainNpmFailure } from './npmFailure.mjs';
import { ROOT } from './paths.mjs';
import { OWN_GROUP, track } from './processes.mjs';
import { ScriptError, step } from './steps.mjs';

const OLDEST_NODE_MAJOR = 20;
/** npm writes the two lockfiles of one install within this time, in either order. */
const SAME_INSTALL_MS = 2_000;
const MAX_OUTPUT_BYTES = 50_000_000;

/** @param {string} path */
const modifiedMs = async (path) => (await stat(path).catch(() => undefined))?.mtimeMs;

/** npm writes this file last of all, so an interrupted install leaves it missing or older than the lockfile. */
async function installed() {
	const installedMs = await modifiedMs(join(ROOT, 'node_modules', '.package-lock.json'));
	const lockedMs = await modifiedMs(join(ROOT, 'package-lock.json'));
	return installedMs !== undefined && (lockedMs === undefined || installedMs + SAME_INSTALL_MS >= lockedMs);
}

/**
 * Installs the development dependencies unless they are there and as new as the lockfile. Their install scripts are not run: none is needed.
 * @throws {ScriptError} when npm cannot
 */
export async function ensureDevDependencies() {
	if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE_MAJOR) {
		throw new ScriptError(
			`Node.js ${process.versions.node} is too old.`,
			`Install Node.js ${OLDEST_NODE_MAJOR} or newer and run this again.`,
		);
	}
	await step('Development dependencies', async (note) => {
		if (await installed()) return note('there already');
		// npm is a script file on Windows, which only a shell can start.
		const npm = promisify(execFile)('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
			cwd: ROOT,
			maxBuffer: MAX_OUTPUT_BYTES,
			shell: process.platform === 'win32',
			...OWN_GROUP,
		});
		track(npm.child);
		try {
			await npm;
		} catch (error) {
			const { stdout, stderr } = /** @type {import('node:child_process').ExecFileException} */ (error);
			throw explainNpmFailure(
				'Installing the development dependencies',
				[stdout, stderr].filter(Boolean).join('\n') || String(error),
			);
		}
		return note('installed');
	});
}
