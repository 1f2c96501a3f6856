// What every script begins with: a recent Node.js, and the packages of the lockfile. Rule: the lockfile is never written, and a script never runs on packages
// of another one.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './lib/paths';

type Packages = Record<string, { integrity?: string; optional?: boolean }>;

const OLDEST_NODE_MAJOR = 20;
const INSTALLED = 'node_modules/.package-lock.json';

/** The packages that a lockfile names, by their folders, without the one that they are for. */
function packagesIn(lockfile: string): Packages {
	const { packages }: { packages: Packages } = JSON.parse(readFileSync(join(ROOT, lockfile), 'utf8'));
	return Object.fromEntries(Object.entries(packages).filter(([folder]) => folder !== ''));
}

/** Whether what is installed is what the lockfile says. */
function isUpToDate() {
	const locked = packagesIn('package-lock.json');
	const installed = packagesIn(INSTALLED);
	const isThere = (folder: string) =>
		folder in installed
			? installed[folder]?.integrity === locked[folder]?.integrity
			: locked[folder]?.optional === true;
	return Object.keys(locked).every(isThere) && Object.keys(installed).every((folder) => folder in locked);
}

/** @param options `isFresh`: everything has just been installed */
export function start({ isFresh }: { isFresh: boolean }) {
	if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE_MAJOR) {
		console.error(`\nNode.js ${process.versions.node} is too old.\nInstall Node.js ${OLDEST_NODE_MAJOR} or newer.`);
		process.exit(1);
	}
	if (!isFresh && !isUpToDate()) {
		// Without its list, run.mjs installs everything anew; it has to be another process, since parts of the old packages are loaded in this one.
		rmSync(join(ROOT, INSTALLED));
		process.exit(spawnSync(process.execPath, process.argv.slice(1), { stdio: 'inherit' }).status ?? 1);
	}
	const [node = process.execPath, , name, ...args] = process.argv;
	const script = join(ROOT, 'scripts', `${name}.ts`);
	process.argv = [node, script, ...args];
	createRequire(__filename)(script);
}
