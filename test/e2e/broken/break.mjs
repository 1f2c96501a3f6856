// Breaks an installed package. Rule: only a copy that was made for it is touched, and a text that is not there exactly once is an error: else a change of
// the sources would leave nothing broken, and nobody would know.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ScriptError } from '../../../scripts/lib/steps.mjs';

const BREAKABLE = /\.(js|json)$/;

/** @param {string} text @param {string} part */
const count = (text, part) => text.split(part).length - 1;

/**
 * Where a promise is kept.
 * @param {string} folder the installed package
 * @param {import('./breakages.mjs').Breakage} breakage
 * @returns {Promise<{ path: string, text: string }>} the file
 * @throws {ScriptError} where its text is not there, or more than once
 */
export async function findPlace(folder, { what, find }) {
	const entries = await readdir(join(folder, 'dist'), { recursive: true, withFileTypes: true });
	const paths = entries.filter((entry) => entry.isFile() && BREAKABLE.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));
	const files = await Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, 'utf8') })));
	const times = files.reduce((sum, { text }) => sum + count(text, find), 0);
	const place = files.find(({ text }) => text.includes(find));
	if (place !== undefined && times === 1) return place;
	throw new ScriptError(`“${what}”: the text to break, ${find}, is ${times} times in the package instead of once.`, 'Bring test/e2e/broken/breakages.mjs up to the sources.');
}

/** @param {string} folder the installed package @param {import('./breakages.mjs').Breakage} breakage @throws {ScriptError} as `findPlace` does */
export async function breakPackage(folder, breakage) {
	const { path, text } = await findPlace(folder, breakage);
	await writeFile(path, text.replace(breakage.find, () => breakage.replaceWith));
}
