// Compares the page about the sandbox with its code, so that every fault and setting is documented.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULT_KINDS } from './faults';
import { IMAGE_NAMES } from './images';
import { DEFAULT_SETTINGS } from './settings';

const page = readFileSync(join(__dirname, '../../docs/dev/sandbox.md'), 'utf8');
const named = new Set([...page.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name));
const faults = /^## Faults\n(.*?)^## /ms.exec(page)?.[1] ?? '';
const kindsOfThePage = [...faults.matchAll(/^\| `(\w+)` \|/gm)]
	.map(([, kind]) => kind)
	.filter((kind) => kind !== 'kind');

test('docs/dev/sandbox.md lists every kind of fault, and no other', () => {
	expect(new Set(kindsOfThePage)).toEqual(new Set(FAULT_KINDS));
});

test('docs/dev/sandbox.md lists every setting and every image', () => {
	const wanted = [...Object.keys(DEFAULT_SETTINGS), ...IMAGE_NAMES];
	expect(wanted.filter((name) => !named.has(name))).toEqual([]);
});
