// Owns the Redis and the Postgres of an n8n in queue mode: the system's own programs, run for this alone. Rule: each listens on a free port of the
// loopback interface, and keeps its data in a temporary folder that ends with it.
import { access, readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { OWN_GROUP, end, track } from '../../../scripts/lib/processes';
import { attempt, run } from '../../../scripts/lib/run';
import { ScriptError } from '../../../scripts/lib/steps';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary';
import { freePort } from './ports';
import { LONGEST_WAIT_MS, waitFor } from '../../support/waitFor';
import type { ChildProcess } from 'node:child_process';
import { HOST } from '../../support/localServer';

const START_TIMING = { timeoutMs: LONGEST_WAIT_MS, everyMs: 50 };
/** Debian keeps the server's programs out of the PATH, in one folder a version. */
const POSTGRES_VERSIONS = '/usr/lib/postgresql';
const POSTGRES_USER = 'postgres';

type SystemUser = { uid: number; gid: number };
/** where `redis-server` is, and the folder of `postgres`, `initdb` and `pg_isready` */
type ServerPrograms = { redis: string; postgresFolder: string };
type Server = { port: number; stop: () => Promise<void> };

const isThere = async (path: string) =>
	await access(path).then(
		() => true,
		() => false,
	);

/** @returns the first of these folders that has it */
async function folderWith(program: string, folders: readonly string[]): Promise<string | undefined> {
	for (const folder of folders) {
		if (await isThere(join(folder, program))) return folder;
	}
	return undefined;
}

/** @throws {ScriptError} that names what is missing, and the command that installs it */
export async function requireServers(): Promise<ServerPrograms> {
	const path = (process.env.PATH ?? '').split(delimiter);
	const versions = await readdir(POSTGRES_VERSIONS).catch(() => []);
	const newestFirst = versions
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(POSTGRES_VERSIONS, version, 'bin'));
	const redisFolder = await folderWith('redis-server', path);
	const postgresFolder = await folderWith('postgres', [...newestFirst, ...path]);
	if (redisFolder !== undefined && postgresFolder !== undefined)
		return { redis: join(redisFolder, 'redis-server'), postgresFolder };
	const missing = [
		...(redisFolder === undefined ? ['redis-server'] : []),
		...(postgresFolder === undefined ? ['postgresql'] : []),
	];
	throw new ScriptError(
		`n8n's queue mode needs ${missing.join(' and ')}, not found here.`,
		`On Debian and Ubuntu: apt-get install -y ${missing.join(' ')}`,
	);
}

/** Starts a server's program. */
async function launch(program: string, args: string[], logFile: string, user?: SystemUser) {
	const log = { file: logFile, append: true };
	const { execa } = await import('execa');
	const child = execa(program, args, {
		...user,
		...OWN_GROUP,
		stdin: 'ignore',
		stdout: log,
		stderr: log,
		buffer: false,
		reject: false,
	});
	track(child);
	// Alone, it would be waited for to its end.
	return { child };
}

/** Waits until a server answers, and says so if it ended instead. */
async function untilItAnswers(name: string, child: ChildProcess, logFile: string, answers: () => Promise<boolean>) {
	const check = async () => {
		if (child.exitCode !== null || child.signalCode !== null)
			throw new Error(`${name} ended while it started, see ${logFile}.`);
		return (await answers()) ? true : undefined;
	};
	await waitFor(`${name} to start`, check, START_TIMING);
}

/** @returns whether somebody listens there */
const canConnect = async (port: number): Promise<boolean> =>
	await new Promise((resolve) => {
		const socket = connect(port, HOST);
		socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});

export async function startRedis({ redis }: ServerPrograms, logFile: string): Promise<Server> {
	const port = await freePort();
	const folder = await makeTemporaryFolder('akool-redis-');
	const { child } = await launch(
		redis,
		['--bind', HOST, '--port', String(port), '--dir', folder.path, '--save', '', '--appendonly', 'no'],
		logFile,
	);
	await untilItAnswers('Redis', child, logFile, async () => await canConnect(port));
	return {
		port,
		stop: async () => {
			await end(child);
			await folder.remove();
		},
	};
}

/** Postgres refuses to run as root; there, it is the user that Debian made for it. */
async function postgresUser(): Promise<SystemUser | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const [uid, gid] = await Promise.all(
		['-u', '-g'].map(async (which) => Number(await run('id', [which, POSTGRES_USER]))),
	);
	return { uid: Number(uid), gid: Number(gid) };
}

/** The user and the database of that Postgres; it asks for no password, being reached from this machine only. */
export const DATABASE = { user: 'n8n', name: 'postgres' };
/** What is written need not survive a power cut. */
const IN_A_HURRY = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];

export async function startPostgres({ postgresFolder }: ServerPrograms, logFile: string): Promise<Server> {
	const port = await freePort();
	const user = await postgresUser();
	const folder = await makeTemporaryFolder('akool-postgres-', user);
	const data = join(folder.path, 'data');
	const { child: made } = await launch(
		join(postgresFolder, 'initdb'),
		['-D', data, '-U', DATABASE.user, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
		logFile,
		user,
	);
	const { exitCode } = await made;
	if (exitCode !== 0) throw new Error(`Postgres could not make a database, see ${logFile}.`);
	const place = ['-D', data, '-h', HOST, '-p', String(port), '-k', folder.path];
	const { child } = await launch(join(postgresFolder, 'postgres'), [...place, ...IN_A_HURRY], logFile, user);
	await untilItAnswers('Postgres', child, logFile, async () => {
		const { exitCode: notReady } = await attempt(join(postgresFolder, 'pg_isready'), [
			'-h',
			HOST,
			'-p',
			String(port),
			'-q',
		]);
		return notReady === 0;
	});
	return {
		port,
		stop: async () => {
			await end(child);
			await folder.remove();
		},
	};
}
