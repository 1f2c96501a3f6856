// Owns the processes that make up one n8n. Rule: each has a user folder, a log and ports of its own, and comes back in the same place.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { installIntoUserFolder } from '../../../scripts/lib/packing';
import { RUNTIME } from '../../../scripts/lib/paths';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary';
import { residentBytes } from './memory';
import { runN8nCommand, startN8n } from './n8nProcess';
import { freePort } from './ports';
import type { N8nInstall } from '../../../scripts/lib/n8nInstall';
import type { RunningN8n } from './n8nProcess';
import type { Memory } from './memory';

export interface Ending {
	/** whether it is killed instead of asked to end */
	hard?: boolean;
	/** comes on top of the environment that it was first started with */
	env?: Record<string, string>;
}
export interface ManagedProcess {
	/** `main`, or in queue mode also `worker 1`, `worker 2`, `webhook` */
	name: string;
	port: number;
	userFolder: string;
	/** what it prints */
	logFile: string;
	/** undefined while it does not run */
	pid: () => number | undefined;
	/** its peak is that of all its lives */
	memory: () => Promise<Memory | undefined>;
	stop: () => Promise<void>;
	kill: () => Promise<void>;
	/** after it was ended; `env` comes on top of its own */
	start: (env?: Record<string, string>) => Promise<void>;
	restart: (ending?: Ending) => Promise<void>;
	/** runs one of n8n's commands beside it, with the same data; gives what it printed */
	command: (...args: string[]) => Promise<string>;
	/** ends it and removes its user folder */
	close: () => Promise<void>;
}

/** what one process of an n8n is to do: n8n's command, and settings of its own */
type Part = { name: string; args: string[]; env?: Record<string, string> };

/** Gets one process of an n8n ready, with the package installed. It does not run yet. */
export async function createProcess(
	{
		logName,
		install,
		tarball,
		publicUrl,
	}: { logName: string; install: N8nInstall; tarball: string; publicUrl?: string },
	{ name, args, env }: Part,
): Promise<ManagedProcess> {
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
	let running: RunningN8n | undefined;
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
	const start: ManagedProcess['start'] = async (more) => {
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
