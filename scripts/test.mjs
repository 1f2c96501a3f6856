// `npm test`: everything that can be checked without starting n8n. Rule: what can be counted test by test is counted so.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { check, newCount, sayCount } from './lib/checks.mjs';
import { ensureDevDependencies } from './lib/devDependencies.mjs';
import { RUNTIME } from './lib/paths.mjs';
import { ScriptError, failScript, step } from './lib/steps.mjs';

const JEST_REPORT = join(RUNTIME, 'jest.json');

/** @typedef {import('./lib/checks.mjs').Count} Count */

/** @param {Count} count @param {string[]} args for Jest, such as a file to run alone */
async function runJest(count, args) {
	const { attempt } = await import('./lib/run.mjs');
	await rm(JEST_REPORT, { force: true });
	const { exitCode } = await attempt('jest', ['--ci', '--json', `--outputFile=${JEST_REPORT}`, ...args], { show: true });
	const report = JSON.parse(await readFile(JEST_REPORT, 'utf8').catch(() => '{}'));
	count.passed += report.numPassedTests ?? 0;
	count.skipped += report.numPendingTests ?? 0;
	// A file that cannot even be loaded holds no test that could fail.
	const failed = (report.numFailedTests ?? 0) + (report.numRuntimeErrorTestSuites ?? 0);
	const ranNothing = !report.numTotalTests;
	count.failed += failed === 0 && (exitCode !== 0 || ranNothing) ? 1 : failed;
	if (exitCode !== 0 || ranNothing) throw new ScriptError(ranNothing ? 'No test ran.' : `${failed} tests did not pass.`, 'What Jest says of it is above.');
}

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
