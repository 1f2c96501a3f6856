// Breaks an installed package. Rule: only a copy that was made for it is touched, and a text that is not there exactly once is an error: else a change of
// the sources would leave nothing broken, and nobody would know.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ScriptError } from '../../../scripts/lib/steps';
import type { Breakage } from './breakages';

const BREAKABLE = /\.(js|json)$/;

/** Finds a text however the build has set its quotes and spaces. */
function patternOf(find: string) {
	const escaped = find.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
	return new RegExp(escaped.replace(/['"]/g, `['"]`).replace(/\s+/g, '\\s*'), 'g');
}

/**
 * Where a promise is kept.
 * @param folder the installed package
 * @returns the file, and the text as it stands there
 * @throws {ScriptError} where its text is not there, or more than once
 */
export async function findPlace(
	folder: string,
	{ what, find }: Breakage,
): Promise<{ path: string; text: string; found: string }> {
	const entries = await readdir(join(folder, 'dist'), { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile() && BREAKABLE.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name));
	const files = await Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, 'utf8') })));
	const places = files.flatMap(({ path, text }) =>
		[...text.matchAll(patternOf(find))].map((match) => ({ path, text, found: match[0] })),
	);
	const [place] = places;
	if (place !== undefined && places.length === 1) return place;
	throw new ScriptError(
		`“${what}”: the text to break, ${find}, is ${places.length} times in the package instead of once.`,
		'Bring test/e2e/broken/breakages.ts up to the sources.',
	);
}

/**
 * @param folder the installed package
 * @throws {ScriptError} as `findPlace` does
 */
export async function breakPackage(folder: string, breakage: Breakage) {
	const { path, text, found } = await findPlace(folder, breakage);
	await writeFile(
		path,
		text.replace(found, () => breakage.replaceWith),
	);
}
