// Owns what may be published. Rule: the tarball holds the package and nothing else, small, and loads quickly with what n8n gives it alone.
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { readManifest, unpack } from './packing';
import { ROOT } from './paths';
import { run } from './run';
import { ScriptError } from './steps';
import { makeTemporaryFolder } from './temporary';
import type { Packed } from './packing';

/** What this package takes from n8n at run time: n8n's rules for verified packages name both. */
const GIVEN_BY_N8N = ['n8n-workflow', 'lodash'];
const MAX_UNPACKED_KB = 535;
const BYTES_PER_KB = 1_000;
const ALLOWED = [
	/^(package\.json|README\.md|LICENSE\.md|index\.js)$/,
	/^dist\/(nodes|credentials)\/.+\.js$/,
	/^dist\/nodes\/.+\.node\.json$/,
	/^dist\/nodes\/.+\/__schema__\/.+\.json$/,
	/^dist\/(nodes|credentials)\/.+\.svg$/,
];

/** What n8n does at its start: it requires each file by its path and makes the class that is named after it. What n8n has loaded by then does not count. */
const LOAD = `
	const { basename, join } = require('node:path');
	const [folder, given, ...files] = process.argv.slice(1);
	for (const name of given.split(',')) require(join(folder, '..', name));
	const began = performance.now();
	for (const file of files) {
		const name = basename(file).split('.')[0];
		const Class = require(join(folder, file))[name];
		if (typeof Class !== 'function') throw new Error(file + ' exports no class ' + name);
		new Class();
	}
	console.log(Math.round(performance.now() - began));`;

/**
 * Looks at a tarball as someone would who has to trust it.
 * @returns what it holds, in a few words
 * @throws {ScriptError} at the first thing that must not be published
 */
export async function checkPack({ tarball, files, unpackedBytes }: Packed): Promise<string> {
	const unexpected = files.filter((path) => !ALLOWED.some((allowed) => allowed.test(path)));
	if (unexpected.length > 0) {
		throw new ScriptError(
			`The package holds files that do not belong there: ${unexpected.join(', ')}.`,
			'Keep them out of dist/, or allow them in scripts/lib/packCheck.ts.',
		);
	}
	const kilobytes = Math.ceil(unpackedBytes / BYTES_PER_KB);
	if (kilobytes > MAX_UNPACKED_KB) {
		throw new ScriptError(
			`The package unpacks to ${kilobytes} kB; its limit is ${MAX_UNPACKED_KB} kB.`,
			'Find what grew: "npm pack --dry-run" lists the sizes.',
		);
	}
	const { name, n8n } = await readManifest();
	const entries = [...n8n.nodes, ...n8n.credentials];
	const missing = ['index.js', ...entries].filter((path) => !files.includes(path));
	if (missing.length > 0) {
		throw new ScriptError(
			`The package has no ${missing.join(', ')}, which its package.json names.`,
			'Build it, or take it out of package.json.',
		);
	}
	// Far from the repository, so that no development dependency can be found by walking up.
	const { path: folder, remove } = await makeTemporaryFolder('akool-pack-');
	try {
		const modules = join(folder, 'node_modules');
		await unpack(tarball, join(modules, name));
		for (const given of GIVEN_BY_N8N)
			await symlink(join(ROOT, 'node_modules', given), join(modules, given), 'junction');
		const loadMs = await run(process.execPath, ['--eval', LOAD, join(modules, name), GIVEN_BY_N8N.join(), ...entries]);
		return `${files.length} files, ${kilobytes} kB, loads in ${loadMs.trim()} ms`;
	} finally {
		await remove();
	}
}
