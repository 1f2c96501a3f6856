// Breaks a copy of the sources and builds it. Rule: only a copy that was made for it is touched, and a text that is not in its file exactly once is an
// error: else a change of the sources would leave nothing broken, and nobody would know.
import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildIn } from '../../../scripts/lib/building';
import { packIn } from '../../../scripts/lib/packing';
import { ROOT } from '../../../scripts/lib/paths';
import { ScriptError } from '../../../scripts/lib/steps';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary';
import type { Breakage } from './breakages';

/** What the package is built from. */
const SOURCES = [
	'credentials',
	'nodes',
	'gulpfile.js',
	'index.js',
	'package.json',
	'tsconfig.base.json',
	'tsconfig.build.json',
];
/** Whether what is broken fits the types proves nothing, and takes most of a build's time. */
const UNCHECKED = ['--noCheck'];

/**
 * The file that a breakage is about, broken.
 * @throws {ScriptError} where the text to break is not there, or more than once
 */
export async function brokenText({ what, file, replace }: Breakage, root: string = ROOT): Promise<string> {
	let text = await readFile(join(root, file), 'utf8').catch(() => '');
	for (const [find, replaceWith] of Object.entries(replace)) {
		const parts = text.split(find);
		if (parts.length !== 2)
			throw new ScriptError(
				`“${what}”: the text to break, ${find}, is ${parts.length - 1} times in ${file} instead of once.`,
				'Bring test/e2e/broken/breakages.ts up to the sources.',
			);
		text = parts.join(replaceWith);
	}
	return text;
}

/**
 * @returns the tarball of the broken package
 * @throws {ScriptError} as `brokenText` does, and when what is broken cannot be built
 */
export async function packBroken(breakage: Breakage): Promise<{ tarball: string; remove: () => Promise<void> }> {
	const { path, remove } = await makeTemporaryFolder('akool-broken-');
	for (const source of SOURCES) await cp(join(ROOT, source), join(path, source), { recursive: true });
	await symlink(join(ROOT, 'node_modules'), join(path, 'node_modules'), 'junction');
	await writeFile(join(path, breakage.file), await brokenText(breakage, path));
	await buildIn(path, UNCHECKED);
	const { tarball } = await packIn(path, join(path, 'pack'));
	return { tarball, remove };
}
