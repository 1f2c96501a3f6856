// Holds the lockfile complete, so that `npm ci` installs the same everywhere. Rule: the binaries of every system are in it, and no address of a registry.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Locked = { optionalDependencies?: Record<string, string>; resolved?: string };

const TEXT = readFileSync(join(__dirname, '../../package-lock.json'), 'utf8');
const PACKAGES: Record<string, Locked> = JSON.parse(TEXT).packages;

/** Where Node.js would find a package that is required from a place, as the lockfile lays them out. */
function isFoundFrom(place: string, name: string): boolean {
	for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
		if (`${folder}${folder === '' ? '' : '/'}node_modules/${name}` in PACKAGES) return true;
		if (folder === '') return false;
	}
}

describe('the lockfile', () => {
	it('lists the optional packages of every system', () => {
		const missing = Object.entries(PACKAGES).flatMap(([place, { optionalDependencies = {} }]) =>
			Object.keys(optionalDependencies)
				.filter((name) => !isFoundFrom(place, name))
				.map((name) => `${name} of ${place}`),
		);
		expect(missing).toEqual([]);
		expect(Object.keys(PACKAGES).join()).toMatch(/swc\/core-darwin-arm64.*swc\/core-win32-x64-msvc/);
	});

	it('names no registry', () => {
		expect(Object.entries(PACKAGES).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
	});
});
