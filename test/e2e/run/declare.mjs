// Hands the scenarios to node:test, in their lanes, and tells of each as it ends. Rule: no scenario can hang the run.
import { describe, test } from 'node:test';
import { openScene } from './scene.mjs';

const SHORT_AT_ONCE = 3;
const TIMEOUT_MS = 8 * 60_000;

/** @param {import('../driver/stage.mjs').Stage} stage @param {import('./scenario.mjs').Scenario} scenario */
function declareOne(stage, { title, work }) {
	test(title, { timeout: TIMEOUT_MS }, async () => {
		const scene = openScene(stage);
		const startedMs = Date.now();
		let mark = '✗';
		try {
			await work(scene);
			mark = '✓';
		} finally {
			await scene.close();
			const notes = scene.notes.map((note) => `\n    ${note}`).join('');
			console.log(`${mark} ${title} (${((Date.now() - startedMs) / 1_000).toFixed(1)} s)${notes}`);
		}
	});
}

/** @param {import('../driver/stage.mjs').Stage} stage @param {readonly import('./scenario.mjs').Scenario[]} scenarios */
export function declareScenarios(stage, scenarios) {
	/** @param {import('./scenario.mjs').Lane} lane @param {number | boolean} concurrency */
	const lane = (lane, concurrency) => {
		const members = scenarios.filter((scenario) => scenario.lane === lane);
		if (members.length > 0) describe(lane, { concurrency }, () => members.forEach((member) => declareOne(stage, member)));
	};
	describe('side by side', { concurrency: true }, () => {
		lane('long', true);
		lane('short', SHORT_AT_ONCE);
	});
	lane('alone', 1);
}
