// Owns what may be published. Rule: the tarball holds the package and nothing else, small, and loads with what n8n gives it alone.
import { access, readdir, stat, symlink } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { readManifest, unpack } from './packing';
import { ROOT } from './paths';
import { run } from './run';
import { ScriptError } from './steps';
import { makeTemporaryFolder } from './temporary';

/** What this package takes from n8n at run time: n8n's rules for verified packages name both. */
const GIVEN_BY_N8N = ['n8n-workflow', 'lodash'];
const MAX_UNPACKED_KB = 200;
const BYTES_PER_KB = 1_000;
const ALLOWED = [
	/^(package\.json|README\.md|LICENSE\.md|index\.js)$/,
	/^dist\/akool\.js$/,
	/^dist\/nodes\/.+\.node\.js$/,
	/^dist\/nodes\/.+\.node\.json$/,
	/^dist\/nodes\/.+\/__schema__\/.+\.json$/,
	/^dist\/(nodes|credentials)\/.+\.svg$/,
	/^dist\/credentials\/[^/]+\.credentials\.js$/,
];

/** @returns its files, with `/` in their paths */
async function filesIn(folder: string): Promise<{ path: string; bytes: number }[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
	return await Promise.all(
		files.map(async (file) => ({ path: relative(folder, file).split(sep).join('/'), bytes: (await stat(file)).size })),
	);
}

/** Loads a file in a Node.js of its own, as n8n does: by its path, with the class named after the file. */
async function load(file: string) {
	const script = `
		const name = require('node:path').basename(process.argv[1]).split('.')[0];
		const Class = require(process.argv[1])[name];
		if (typeof Class !== 'function') throw new Error('exports no class ' + name);
		new Class();`;
	await run(process.execPath, ['--eval', script, file]);
}

/**
 * Looks at a tarball as someone would who has to trust it.
 * @returns what it holds, in a few words
 * @throws {ScriptError} at the first thing that must not be published
 */
export async function checkPack(tarball: string): Promise<string> {
	// Far from the repository, so that no development dependency can be found by walking up.
	const { path: home, remove } = await makeTemporaryFolder('akool-pack-');
	try {
		const { name, n8n } = await readManifest();
		const folder = join(home, 'node_modules', name);
		await unpack(tarball, folder);
		const files = await filesIn(folder);

		const strangers = files
			.filter(({ path }) => !ALLOWED.some((allowed) => allowed.test(path)))
			.map(({ path }) => path);
		if (strangers.length > 0) {
			throw new ScriptError(
				`The package holds files that do not belong there: ${strangers.join(', ')}.`,
				'Keep them out of dist/, or allow them in scripts/lib/packCheck.ts.',
			);
		}
		const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
		const kilobytes = Math.ceil(bytes / BYTES_PER_KB);
		if (bytes > MAX_UNPACKED_KB * BYTES_PER_KB) {
			throw new ScriptError(
				`The package unpacks to ${kilobytes} kB; its limit is ${MAX_UNPACKED_KB} kB.`,
				'Find what grew: "npm pack --dry-run" lists the sizes.',
			);
		}
		for (const given of GIVEN_BY_N8N)
			await symlink(join(ROOT, 'node_modules', given), join(home, 'node_modules', given), 'junction');
		for (const path of ['index.js', ...n8n.nodes, ...n8n.credentials]) {
			await access(join(folder, path)).catch(() => {
				throw new ScriptError(
					`The package has no ${path}, which its package.json names.`,
					'Build it, or take it out of package.json.',
				);
			});
		}
		for (const path of [...n8n.nodes, ...n8n.credentials]) await load(join(folder, path));
		return `${files.length} files, ${kilobytes} kB`;
	} finally {
		await remove();
	}
}
