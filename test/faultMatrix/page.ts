// The page about the fault matrix in the repository.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(__dirname, '..', '..', 'docs', 'dev', 'faults.md');

/** Whether the run is to write the page instead of holding it against what it has seen: `npm run test:faults -- --write`. */
export const isWriting = () => process.env['FAULTS_WRITE'] === 'true';

export const readPage = () => (existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '');

export const writePage = (text: string) => writeFileSync(PAGE, text);
