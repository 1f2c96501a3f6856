// `npm run test:fuzz`: the same fuzz tests as in `npm test`, with many more cases; what was tried and how it ended is printed at the end of each.
import { jestScript } from './lib/jest';

/**
 * Calls to the trigger, answers of each endpoint, files of each kind, and cases of each property of the pure readers;
 * the environment may ask for others.
 */
const CASES = { FUZZ_CALLBACKS: '100000', FUZZ_ANSWERS: '10000', FUZZ_FILES: '5000', FUZZ_RUNS: '5000' };

const cases = Object.fromEntries(Object.entries(CASES).map(([name, count]) => [name, process.env[name] ?? count]));
const args = [
	'--testTimeout',
	'900000',
	'--testMatch',
	'**/*.fuzz.test.ts',
	'--verbose',
	'--',
	...process.argv.slice(2),
];
void jestScript('Fuzzing', args, cases);
