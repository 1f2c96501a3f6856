// The process that runs the scenarios, started by scripts/e2e.ts: it sets up n8n, registers the scenarios and takes n8n down again.
import { after } from 'node:test';
import { parseArgs } from 'node:util';
import { TARGET_N8N } from '../../../scripts/lib/n8nVersions';
import { ScriptError, failScript } from '../../../scripts/lib/steps';
import { requireServers } from '../driver/servers';
import { declareScenarios } from './declare';
import { reportOn } from './report';
import { loadScenarios } from './scenario';
import { setUpEnvironment } from './setUpEnvironment';
import { evidenceOf, hasEvidence } from './evidence';

/** @throws {ScriptError} when no title holds one of them */
async function chooseScenarios(texts: readonly string[]) {
	const scenarios = await loadScenarios();
	const chosen = scenarios.filter(({ title }) =>
		texts.some((text) => title.toLowerCase().includes(text.toLowerCase())),
	);
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
		console.log(chosen.map(({ group, title }) => `${group.padEnd(5)}  ${title}`).join('\n'));
		return;
	}
	const shape = values.queue ? 'queue' : 'regular';
	if (values.queue) await requireServers();
	const { environment, tearDown } = await setUpEnvironment({
		name: ['e2e', shape, values.n8n].join('-'),
		version: values.n8n,
		shape,
	});
	const startedMs = Date.now();
	after(async () => {
		console.log(`\n${await reportOn(environment, startedMs)}`);
		if (await hasEvidence(environment.name))
			console.log(`What is kept of the failures: ${evidenceOf(environment.name)}`);
		await tearDown();
	});
	console.log('');
	declareScenarios(environment, chosen);
}

main().catch(failScript);
