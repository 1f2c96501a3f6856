// Owns the n8n that demo and tests run: one folder a release under .runtime/, apart from this package's own dependencies. Rule: a folder counts as
// installed only once n8n's database driver was loaded from it, so an interrupted install is continued instead of trusted.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { TARGET_N8N, releaseOf, releasesFor } from './n8nVersions';
import { nodeFor } from './nodeRuntime';
import { explainNpmFailure, requireFreeDisk } from './npmFailure';
import { RUNTIME } from './paths';
import { attempt, run } from './run';
import { ensureSqliteDriver } from './sqliteDriver';
import { ScriptError, step } from './steps';
import type { NodeRuntime } from './nodeRuntime';

const NEEDED_GB = 4;
/** Installs n8n's two thousand packages in a third of the time that npm takes; used for this alone. */
const PNPM = '12.21.0';
/** A peer that n8n does not do without and does not name: Extract From File does not load unless it is there. */
const LEFT_OUT_PEERS = { 'date-fns': '^2.30.0' };
const PNPM_SETTINGS = {
	// As npm lays it out: n8n requires some packages that it does not name.
	nodeLinker: 'hoisted',
	// Some are of parts that nothing here uses and cannot run everywhere; none is needed.
	ignoreScripts: true,
	strictPeerDependencies: false,
	confirmModulesPurge: false,
};
const PROGRESS = /resolved \d+, reused \d+, downloaded \d+, added \d+/g;

export interface N8nInstall {
	version: string;
	/** path of the Node.js that runs it */
	node: string;
	nodeVersion: string;
	/** path of n8n's start script */
	entry: string;
	/** loads a module as n8n would */
	requireFromN8n: NodeJS.Require;
}

const folderOf = (version: string) => join(RUNTIME, `n8n-${version}`);
const stampOf = (version: string) => join(folderOf(version), 'installed.json');

async function isComplete(version: string): Promise<boolean> {
	try {
		return JSON.parse(await readFile(stampOf(version), 'utf8')).version === version;
	} catch {
		return false;
	}
}

function describe(version: string, node: NodeRuntime): N8nInstall {
	return {
		version,
		node: node.binary,
		nodeVersion: node.version,
		entry: join(folderOf(version), 'node_modules', 'n8n', 'bin', 'n8n'),
		requireFromN8n: createRequire(join(folderOf(version), 'package.json')),
	};
}

/** @returns the path of pnpm's start script, in a folder of its own */
async function ensurePnpm(): Promise<string> {
	const folder = join(RUNTIME, `pnpm-${PNPM}`);
	const pnpm = join(folder, 'node_modules', 'pnpm', 'bin', 'pnpm.mjs');
	if ((await attempt(process.execPath, [pnpm, '--version'], { cwd: RUNTIME })).exitCode === 0) return pnpm;
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { pnpm: PNPM } }));
	const { exitCode, output } = await attempt('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
		cwd: folder,
	});
	if (exitCode !== 0) throw explainNpmFailure(`Installing pnpm ${PNPM}`, output);
	return pnpm;
}

async function installPackages(version: string, note: (text: string) => void) {
	const folder = folderOf(version);
	await mkdir(folder, { recursive: true });
	await requireFreeDisk(folder, NEEDED_GB, `n8n ${version}`);
	const manifest = { private: true, dependencies: { n8n: version, ...LEFT_OUT_PEERS } };
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
	// JSON is YAML.
	const settings = { ...PNPM_SETTINGS, overrides: releaseOf(version).overrides };
	await writeFile(join(folder, 'pnpm-workspace.yaml'), JSON.stringify(settings, undefined, 2));
	const { exitCode, output } = await attempt(
		process.execPath,
		[await ensurePnpm(), 'install', '--no-frozen-lockfile', '--reporter=append-only'],
		{
			cwd: folder,
			onOutput(text) {
				const progress = text.match(PROGRESS)?.at(-1);
				if (progress !== undefined) note(progress);
			},
		},
	);
	await writeFile(join(folder, 'install.log'), output);
	if (exitCode !== 0) throw explainNpmFailure(`Installing n8n ${version}`, output);
}

/** What n8n says of itself, before it is here. */
async function wishesOf(version: string): Promise<{ engines: string; sqlite3: string }> {
	const { exitCode, output, stdout } = await attempt('npm', [
		'view',
		`n8n@${version}`,
		'engines.node',
		'dependencies.sqlite3',
		'--json',
	]);
	if (exitCode !== 0) throw explainNpmFailure(`Looking up n8n ${version}`, output);
	if (stdout.trim() === '') throw new ScriptError(`There is no n8n ${version}.`, 'See "npm view n8n versions".');
	const found: { 'engines.node': string; 'dependencies.sqlite3': string } = JSON.parse(stdout);
	return { engines: found['engines.node'], sqlite3: found['dependencies.sqlite3'] };
}

async function install(version: string): Promise<N8nInstall> {
	const { engines, sqlite3 } = await wishesOf(version);
	const node = await step(`Node.js for n8n ${version}`, async (note) => {
		const found = await nodeFor(engines);
		note(found.version);
		return found;
	});
	// The one loads and writes files, the other computes.
	const [driver] = await Promise.all([
		step('Database driver of n8n', async () => await ensureSqliteDriver(sqlite3, node)),
		step(`Packages of n8n ${version}`, async (note) => await installPackages(version, note)),
	]);
	const folder = folderOf(version);
	await cp(driver, join(folder, 'node_modules', 'sqlite3', 'build'), { recursive: true });
	await run(node.binary, ['--eval', 'require("sqlite3")'], { cwd: folder });
	await writeFile(stampOf(version), JSON.stringify({ version, engines, builtWithNode: node.version }));
	return describe(version, node);
}

async function ensureRelease(version: string): Promise<N8nInstall> {
	if (!(await isComplete(version))) return await install(version);
	return await step(`n8n ${version}`, async (note) => {
		const { engines } = createRequire(join(folderOf(version), 'package.json'))('n8n/package.json');
		const found = describe(version, await nodeFor(engines.node));
		note(`there already, runs on Node.js ${found.nodeVersion}`);
		return found;
	});
}

/**
 * Gives an n8n of that release, installing it (a minute or two, 2 GB) if it is not there.
 * @param version a release, or `latest` for the newest that can be installed
 * @throws {ScriptError} when it cannot be installed, the disk is short, or no Node.js here suits that n8n
 */
export async function ensureN8n(version: string = TARGET_N8N): Promise<N8nInstall> {
	const candidates = await releasesFor(version);
	for (const candidate of candidates.slice(0, -1)) {
		try {
			return await ensureRelease(candidate);
		} catch (error) {
			console.log(`n8n ${candidate} cannot be installed: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
	return await ensureRelease(candidates.at(-1) ?? version);
}
