// `npm run test:faults`: the fault matrix. With `-- --write` it writes docs/faults.md; without, that page has to be what the run has shown.
import { newCount, sayCount } from './lib/checks.mjs';
import { ensureDevDependencies } from './lib/devDependencies.mjs';
import { runJest } from './lib/jest.mjs';
import { failScript, step } from './lib/steps.mjs';

const WRITE = '--write';

try {
	await ensureDevDependencies();
	const given = process.argv.slice(2);
	const jestArgs = ['--testPathIgnorePatterns', '/node_modules/', '--runTestsByPath', 'test/faults/faults.test.ts', ...given.filter((arg) => arg !== WRITE)];
	const count = newCount();
	const env = { FAULTS_WRITE: String(given.includes(WRITE)) };
	await step('Fault matrix', async () => await runJest(count, jestArgs, env), { printsItself: true }).catch(failScript);
	sayCount(count);
} catch (error) {
	failScript(error);
}
