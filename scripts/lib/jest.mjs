// Owns how a script runs Jest and counts its tests. Rule: a file that cannot be loaded, and a run without a test, count as failed.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newCount, sayCount } from './checks.mjs';
import { ensureDevDependencies } from './devDependencies.mjs';
import { RUNTIME } from './paths.mjs';
import { ScriptError, failScript, step } from './steps.mjs';

// Two runs at the same time must not read each other's.
const JEST_REPORT = join(RUNTIME, `jest-${process.pid}.json`);

/** @typedef {import('./checks.mjs').Count} Count */

/**
 * Runs Jest and adds its tests to a count.
 * @param {Count} count
 * @param {string[]} args for Jest, such as a file to run alone
 * @param {Record<string, string>} [env]
 * @throws {ScriptError} where not all of it passed
 */
export async function runJest(count, args, env = {}) {
	// A clone has no development dependency before its first run.
	const { attempt } = await import('./run.mjs');
	const { exitCode } = await attempt('jest', ['--ci', '--json', `--outputFile=${JEST_REPORT}`, ...args], {
		env,
		show: true,
	});
	const report = JSON.parse(await readFile(JEST_REPORT, 'utf8').catch(() => '{}'));
	await rm(JEST_REPORT, { force: true });
	count.passed += report.numPassedTests ?? 0;
	count.skipped += report.numPendingTests ?? 0;
	// A file that cannot even be loaded holds no test that could fail.
	const failed = (report.numFailedTests ?? 0) + (report.numRuntimeErrorTestSuites ?? 0);
	const ranNothing = !report.numTotalTests;
	count.failed += failed === 0 && (exitCode !== 0 || ranNothing) ? 1 : failed;
	if (exitCode !== 0 || ranNothing)
		throw new ScriptError(
			ranNothing ? 'No test ran.' : `${failed} tests did not pass.`,
			'What Jest says of it is above.',
		);
}

/**
 * The whole of a script that runs Jest and nothing else.
 * @param {string} title
 * @param {string[]} args for Jest
 * @param {Record<string, string>} env
 */
export async function jestScript(title, args, env) {
	try {
		await ensureDevDependencies();
		const count = newCount();
		await step(title, async () => await runJest(count, args, env), { printsItself: true }).catch(failScript);
		sayCount(count);
	} catch (error) {
		failScript(error);
	}
}
