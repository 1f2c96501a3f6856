// Runs one scenario and reports its result. Rules: its context is closed in any case; and whatever the scenario is about, no key may stand in
// what n8n has printed.
import assert from 'node:assert/strict';
import { openScenarioContext } from './scenarioContext';
import type { ScenarioContext } from './scenarioContext';
import type { TestEnvironment } from '../driver/environment';
import type { Scenario } from './scenario';
import { keepEvidence } from './evidence';

/** What makes the address of a waiting execution, or of an image, a secret. */
const SECRET_IN_LINK = /[?&](signature|token)=[\w%.-]{8,}/;

async function assertNothingLeaked(context: ScenarioContext) {
	const log = await context.log();
	assert.ok(!context.secrets().some((secret) => log.includes(secret)), 'a key of the credential stands in n8n’s log');
	assert.equal(SECRET_IN_LINK.exec(log), null, 'a secret address stands in n8n’s log');
}

/** @returns `error`: what it found wrong; `evidence`: the folder where it is kept */
export async function runScenario(
	environment: TestEnvironment,
	{ title, work }: Scenario,
): Promise<{ error?: unknown; evidence?: string; seconds: number; notes: readonly string[] }> {
	const context = openScenarioContext(environment);
	const startedMs = Date.now();
	let error: unknown;
	let evidence: string | undefined;
	try {
		await work(context);
		await assertNothingLeaked(context);
	} catch (thrown) {
		error = thrown ?? new Error('Nothing was thrown.');
		evidence = await keepEvidence(environment.name, title, error, context.evidence());
	}
	await context.close();
	return { error, evidence, seconds: (Date.now() - startedMs) / 1_000, notes: context.notes };
}
