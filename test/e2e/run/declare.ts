// Registers the scenarios with node:test, in their groups, and reports each as it ends. Rule: no scenario can hang the run.
import { describe, test } from 'node:test';
import { runScenario } from './runScenario';
import type { TestEnvironment } from '../driver/environment';
import type { Group, Scenario } from './scenario';

const SHORT_AT_ONCE = 3;
/** It only keeps a run from hanging. */
const TIMEOUT_MS = 40 * 60_000;

function declareOne(environment: TestEnvironment, scenario: Scenario) {
	const { title } = scenario;
	void test(title, { timeout: TIMEOUT_MS }, async () => {
		const { error, evidence, seconds, notes } = await runScenario(environment, scenario);
		const details = evidence === undefined ? notes : [...notes, `evidence: ${evidence}`];
		console.log(
			`${error === undefined ? '✓' : '✗'} ${title} (${seconds.toFixed(1)} s)${details.map((note) => `\n    ${note}`).join('')}`,
		);
		if (error !== undefined) throw error;
	});
}

export function declareScenarios(environment: TestEnvironment, scenarios: readonly Scenario[]) {
	const declareGroup = (group: Group, concurrency: number | boolean) => {
		const members = scenarios.filter((scenario) => scenario.group === group);
		if (members.length > 0)
			void describe(group, { concurrency }, () => members.forEach((member) => declareOne(environment, member)));
	};
	void describe('side by side', { concurrency: true }, () => {
		declareGroup('long', true);
		declareGroup('short', SHORT_AT_ONCE);
	});
	declareGroup('alone', 1);
}
