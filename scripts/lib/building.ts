// Owns how dist/ is made, as the packages of n8n do it: the compiler, then gulp for what is no code. Rule: it is made anew each time, so a file that left
// the source never stays in a package.
import { rm } from 'node:fs/promises';
import { DIST } from './paths';
import { run } from './run';

/**
 * Compiles the package and lays its icons, codex files and schemas beside the code.
 * @throws {ScriptError}
 */
export async function build() {
	await rm(DIST, { recursive: true, force: true });
	await Promise.all([run('tsc', ['-p', 'tsconfig.build.json']), run('gulp', ['--silent'])]);
}
