// `npm run e2e`: the packed package in a real n8n, against an Akool that runs here. Rule: however it ends, no process that it started keeps running.
import { constants } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ROOT } from './lib/paths';
import { atEnd } from './lib/processes';
import { ScriptError, failScript } from './lib/steps';

const USAGE = `npm run e2e [-- options]

  --queue       n8n in queue mode: a main process, two workers and a webhook processor, with Redis and Postgres of this machine
  --only TEXT   only the scenarios whose title holds this text; may be given several times
  --list        the titles of the scenarios, and nothing else
  --broken      breaks one promise of the package at a time, and demands that the scenario which is there for it goes red; --only picks breakages
  --n8n VERSION the release of n8n to run on, such as 2.8.4, or "latest" for the newest that can be installed
  --help        this text
`;

const E2E = join(ROOT, 'test', 'e2e');

/** @throws {ScriptError} for an option that does not exist */
function readOptions() {
	try {
		const { values } = parseArgs({
			options: {
				queue: { type: 'boolean', default: false },
				only: { type: 'string', multiple: true },
				list: { type: 'boolean', default: false },
				broken: { type: 'boolean', default: false },
				n8n: { type: 'string' },
				help: { type: 'boolean', default: false },
			},
		});
		return values;
	} catch (error) {
		throw new ScriptError(error instanceof Error ? error.message : String(error), USAGE);
	}
}

/**
 * Runs the scenarios in a process of their own, since only a new one can be given a reporter.
 * @returns its exit code
 */
async function runScenarios(main: string): Promise<number> {
	const reporter = pathToFileURL(join(E2E, 'run', 'reporter.ts')).href;
	const { execa } = await import('execa');
	const options = ['--import', 'tsx', `--test-reporter=${reporter}`];
	// It ends the n8n that it started, which may take longer than a process is usually given.
	const child = execa(process.execPath, [...options, main, ...process.argv.slice(2)], {
		cwd: ROOT,
		stdio: 'inherit',
		reject: false,
		forceKillAfterDelay: false,
	});
	atEnd(async () => {
		child.kill('SIGTERM');
		await child;
	});
	const { exitCode, signal } = await child;
	return exitCode ?? (signal === undefined ? 1 : 128 + constants.signals[signal]);
}

async function main() {
	const options = readOptions();
	if (options.help) console.log(USAGE);
	else process.exitCode = await runScenarios(join(E2E, options.broken ? 'broken' : 'run', 'main.ts'));
}

main().catch(failScript);
