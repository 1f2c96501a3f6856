// `npm run messages`: writes a page with every message of the nodes, with sample values. It is generated each time, so it is never outdated.
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
