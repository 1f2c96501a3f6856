// Runs `scripts/<name>.ts`, or another TypeScript file named from there: `node scripts/run.mjs <name> [arguments]`. Rule: it is all that may run before
// anything is installed, so it imports nothing but Node.js itself; what it installs is what the lockfile says, and the lockfile is never written.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPTS = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(SCRIPTS);
const OLDEST_NODE_MAJOR = 20;

/** The packages that a lockfile names, by their folders, without the one that they are for. @param {string} lockfile @returns {Record<string, { integrity?: string, optional?: boolean }>} */
function packagesIn(lockfile) {
	const { packages } = JSON.parse(readFileSync(join(ROOT, lockfile), 'utf8'));
	delete packages[''];
	return packages;
}

/** Whether what is installed is what the lockfile says. npm writes its own list last, so after an interrupted install there is none. */
function isInstalled() {
	try {
		const locked = packagesIn('package-lock.json');
		const installed = packagesIn('node_modules/.package-lock.json');
		const isThere = (/** @type {string} */ path) =>
			path in installed ? installed[path]?.integrity === locked[path]?.integrity : locked[path]?.optional === true;
		return Object.keys(locked).every(isThere) && Object.keys(installed).every((path) => path in locked);
	} catch {
		return false;
	}
}

/** @param {string} message @returns {never} */
function fail(message) {
	console.error(`\n${message}`);
	process.exit(1);
}

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE_MAJOR)
	fail(
		`Node.js ${process.versions.node} is too old.\nInstall Node.js ${OLDEST_NODE_MAJOR} or newer and run this again.`,
	);
if (!isInstalled()) {
	console.log('Installing the development dependencies with "npm ci", which takes a minute or two …');
	// npm is a script file on Windows, which only a shell can start. Install scripts are not run: none is needed.
	const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
		cwd: ROOT,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	if (status !== 0)
		fail(
			'Installing the development dependencies did not succeed, see above.\nCheck the connection (and npm\'s proxy settings, "npm config list") and the free disk space, then run this again.',
		);
}

const [node = process.execPath, , name, ...args] = process.argv;
const script = join(SCRIPTS, `${name}.ts`);
process.argv = [node, script, ...args];
const require = createRequire(import.meta.url);
require('tsx/cjs');
require(script);
