// Runs `scripts/<name>.ts`, or another TypeScript file named from there: `node scripts/run.mjs <name> [arguments]`. Rule: it runs before anything is
// installed, so it imports nothing but Node.js itself, and leaves everything else to start.ts.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const ROOT = new URL('..', import.meta.url);
// npm writes this list last, so after an interrupted install there is none.
const isInstalled = existsSync(new URL('node_modules/.package-lock.json', ROOT));
if (!isInstalled) {
	console.log('Installing the development dependencies with "npm ci", which takes a minute or two …');
	// npm is a script file on Windows, which only a shell can start. Install scripts are not run: none is needed.
	const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
		cwd: ROOT,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	if (status !== 0) process.exit(1);
}
const require = createRequire(import.meta.url);
require('tsx/cjs');
require('./start.ts').start({ isFresh: !isInstalled });
