// Hands the scenarios to node:test, in their lanes, and tells of each as it ends. Rule: no scenario can hang the run.
import { describe, test } from 'node:test';
import { performScenario } from './perform.mjs';

const SHORT_AT_ONCE = 3;
/** It only keeps a run from hanging. */
const TIMEOUT_MS = 40 * 60_000;

/** @param {import('../driver/stage.mjs').Stage} stage @param {import('./scenario.mjs').Scenario} scenario */
function declareOne(stage, scenario) {
	const { title } = scenario;
	test(title, { timeout: TIMEOUT_MS }, async () => {
		const { error, seconds, notes } = await performScenario(stage, scenario);
		console.log(
			`${error === undefined ? '✓' : '✗'} ${title} (${seconds.toFixed(1)} s)${notes.map((note) => `\n    ${note}`).join('')}`,
		);
		if (error !== undefined) throw error;
	});
}

/** @param {import('../driver/stage.mjs').Stage} stage @param {readonly import('./scenario.mjs').Scenario[]} scenarios */
export function declareScenarios(stage, scenarios) {
	/** @param {import('./scenario.mjs').Lane} lane @param {number | boolean} concurrency */
	const lane = (lane, concurrency) => {
		const members = scenarios.filter((scenario) => scenario.lane === lane);
		if (members.length > 0)
			describe(lane, { concurrency }, () => members.forEach((member) => declareOne(stage, member)));
	};
	describe('side by side', { concurrency: true }, () => {
		lane('long', true);
		lane('short', SHORT_AT_ONCE);
	});
	lane('alone', 1);
}
