// What a scenario is: a sentence about behaviour, and the work that shows it in a real n8n. Rule: a scenario has an Akool of its own, so that those
// that run side by side share nothing but n8n.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../../scripts/lib/paths.mjs';

const FOLDER = join(ROOT, 'test', 'e2e', 'scenarios');

/**
 * How a scenario runs. `long`: it mostly waits, so all of these run from the start; `short`: some at a time beside them; `alone`: with n8n to
 * itself, because it measures, loads or restarts it, or looks at it in a browser.
 * @typedef {'long' | 'short' | 'alone'} Lane
 * @typedef {(scene: import('./scene.mjs').Scene) => Promise<void>} Work
 * @typedef {{ title: string, lane: Lane, work: Work }} Scenario
 */

/** @type {Scenario[]} */
const scenarios = [];

/** @param {string} title @param {Work} work @param {{ lane?: Lane }} [options] */
export function scenario(title, work, { lane = 'short' } = {}) {
	scenarios.push({ title, lane, work });
}

/** Gives all scenarios that there are. */
export async function loadScenarios() {
	for (const file of (await readdir(FOLDER)).sort()) await import(pathToFileURL(join(FOLDER, file)).href);
	return scenarios;
}
