// `npm test`: everything that can be checked without starting n8n. Rule: quick checks such as types and lint come first; tests are counted one by one
// where possible; the working tree is left unchanged.
import { build } from './lib/building';
import { check, newCount, sayCount } from './lib/checks';
import { runJest } from './lib/jest';
import { checkPack } from './lib/packCheck';
import { pack } from './lib/packing';
import { run } from './lib/run';
import { failScript, step } from './lib/steps';
import { watchTree } from './lib/workTree';
import type { Count } from './lib/checks';

/** git ignores it, and `npm ci` empties it. */
const CACHE = 'node_modules/.cache';
const ESLINT = ['--max-warnings', '0', '--no-warn-ignored'];
const PUBLISHED = ['nodes', 'credentials'];

/** Types, lint, format and dead code, all at once. */
async function checkSources(count: Count) {
	const checks: [title: string, command: string, args: string[]][] = [
		['Types', 'tsc', ['--incremental', '--tsBuildInfoFile', `${CACHE}/tsc.tsbuildinfo`]],
		// Types of one file decide what is wrong in another, so what is published is looked at whole each time.
		['Lint of the package', 'eslint', [...ESLINT, ...PUBLISHED]],
		[
			'Lint of the rest',
			'eslint',
			[
				...ESLINT,
				'--cache',
				'--cache-location',
				`${CACHE}/eslint`,
				...PUBLISHED.flatMap((name) => ['--ignore-pattern', name]),
				'.',
			],
		],
		['Format', 'prettier', ['--check', '--cache', '--cache-location', `${CACHE}/prettier`, '--log-level', 'warn', '.']],
		['Unused code and dependencies', 'knip', ['--cache', '--cache-location', `${CACHE}/knip`]],
	];
	await Promise.all(
		checks.map(
			async ([title, command, args]) => await check(count, title, async () => void (await run(command, args))),
		),
	);
}

/** The package as it would be published. */
async function checkPackage(count: Count) {
	if (await check(count, 'Build', build))
		await check(count, 'Package', async (note) => note(await checkPack(await pack())));
	else count.failed += 1;
}

/** @param args for Jest: with a file or a name, only that runs, without coverage */
async function runTests(count: Count, args: string[]) {
	const coverage = args.length === 0 ? ['--coverage'] : [];
	await step('Tests', async () => await runJest(count, [...coverage, ...args]), { printsItself: true }).catch(
		failScript,
	);
}

async function test(jestArgs: string[]): Promise<Count> {
	const count = newCount();
	const checkTree = await watchTree();
	await checkSources(count);
	await Promise.all([checkPackage(count), runTests(count, jestArgs)]);
	await check(count, 'Working tree unchanged', checkTree);
	return count;
}

test(process.argv.slice(2)).then(sayCount, failScript);
