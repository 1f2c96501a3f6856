// Owns how dist/ is made. Rule: it is made anew each time, so a file that left the source never stays in a package.
import { rm } from 'node:fs/promises';
import { DIST } from './paths.mjs';
import { run } from './run.mjs';

/** Compiles the package and lays its icons, codex files and schemas beside the code. @throws {import('./steps.mjs').ScriptError} */
export async function build() {
	await rm(DIST, { recursive: true, force: true });
	await run('tsc', ['-p', 'tsconfig.build.json']);
	await run('gulp', ['--silent']);
}
