// Owns how a script runs Jest and counts its tests. Rule: a file that cannot be loaded, and a run without a test, count as failed.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newCount, sayCount } from './checks';
import { RUNTIME } from './paths';
import { attempt } from './run';
import { ScriptError, failScript, step } from './steps';
import type { Count } from './checks';

// Two runs at the same time must not read each other's.
const JEST_REPORT = join(RUNTIME, `jest-${process.pid}.json`);

/**
 * Runs Jest and adds its tests to a count.
 * @param args for Jest, such as a file to run alone
 * @throws {ScriptError} where not all of it passed
 */
export async function runJest(count: Count, args: string[], env: Record<string, string> = {}) {
	// Jest does not make the folder of its report, and a fresh clone has none.
	await mkdir(RUNTIME, { recursive: true });
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
 * @param args for Jest
 */
export async function jestScript(title: string, args: string[], env: Record<string, string>) {
	try {
		const count = newCount();
		await step(title, async () => await runJest(count, args, env), { printsItself: true }).catch(failScript);
		sayCount(count);
	} catch (error) {
		failScript(error);
	}
}
