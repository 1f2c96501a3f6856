// The process that proves the scenarios: it breaks one promise at a time and demands that the scenario which is there for it goes red, for that reason.
// Rule: the same scenarios have to be green with the whole package first, or their red would prove nothing.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installIntoUserFolder } from '../../../scripts/lib/packing';
import { failScript, ScriptError, step } from '../../../scripts/lib/steps';
import { runScenario } from '../run/runScenario';
import { loadScenarios } from '../run/scenario';
import { setUpEnvironment } from '../run/setUpEnvironment';
import { brokenText, packBroken } from './break';
import { BREAKAGES } from './breakages';
import type { Scenario } from '../run/scenario';
import type { EnvironmentSetup } from '../run/setUpEnvironment';
import type { Breakage } from './breakages';
import { ROOT } from '../../../scripts/lib/paths';

const MOST_LETTERS = 110;

type Row = { breakage: Breakage; title: string; seconds: number; verdict: string; noticed: boolean; evidence?: string };

/** @throws {ScriptError} */
function scenarioFor(scenarios: readonly Scenario[], { what, scenario: part }: Breakage) {
	const found = scenarios.filter(({ title }) => title.includes(part));
	const [only] = found;
	if (only !== undefined && found.length === 1) return only;
	throw new ScriptError(
		`“${what}”: the titles of ${found.length} scenarios hold “${part}” instead of one.`,
		'Bring test/e2e/broken/breakages.ts up to the scenarios.',
	);
}

/** What went wrong, in one line. */
function sentenceOf(error: unknown) {
	const words = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
	return words.length > MOST_LETTERS ? `${words.slice(0, MOST_LETTERS)}…` : words;
}

/** The process that runs everything. */
function mainProcessOf({ environment }: EnvironmentSetup) {
	const [main] = environment.processes;
	if (main === undefined) throw new Error('n8n consists of nothing.');
	return main;
}

/** Runs n8n with a broken package in the place of the whole one. */
async function runBroken(setup: EnvironmentSetup, breakage: Breakage) {
	const main = mainProcessOf(setup);
	const { tarball, remove } = await packBroken(breakage);
	await main.stop();
	await installIntoUserFolder(tarball, main.userFolder);
	await remove();
	await main.start();
}

async function provoke(setup: EnvironmentSetup, breakage: Breakage, scenario: Scenario): Promise<Row> {
	await runBroken(setup, breakage);
	const { error, evidence, seconds } = await runScenario(setup.environment, {
		...scenario,
		title: `${breakage.what} ${scenario.title}`,
	});
	const noticed = error !== undefined && breakage.because.test(error instanceof Error ? error.message : String(error));
	// What was expected needs no evidence.
	if (noticed && evidence !== undefined) await rm(join(ROOT, evidence), { recursive: true });
	const verdict =
		error === undefined ? 'it stayed green' : `${noticed ? '' : 'red for another reason: '}${sentenceOf(error)}`;
	return { breakage, title: scenario.title, seconds, verdict, noticed, evidence: noticed ? undefined : evidence };
}

const print = (rows: readonly Row[]) =>
	rows
		.map(
			({ breakage, title, seconds, verdict, noticed, evidence }) =>
				`${noticed ? '✓' : '✗'} ${breakage.what}\n    ${title} (${seconds.toFixed(1)} s)\n    ${verdict}${evidence === undefined ? '' : `\n    evidence: ${evidence}`}`,
		)
		.join('\n');

async function main() {
	const { values } = parseArgs({
		options: { broken: { type: 'boolean' }, only: { type: 'string', multiple: true, default: [''] } },
	});
	const scenarios = await loadScenarios();
	const chosen = BREAKAGES.filter(({ what }) =>
		values.only.some((text) => what.toLowerCase().includes(text.toLowerCase())),
	);
	if (chosen.length === 0)
		throw new ScriptError(
			`Nothing that is broken on purpose is called "${values.only.join('" or "')}".`,
			'See test/e2e/broken/breakages.ts.',
		);
	const pairs = chosen.map((breakage) => ({ breakage, scenario: scenarioFor(scenarios, breakage) }));
	// Before anything takes its time.
	for (const breakage of chosen) await brokenText(breakage);
	const setup = await setUpEnvironment({ name: 'broken' });
	try {
		for (const scenario of new Set(pairs.map((pair) => pair.scenario))) {
			await step(`With the whole package: ${scenario.title}`, async () => {
				const { error, evidence = '' } = await runScenario(setup.environment, scenario);
				if (error !== undefined)
					throw new ScriptError(`It is red already: ${sentenceOf(error)}`, `What is kept of it: ${evidence}`);
			});
		}
		const rows: Row[] = [];
		for (const { breakage, scenario } of pairs) {
			const row = await step(`Broken: ${breakage.what}`, async (note) => {
				const provoked = await provoke(setup, breakage, scenario);
				note(provoked.noticed ? 'noticed' : 'not noticed');
				return provoked;
			});
			rows.push(row);
		}
		const noticed = rows.filter((row) => row.noticed).length;
		console.log(
			`\nBroken on purpose, the scenario that has to notice, and what it says:\n${print(rows)}\n\n${noticed} passed, ${rows.length - noticed} failed`,
		);
		process.exitCode = noticed === rows.length ? 0 : 1;
	} finally {
		await setup.tearDown();
	}
}

main().catch(failScript);
