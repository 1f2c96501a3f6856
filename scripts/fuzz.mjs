// `npm run test:fuzz`: the same fuzz tests as in `npm test`, with many more cases; what was tried and how it ended is printed at the end of each.
import { newCount, sayCount } from './lib/checks.mjs';
import { ensureDevDependencies } from './lib/devDependencies.mjs';
import { runJest } from './lib/jest.mjs';
import { failScript, step } from './lib/steps.mjs';

/** Calls to the trigger, answers of each endpoint, and cases of each property of the pure readers; the environment may ask for others. */
const CASES = { FUZZ_CALLBACKS: '100000', FUZZ_ANSWERS: '10000', FUZZ_RUNS: '5000' };

try {
	await ensureDevDependencies();
	const count = newCount();
	const given = Object.fromEntries(Object.keys(CASES).flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
	const jestArgs = ['--testTimeout', '900000', '--testMatch', '**/*.fuzz.test.ts', '--verbose', '--', ...process.argv.slice(2)];
	await step('Fuzzing', async () => await runJest(count, jestArgs, { ...CASES, ...given }), { printsItself: true }).catch(failScript);
	sayCount(count);
} catch (error) {
	failScript(error);
}
