// Owns the processes that make up one n8n. Rule: each has a user folder, a log and ports of its own, and comes back in the same place.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { installIntoUserFolder } from '../../../scripts/lib/packing.mjs';
import { RUNTIME } from '../../../scripts/lib/paths.mjs';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary.mjs';
import { residentBytes } from './memory.mjs';
import { runN8nCommand, startN8n } from './n8nProcess.mjs';
import { freePort } from './ports.mjs';

/**
 * @typedef {object} Ending
 * @property {boolean} [hard] whether it is killed instead of asked to end
 * @property {Record<string, string>} [env] comes on top of the environment that it was first started with
 *
 * @typedef {object} Member
 * @property {string} name `main`, or in queue mode also `worker 1`, `worker 2`, `webhook`
 * @property {number} port
 * @property {string} userFolder
 * @property {string} logFile what it prints
 * @property {() => number | undefined} pid undefined while it does not run
 * @property {() => Promise<import('./memory.mjs').Memory | undefined>} memory its peak is that of all its lives
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} kill
 * @property {(env?: Record<string, string>) => Promise<void>} start after it was ended; `env` comes on top of its own
 * @property {(ending?: Ending) => Promise<void>} restart
 * @property {(...args: string[]) => Promise<string>} command runs one of n8n's commands beside it, with the same data; gives what it printed
 * @property {() => Promise<void>} close ends it and removes its user folder
 */

/** @typedef {{ name: string, args: string[], env?: Record<string, string> }} Part what one process of an n8n is to do: n8n's command, and settings of its own */

/**
 * Gets one process of an n8n ready, with the package installed. It does not run yet.
 * @param {{ logName: string, install: import('./n8nProcess.mjs').N8nInstall, tarball: string, publicUrl?: string }} shared
 * @param {Part} part
 * @returns {Promise<Member>}
 */
export async function makeMember({ logName, install, tarball, publicUrl }, { name, args, env }) {
	const logFile = join(
		RUNTIME,
		'logs',
		`${[logName, name === 'main' ? '' : name.replace(' ', '-')].filter(Boolean).join('-')}.log`,
	);
	await rm(logFile, { force: true });
	const folder = await makeTemporaryFolder('akool-n8n-');
	const userFolder = folder.path;
	await installIntoUserFolder(tarball, userFolder);
	const port = await freePort();
	/** @type {import('./n8nProcess.mjs').RunningN8n | undefined} */
	let running;
	/** What it took at the most in its lives before this one. */
	let highest = 0;
	const memory = async () => {
		const resident = running?.pid === undefined ? undefined : await residentBytes(running.pid);
		return resident && { now: resident.now, peak: Math.max(highest, resident.peak) };
	};
	const halt = async (hard = false) => {
		highest = (await memory())?.peak ?? highest;
		await (hard ? running?.kill() : running?.stop());
		running = undefined;
	};
	/** @type {Member['start']} */
	const start = async (more) => {
		running = await startN8n({ install, userFolder, port, publicUrl, env: { ...env, ...more }, args, logFile });
	};
	return {
		name,
		port,
		userFolder,
		logFile,
		pid: () => running?.pid,
		memory,
		stop: async () => await halt(),
		kill: async () => await halt(true),
		start,
		async restart({ hard, env: more } = {}) {
			await halt(hard);
			await start(more);
		},
		command: async (...commandArgs) => await runN8nCommand({ install, userFolder, env, args: commandArgs }),
		async close() {
			await halt();
			await folder.remove();
		},
	};
}
