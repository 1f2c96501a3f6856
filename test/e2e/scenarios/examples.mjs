// Owns what the shipped examples ask of n8n itself. Rule: n8n is asked, not a list that somebody wrote down.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/lib/paths.mjs';
import { scenario } from '../run/scenario.mjs';

scenario('n8n has every node, version and parameter that the examples use', async ({ client }) => {
	/** @type {Record<string, { version: number, parameters: string[] }>} */
	const used = JSON.parse(await readFile(join(ROOT, 'test', 'examples', 'n8nNodes.json'), 'utf8'));
	const known = await client.listNodeTypes();
	const missing = Object.entries(used).filter(([type, { version, parameters }]) => {
		const found = known.find((description) => description.name === type && [description.version].flat().includes(version));
		/** @type {{ name: string }[]} */
		const offered = found?.properties ?? [];
		return found === undefined || parameters.some((parameter) => !offered.some(({ name }) => name === parameter));
	});
	assert.deepEqual(missing, []);
});
