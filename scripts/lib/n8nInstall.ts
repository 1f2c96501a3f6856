// Owns the n8n that demo and tests run: one folder a release under .runtime/, apart from this package's own dependencies. Rule: a folder counts as
// installed only once n8n's database driver was loaded from it, so an interrupted install is taken up again instead of trusted.
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { TARGET_N8N, releaseOf } from './n8nVersions';
import { nodeFor, withNodeFirst } from './nodeRuntime';
import { explainNpmFailure, requireFreeDisk } from './npmFailure';
import { RUNTIME } from './paths';
import { attempt, run } from './run';
import { step } from './steps';

const NEEDED_GB = 4;
/**
 * Peer dependencies that `--legacy-peer-deps` leaves out and that n8n does not do without: Extract From File does not
 * load unless date-fns is there.
 */
const LEFT_OUT_PEERS = { 'date-fns': '^2.30.0' };

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

async function npm(what: string, cwd: string, args: string[], env?: Record<string, string>) {
	const { exitCode, output } = await attempt('npm', args, { cwd, env });
	await writeFile(join(cwd, 'install.log'), output, { flag: 'a' });
	if (exitCode !== 0) throw explainNpmFailure(what, output);
}

async function isComplete(version: string): Promise<boolean> {
	const hasPeers = Object.keys(LEFT_OUT_PEERS).every((name) =>
		existsSync(join(folderOf(version), 'node_modules', name)),
	);
	try {
		return hasPeers && JSON.parse(await readFile(stampOf(version), 'utf8')).version === version;
	} catch {
		return false;
	}
}

/** What is in the folder, and the Node.js that suits it. */
async function describe(version: string): Promise<N8nInstall> {
	const requireFromN8n = createRequire(join(folderOf(version), 'package.json'));
	const { engines } = requireFromN8n('n8n/package.json');
	const { binary, version: nodeVersion } = await nodeFor(engines.node, requireFromN8n('semver').satisfies);
	return {
		version,
		node: binary,
		nodeVersion,
		entry: join(folderOf(version), 'node_modules', 'n8n', 'bin', 'n8n'),
		requireFromN8n,
	};
}

async function install(version: string): Promise<N8nInstall> {
	const { overrides } = releaseOf(version);
	const folder = folderOf(version);
	await mkdir(folder, { recursive: true });
	await requireFreeDisk(folder, NEEDED_GB, `n8n ${version}`);
	const manifest = { private: true, dependencies: { n8n: version, ...LEFT_OUT_PEERS }, overrides };
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
	// Peer dependencies of n8n's many parts contradict each other, and some install scripts of parts that nothing here uses cannot run everywhere.
	const quietly = ['--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'];
	await npm(`Installing n8n ${version}`, folder, ['install', ...quietly]);
	const installed = await describe(version);
	const env = withNodeFirst(installed.node);
	// n8n keeps its data in SQLite here; its driver is the one part that has to be built, or fetched, for this machine.
	// This repository's own setting, to run no install scripts, comes along where npm started this script.
	await npm(
		'Building the sqlite3 driver (a C++ compiler, make and Python may be needed)',
		folder,
		['rebuild', '--ignore-scripts=false', 'sqlite3'],
		env,
	);
	await run(installed.node, ['--eval', 'require("sqlite3")'], { cwd: folder });
	await writeFile(stampOf(version), JSON.stringify({ version, builtWithNode: installed.nodeVersion }));
	return installed;
}

/**
 * Gives an n8n of that release, installing it (some minutes, 2.2 GB) if it is not there.
 * @param version one of the releases in `n8nVersions.ts`
 * @throws {ScriptError} when npm cannot, the disk is short, or no Node.js here suits that n8n
 */
export async function ensureN8n(version: string = TARGET_N8N): Promise<N8nInstall> {
	return await step(`n8n ${version}`, async (note) => {
		const there = await isComplete(version);
		const installed = there ? await describe(version) : await install(version);
		note(`${there ? 'there already' : 'installed'}, runs on Node.js ${installed.nodeVersion}`);
		return installed;
	});
}
