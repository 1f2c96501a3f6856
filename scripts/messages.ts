// `npm run messages`: writes a page that shows everything that the nodes can say, with sample values. It is made anew each time, so it is never out of step.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MESSAGES } from '../test/messages/table';
import { messagePage } from './lib/messagePage';
import { RUNTIME } from './lib/paths';
import { failScript } from './lib/steps';

async function main() {
	const path = join(RUNTIME, 'messages.md');
	await mkdir(RUNTIME, { recursive: true });
	await writeFile(path, messagePage(MESSAGES));
	console.log(path);
}

main().catch(failScript);
