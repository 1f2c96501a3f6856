// The process that runs the scenarios, started by scripts/e2e.mjs: it sets the stage, declares the scenarios and strikes the stage.
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { after } from 'node:test';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../../scripts/lib/paths.mjs';
import { TARGET_N8N } from '../../../scripts/lib/n8nVersions.mjs';
import { ScriptError, failScript, step } from '../../../scripts/lib/steps.mjs';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary.mjs';
import { requireServers } from '../driver/servers.mjs';
import { accountOf, openStage, prepare, startSandbox } from '../driver/stage.mjs';
import { declareScenarios } from './declare.mjs';
import { reportOn } from './report.mjs';
import { scenarios } from './scenario.mjs';

const FOLDER = join(ROOT, 'test', 'e2e', 'scenarios');

/** @param {readonly string[]} texts @throws {ScriptError} when no title holds one of them */
async function chooseScenarios(texts) {
	for (const file of (await readdir(FOLDER)).sort()) await import(pathToFileURL(join(FOLDER, file)).href);
	const chosen = scenarios.filter(({ title }) => texts.some((text) => title.toLowerCase().includes(text.toLowerCase())));
	if (chosen.length === 0) throw new ScriptError(`No scenario's title holds "${texts.join('" or "')}".`, 'See --list.');
	return chosen;
}

async function main() {
	const { values } = parseArgs({
		options: {
			only: { type: 'string', multiple: true, default: [''] },
			list: { type: 'boolean', default: false },
			n8n: { type: 'string', default: TARGET_N8N },
			queue: { type: 'boolean', default: false },
		},
	});
	const chosen = await chooseScenarios(values.only);
	if (values.list) {
		console.log(chosen.map(({ lane, title }) => `${lane.padEnd(5)}  ${title}`).join('\n'));
		return;
	}
	const shape = values.queue ? 'queue' : 'regular';
	if (values.queue) await requireServers();
	const { install, tarball } = await prepare(values.n8n);
	const akool = await startSandbox();
	// Hosts that are not on this machine are reached through this proxy: so there is an Akool with a public address as well.
	const env = { HTTP_PROXY: akool.url };
	const saved = await makeTemporaryFolder('akool-saved-');
	const savedFolder = await realpath(saved.path);
	const name = ['e2e', shape, values.n8n].join('-');
	const stage = await step(`Start n8n with the package, ${shape === 'queue' ? 'in queue mode' : 'in one process'}`, async () =>
		await openStage({ name, install, tarball, account: accountOf(akool), env, savedFolder, shape }),
	).catch(async (error) => {
		// An Akool that goes on would keep this process alive.
		await akool.close();
		throw error;
	});
	const startedMs = Date.now();
	after(async () => {
		console.log(`\n${await reportOn(stage, startedMs)}`);
		await stage.close();
		await saved.remove();
		await akool.close();
	});
	console.log('');
	declareScenarios(stage, chosen);
}

main().catch(failScript);
