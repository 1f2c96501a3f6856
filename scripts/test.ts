// `npm test`: everything that can be checked without starting n8n. Rule: what can be counted test by test is counted so.
import { build } from './lib/building';
import { check, newCount, sayCount } from './lib/checks';
import { runJest } from './lib/jest';
import { checkPack } from './lib/packCheck';
import { pack } from './lib/packing';
import { run } from './lib/run';
import { ScriptError, failScript, step } from './lib/steps';
import type { Count } from './lib/checks';

async function test(jestArgs: string[]): Promise<Count> {
	const count = newCount();
	await check(count, 'Types', async () => await run('tsc', ['--noEmit', '-p', 'tsconfig.json']));
	await check(count, 'Lint', async () => await run('eslint', ['.', '--max-warnings', '0']));
	const built = await check(count, 'Build', build);
	await check(count, 'Package', async (note) => {
		if (!built) throw new ScriptError('The package could not be looked at.', 'It was not built, see above.');
		note(await checkPack(await pack()));
	});
	await step('Tests', async () => await runJest(count, jestArgs), { printsItself: true }).catch(failScript);
	return count;
}

test(process.argv.slice(2)).then(sayCount, failScript);
