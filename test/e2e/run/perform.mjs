// Performs one scenario on a stage and tells of it. Rule: whatever becomes of it, its scene is closed.
import { openScene } from './scene.mjs';

/**
 * @param {import('../driver/stage.mjs').Stage} stage @param {import('./scenario.mjs').Scenario} scenario
 * @returns {Promise<{ error?: unknown, seconds: number, notes: readonly string[] }>} `error`: what it found wrong
 */
export async function performScenario(stage, { work }) {
	const scene = openScene(stage);
	const startedMs = Date.now();
	/** @type {unknown} */
	let error;
	try {
		await work(scene);
	} catch (thrown) {
		error = thrown ?? new Error('Nothing was thrown.');
	}
	await scene.close();
	return { error, seconds: (Date.now() - startedMs) / 1_000, notes: scene.notes };
}
