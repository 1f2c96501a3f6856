// Owns n8n's database driver, the one part of n8n that is compiled here. Rule: it is built for the major version of Node.js that runs it, kept for all
// installs of n8n, and only one that has been loaded counts.
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { withNodeFirst } from './nodeRuntime';
import { explainNpmFailure } from './npmFailure';
import { RUNTIME } from './paths';
import { attempt } from './run';
import type { NodeRuntime } from './nodeRuntime';

/** The compiler takes half the time; how fast the driver is shows nowhere in a demo or a test. */
const COMPILER_FLAGS = '-O1';

/**
 * Fetches the driver ready made or, where that cannot be had, compiles it.
 * @param version of the npm package sqlite3
 * @returns the folder that holds the compiled part, to be copied into an n8n
 * @throws {ScriptError} when neither works
 */
export async function ensureSqliteDriver(version: string, node: NodeRuntime): Promise<string> {
	const root = join(RUNTIME, `sqlite3-${version}-node-${Number.parseInt(node.version, 10)}`);
	const folder = join(root, 'node_modules', 'sqlite3');
	const loads = async () =>
		(await attempt(node.binary, ['--eval', 'require("sqlite3")'], { cwd: root })).exitCode === 0;
	await mkdir(root, { recursive: true });
	if (await loads()) return join(folder, 'build');

	await writeFile(join(root, 'package.json'), JSON.stringify({ private: true, dependencies: { sqlite3: version } }));
	const fetched = await attempt('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: root });
	if (fetched.exitCode !== 0) throw explainNpmFailure('Fetching the sqlite3 driver', fetched.output);
	const env = {
		...(await withNodeFirst(node.binary)),
		JOBS: String(availableParallelism()),
		CFLAGS: COMPILER_FLAGS,
		CXXFLAGS: COMPILER_FLAGS,
	};
	// What its install script does, which npm may have been set not to run.
	const ready = await attempt('prebuild-install', ['-r', 'napi'], { cwd: folder, env, localDir: root });
	if (ready.exitCode === 0 && (await loads())) return join(folder, 'build');
	const built = await attempt('node-gyp', ['rebuild'], { cwd: folder, env, localDir: root });
	if (await loads()) return join(folder, 'build');
	throw explainNpmFailure('Building the sqlite3 driver (it takes a C++ compiler, make and Python)', built.output);
}
