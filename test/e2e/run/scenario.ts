// What a scenario is: a sentence about behavior, and the work that shows it in a real n8n. Rule: a scenario has an Akool of its own, so that those
// that run side by side share nothing but n8n.
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/lib/paths';
import type { ScenarioContext } from './scenarioContext';

const FOLDER = join(ROOT, 'test', 'e2e', 'scenarios');
const loadFile = createRequire(__filename);

/**
 * How a scenario runs. `long`: it mostly waits, so all of these run from the start; `short`: some at a time beside them; `alone`: with n8n to
 * itself, because it measures, loads or restarts it, or opens it in a browser.
 */
export type Group = 'long' | 'short' | 'alone';
type Work = (context: ScenarioContext) => Promise<void>;
export type Scenario = { title: string; group: Group; work: Work };

const scenarios: Scenario[] = [];

export function scenario(title: string, work: Work, { group = 'short' }: { group?: Group } = {}) {
	scenarios.push({ title, group, work });
}

/** Gives all scenarios that there are. */
export async function loadScenarios() {
	for (const file of (await readdir(FOLDER)).sort()) loadFile(join(FOLDER, file));
	return scenarios;
}
