// Owns how dist/ is made, as the packages of n8n do it: the compiler, then gulp for what is no code. Rule: it is built from scratch each time, so a deleted
// source file never stays in a package.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './paths';
import { run } from './run';

/**
 * Compiles the package and lays its icons, codex files and schemas beside the code.
 * @param cwd where its sources are
 * @param options further ones for the compiler
 * @throws {ScriptError}
 */
export async function buildIn(cwd: string, options: readonly string[] = []) {
	await rm(join(cwd, 'dist'), { recursive: true, force: true });
	await Promise.all([
		run('tsc', ['-p', 'tsconfig.build.json', ...options], { cwd }),
		run('gulp', ['--silent'], { cwd }),
	]);
}

/** Builds this repository. */
export const build = async () => await buildIn(ROOT);
