// The page about the fault matrix in the repository.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(__dirname, '..', '..', 'docs', 'dev', 'faults.md');

/** Whether the run writes the page instead of comparing it with its results: `npm run test:faults -- --write`. */
export const isWriting = () => process.env['FAULTS_WRITE'] === 'true';

export const readPage = () => (existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '');

export const writePage = (text: string) => writeFileSync(PAGE, text);
