// Owns which Node.js an n8n runs on. Rule: the one that runs this script if n8n's "engines" allows it; another one is installed only otherwise.
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { satisfies } from 'semver';
import { explainNpmFailure } from './npmFailure';
import { RUNTIME } from './paths';
import { attempt } from './run';
import { ScriptError } from './steps';

const NODE_MAJOR = 24;
const FOLDER = join(RUNTIME, `node-${NODE_MAJOR}`);
const PACKAGE = join(FOLDER, 'node_modules', 'node');
const BINARY = join(PACKAGE, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

export interface NodeRuntime {
	binary: string;
	version: string;
}

/** @returns its version, if it runs */
async function versionOf(binary: string): Promise<string | undefined> {
	const { exitCode, output } = await attempt(binary, ['--version']);
	return exitCode === 0 ? output.trim().replace(/^v/, '') : undefined;
}

/** n8n's compiled parts come ready made for the long-term lines of Node.js alone, and those have even numbers. */
const isLongTermLine = (version: string) => Number.parseInt(version, 10) % 2 === 0;

/** Node.js 24 in a folder of its own, from npm. */
async function ensureNode24(): Promise<NodeRuntime> {
	const found = await versionOf(BINARY);
	if (found !== undefined) return { binary: BINARY, version: found };
	await mkdir(FOLDER, { recursive: true });
	const manifest = { private: true, dependencies: { node: String(NODE_MAJOR) } };
	await writeFile(join(FOLDER, 'package.json'), JSON.stringify(manifest));
	const { output } = await attempt('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: FOLDER });
	// Its install script, which npm may have been set not to run, brings the binary.
	const { output: more } = await attempt(process.execPath, ['installArchSpecificPackage.js'], { cwd: PACKAGE });
	const version = await versionOf(BINARY);
	if (version === undefined) throw explainNpmFailure(`Installing Node.js ${NODE_MAJOR}`, `${output}\n${more}`);
	return { binary: BINARY, version };
}

/**
 * @param engines what n8n's package.json asks of Node.js
 * @throws {ScriptError} when neither the running Node.js nor Node.js 24 will do
 */
export async function nodeFor(engines: string): Promise<NodeRuntime> {
	const own = process.versions.node;
	if (satisfies(own, engines) && isLongTermLine(own)) return { binary: process.execPath, version: own };
	const node24 = await ensureNode24();
	if (satisfies(node24.version, engines)) return node24;
	throw new ScriptError(
		`This n8n wants Node.js ${engines}; here are ${own} and ${node24.version}.`,
		'Run this again with a Node.js that it takes.',
	);
}

/** Where the headers of a Node.js lie that came with it; undefined where they have to be fetched. */
async function headersOf(binary: string): Promise<string | undefined> {
	const parts = await readdir(join(PACKAGE, 'node_modules')).catch(() => []);
	const ofNode24 = parts.filter((name) => name.startsWith('node-')).map((name) => join(PACKAGE, 'node_modules', name));
	const candidates = binary === BINARY ? ofNode24 : [dirname(dirname(binary))];
	return candidates.find((folder) => existsSync(join(folder, 'include', 'node', 'node_api.h')));
}

/** The environment in which `node`, and what is compiled for it, is that Node.js. */
export async function withNodeFirst(binary: string): Promise<Record<string, string>> {
	const headers = await headersOf(binary);
	const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
	const separator = process.platform === 'win32' ? ';' : ':';
	return {
		[name]: [dirname(binary), process.env[name]].join(separator),
		...(headers !== undefined && { npm_config_nodedir: headers }),
	};
}
