// Performs one scenario on a stage and tells of it. Rules: whatever becomes of it, its scene is closed; and whatever it was about, no key may stand in
// what n8n has printed.
import assert from 'node:assert/strict';
import { openScene } from './scene';
import type { Scene } from './scene';
import type { Stage } from '../driver/stage';
import type { Scenario } from './scenario';
import { keepEvidence } from './evidence';

/** What makes the address of a waiting execution, or of an image, a secret. */
const SECRET_IN_LINK = /[?&](signature|token)=[\w%.-]{8,}/;

async function assertNothingLeaked(scene: Scene) {
	const log = await scene.log();
	assert.ok(!scene.secrets().some((secret) => log.includes(secret)), 'a key of the credential stands in n8n’s log');
	assert.equal(SECRET_IN_LINK.exec(log), null, 'a secret address stands in n8n’s log');
}

/** @returns `error`: what it found wrong; `evidence`: the folder where it is kept */
export async function performScenario(
	stage: Stage,
	{ title, work }: Scenario,
): Promise<{ error?: unknown; evidence?: string; seconds: number; notes: readonly string[] }> {
	const scene = openScene(stage);
	const startedMs = Date.now();
	let error: unknown;
	let evidence: string | undefined;
	try {
		await work(scene);
		await assertNothingLeaked(scene);
	} catch (thrown) {
		error = thrown ?? new Error('Nothing was thrown.');
		evidence = await keepEvidence(stage.name, title, error, scene.evidence());
	}
	await scene.close();
	return { error, evidence, seconds: (Date.now() - startedMs) / 1_000, notes: scene.notes };
}
