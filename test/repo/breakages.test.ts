// Holds the promises that are broken on purpose (npm run e2e -- --broken) against the sources. Rule: that a change of the sources has taken a breakage its
// place is said here, and not only once a real n8n runs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokenText } from '../e2e/broken/break';
import { BREAKAGES } from '../e2e/broken/breakages';

test.each(BREAKAGES)('$what: the line to break occurs exactly once', async (breakage) => {
	const text = readFileSync(join(__dirname, '..', '..', breakage.file), 'utf8');
	expect(await brokenText(breakage)).not.toBe(text);
});
