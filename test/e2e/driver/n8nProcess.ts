// Owns one process of n8n: its environment, its start and its end. Rule: it takes no setting from the caller's environment but those of the system, and
// calls nothing outside this machine by itself.
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import axios from 'axios';
import { releaseOf } from '../../../scripts/lib/n8nVersions';
import { lastLines } from '../../../scripts/lib/npmFailure';
import { OWN_GROUP, end, kill, track } from '../../../scripts/lib/processes';
import { freePort } from './ports';
import { LONGEST_WAIT_MS, waitFor } from '../../support/waitFor';
import type { N8nInstall } from '../../../scripts/lib/n8nInstall';
import { HOST } from '../../support/localServer';

const START_TIMEOUT_MS = LONGEST_WAIT_MS;
const POLL_EVERY_MS = 100;
const SCREEN_TIMEOUT_MS = 10_000;
/** The last that a main process prints while it starts. */
const READY_LINE = 'Editor is now accessible';
/** Whatever a developer has set for an n8n of their own, and keys that n8n has no business with. */
const FOREIGN_SETTING = /^(N8N|DB|EXECUTIONS|QUEUE|WEBHOOK|GENERIC|CREDENTIALS|NODES|AKOOL|npm)_/i;

function environmentOf({
	userFolder,
	port,
	brokerPort,
	publicUrl,
}: {
	userFolder: string;
	port: number;
	brokerPort: number;
	publicUrl: string;
}): Record<string, string> {
	const system = Object.entries(process.env).filter(
		([name, value]) => value !== undefined && !FOREIGN_SETTING.test(name),
	);
	return {
		...Object.fromEntries(system),
		// A proxy that the system asks for stays in use, except on the way to servers of this machine.
		NO_PROXY: [process.env.NO_PROXY, HOST, 'localhost'].filter(Boolean).join(','),
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: HOST,
		N8N_HOST: HOST,
		N8N_PORT: String(port),
		WEBHOOK_URL: `${publicUrl}/`,
		N8N_ENCRYPTION_KEY: 'a key for trying things out',
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		// Code nodes are not used, so no process is kept for them; the port is needed all the same, one for each n8n.
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RUNNERS_MODE: 'external',
		N8N_RUNNERS_AUTH_TOKEN: 'unused',
		// Heard by a worker only, which has no other port.
		N8N_WORKER_SERVER_ADDRESS: HOST,
		// On a machine that is busy with other things n8n calls its database gone after five seconds, and answers all calls with 503.
		N8N_DB_PING_TIMEOUT: String(LONGEST_WAIT_MS),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
	};
}

/** Whether n8n answers calls; it listens seconds before it does. */
async function isReady(url: string, hasInterface: boolean): Promise<true | undefined> {
	const options = { proxy: false as const, timeout: SCREEN_TIMEOUT_MS };
	try {
		await axios.get(`${url}/healthz/readiness`, options);
		if (!hasInterface) return true;
		// n8n 2.8 calls itself ready before its interface is; until then it answers this with a page or a text.
		const settings = await axios.get(`${url}/rest/settings`, options);
		return typeof settings.data === 'object' ? true : undefined;
	} catch {
		return undefined;
	}
}

export interface RunningN8n {
	url: string;
	port: number;
	pid: number | undefined;
	userFolder: string;
	/** what n8n printed */
	logFile: string;
	install: N8nInstall;
	/** ends it and all that it started */
	stop: () => Promise<void>;
	/** ends it as a power cut would */
	kill: () => Promise<void>;
}

/** How each process of n8n is started. */
const optionsOf = ({ version }: N8nInstall, place: Parameters<typeof environmentOf>[0], env: Record<string, string>) =>
	({
		cwd: place.userFolder,
		env: { ...environmentOf(place), ...releaseOf(version).env, ...env },
		extendEnv: false,
		...OWN_GROUP,
		stdin: 'ignore',
		all: true,
		reject: false,
	}) as const;

/**
 * Runs one of n8n's commands to its end, such as `import:workflow`, with the data of an n8n that may be running.
 * @returns what it printed
 * @throws {Error} with that where the command did not succeed
 */
export async function runN8nCommand({
	install,
	userFolder,
	env = {},
	args,
}: {
	install: N8nInstall;
	userFolder: string;
	env?: Record<string, string>;
	args: string[];
}): Promise<string> {
	const port = await freePort();
	const place = { userFolder, port, brokerPort: await freePort(), publicUrl: `http://${HOST}:${port}` };
	const { execa } = await import('execa');
	const child = execa(install.node, [install.entry, ...args], optionsOf(install, place, env));
	track(child);
	const { exitCode, all } = await child;
	if (exitCode !== 0) throw new Error(`"n8n ${args.join(' ')}" ended with exit code ${exitCode}:\n${lastLines(all)}`);
	return all;
}

/**
 * Starts n8n and waits until it answers.
 * @param options `env` comes last; `args` are n8n's command, `['start']` unless given, or `['worker']`, `['webhook']`; the port is a free one unless given;
 *   `publicUrl` is where others reach n8n, this process unless given; the log is added to
 * @throws {Error} with the end of n8n's log when it does not start
 */
export async function startN8n({
	install,
	userFolder,
	port,
	publicUrl,
	env = {},
	args = ['start'],
	logFile,
}: {
	install: N8nInstall;
	userFolder: string;
	port?: number;
	publicUrl?: string;
	env?: Record<string, string>;
	args?: string[];
	logFile: string;
}): Promise<RunningN8n> {
	const ownPort = port ?? (await freePort());
	const url = `http://${HOST}:${ownPort}`;
	const place = { userFolder, port: ownPort, brokerPort: await freePort(), publicUrl: publicUrl ?? url };
	await mkdir(dirname(logFile), { recursive: true });
	const { execa } = await import('execa');
	const child = execa(install.node, [install.entry, ...args], {
		...optionsOf(install, place, env),
		stdout: 'pipe',
		stderr: 'pipe',
		buffer: false,
	});
	track(child);
	child.all.pipe(createWriteStream(logFile, { flags: 'a' }));
	// n8n 2.8 accepts calls before it has searched for interrupted executions, and would take one that starts now for one of those.
	let saysReady = args[0] !== 'start';
	let heard = '';
	child.all.on('data', (text) => {
		// It may come in two pieces.
		heard = `${heard.slice(-READY_LINE.length)}${text}`;
		saysReady ||= heard.includes(READY_LINE);
	});
	try {
		await waitFor(
			`n8n ${install.version} to start`,
			async () => {
				if (child.exitCode !== null || child.signalCode !== null)
					throw new Error(`n8n ${install.version} ended while it started (exit code ${child.exitCode}).`);
				return saysReady ? await isReady(url, args[0] === 'start') : undefined;
			},
			{ timeoutMs: START_TIMEOUT_MS, everyMs: POLL_EVERY_MS },
		);
	} catch (error) {
		await end(child);
		const log = await readFile(logFile, 'utf8').catch(() => '');
		throw new Error(
			`${error instanceof Error ? error.message : error} The end of its log, ${logFile}:\n${lastLines(log)}`,
			{ cause: error },
		);
	}
	return {
		url,
		port: ownPort,
		pid: child.pid,
		userFolder,
		logFile,
		install,
		stop: async () => await end(child),
		kill: async () => await kill(child),
	};
}
