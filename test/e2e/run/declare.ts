// Hands the scenarios to node:test, in their lanes, and tells of each as it ends. Rule: no scenario can hang the run.
import { describe, test } from 'node:test';
import { performScenario } from './perform';
import type { Stage } from '../driver/stage';
import type { Lane, Scenario } from './scenario';

const SHORT_AT_ONCE = 3;
/** It only keeps a run from hanging. */
const TIMEOUT_MS = 40 * 60_000;

function declareOne(stage: Stage, scenario: Scenario) {
	const { title } = scenario;
	void test(title, { timeout: TIMEOUT_MS }, async () => {
		const { error, evidence, seconds, notes } = await performScenario(stage, scenario);
		const told = evidence === undefined ? notes : [...notes, `evidence: ${evidence}`];
		console.log(
			`${error === undefined ? '✓' : '✗'} ${title} (${seconds.toFixed(1)} s)${told.map((note) => `\n    ${note}`).join('')}`,
		);
		if (error !== undefined) throw error;
	});
}

export function declareScenarios(stage: Stage, scenarios: readonly Scenario[]) {
	const lane = (lane: Lane, concurrency: number | boolean) => {
		const members = scenarios.filter((scenario) => scenario.lane === lane);
		if (members.length > 0)
			void describe(lane, { concurrency }, () => members.forEach((member) => declareOne(stage, member)));
	};
	void describe('side by side', { concurrency: true }, () => {
		lane('long', true);
		lane('short', SHORT_AT_ONCE);
	});
	lane('alone', 1);
}
