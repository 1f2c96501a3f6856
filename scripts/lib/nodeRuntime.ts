// Owns which Node.js an n8n runs on. Rule: the one that runs this script if n8n's own "engines" takes it; only else another one is installed.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { explainNpmFailure } from './npmFailure';
import { RUNTIME } from './paths';
import { attempt } from './run';
import { ScriptError } from './steps';

const NODE_MAJOR = 24;
const FOLDER = join(RUNTIME, `node-${NODE_MAJOR}`);
const BINARY = join(FOLDER, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** @returns its version, if it runs */
async function versionOf(binary: string): Promise<string | undefined> {
	const { exitCode, output } = await attempt(binary, ['--version']);
	return exitCode === 0 ? output.trim().replace(/^v/, '') : undefined;
}

/** n8n's compiled parts come ready made for the long-term lines of Node.js alone, and those have even numbers. */
const isLongTermLine = (version: string) => Number.parseInt(version, 10) % 2 === 0;

/** Node.js 24 in a folder of its own, from npm. */
async function ensureNode24(): Promise<{ binary: string; version: string }> {
	const found = await versionOf(BINARY);
	if (found !== undefined) return { binary: BINARY, version: found };
	await mkdir(FOLDER, { recursive: true });
	await writeFile(
		join(FOLDER, 'package.json'),
		JSON.stringify({ private: true, dependencies: { node: String(NODE_MAJOR) } }),
	);
	// Its install script brings the binary; npm may have been told to run none.
	const { output } = await attempt('npm', ['install', '--ignore-scripts=false', '--no-audit', '--no-fund'], {
		cwd: FOLDER,
	});
	const version = await versionOf(BINARY);
	if (version === undefined) throw explainNpmFailure(`Installing Node.js ${NODE_MAJOR}`, output);
	return { binary: BINARY, version };
}

/**
 * @param engines what n8n's package.json asks of Node.js
 * @throws {ScriptError} when neither the running Node.js nor Node.js 24 will do
 */
export async function nodeFor(
	engines: string,
	satisfies: (version: string, range: string) => boolean,
): Promise<{ binary: string; version: string }> {
	const own = process.versions.node;
	if (satisfies(own, engines) && isLongTermLine(own)) return { binary: process.execPath, version: own };
	const node24 = await ensureNode24();
	if (satisfies(node24.version, engines)) return node24;
	throw new ScriptError(
		`This n8n wants Node.js ${engines}; here are ${own} and ${node24.version}.`,
		'Run this again with a Node.js that it takes.',
	);
}

/** The environment in which `node`, and what npm builds, is that Node.js. */
export function withNodeFirst(binary: string): Record<string, string> {
	const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
	const separator = process.platform === 'win32' ? ';' : ':';
	return { [name]: [dirname(binary), process.env[name]].join(separator) };
}
