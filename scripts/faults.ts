// `npm run test:faults`: the fault matrix. With `-- --write` it writes docs/dev/faults.md; without, that page has to be what the run has shown.
import { jestScript } from './lib/jest';

const WRITE = '--write';

const given = process.argv.slice(2);
const args = [
	'--testPathIgnorePatterns',
	'/node_modules/',
	'--runTestsByPath',
	'test/faultMatrix/faults.test.ts',
	...given.filter((arg) => arg !== WRITE),
];
void jestScript('Fault matrix', args, { FAULTS_WRITE: String(given.includes(WRITE)) });
