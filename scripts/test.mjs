// `npm test`: everything that can be checked without starting n8n. Rule: what can be counted test by test is counted so.
import { join } from 'node:path';
import { check, newCount, sayCount } from './lib/checks.mjs';
import { ensureDevDependencies } from './lib/devDependencies.mjs';
import { runJest } from './lib/jest.mjs';
import { ScriptError, failScript, step } from './lib/steps.mjs';

/** @typedef {import('./lib/checks.mjs').Count} Count */

/** @param {string[]} jestArgs @returns {Promise<Count>} */
async function test(jestArgs) {
	await ensureDevDependencies();
	const { build } = await import('./lib/building.mjs');
	const { checkPack } = await import('./lib/packCheck.mjs');
	const { pack } = await import('./lib/packing.mjs');
	const { run } = await import('./lib/run.mjs');

	const count = newCount();
	await check(count, 'Types', async () => await run('tsc', ['--noEmit', '-p', 'tsconfig.json']));
	await check(count, 'Types of the scripts', async () => await run('tsc', ['-p', join('scripts', 'tsconfig.json')]));
	await check(count, 'Lint', async () => await run('eslint', ['.', '--max-warnings', '0']));
	const built = await check(count, 'Build', build);
	await check(count, 'Package', async (note) => {
		if (!built) throw new ScriptError('The package could not be looked at.', 'It was not built, see above.');
		note(await checkPack(await pack()));
	});
	await step('Tests', async () => await runJest(count, jestArgs), { printsItself: true }).catch(failScript);
	return count;
}

try {
	sayCount(await test(process.argv.slice(2)));
} catch (error) {
	failScript(error);
}
