// Sets the stage for scenarios: n8n with the packed package, and an Akool behind the proxy through which n8n reaches other hosts. Rule: what is set up
// here is taken down by its `strike`, also where the rest could not be set up.
import { realpath } from 'node:fs/promises';
import { TARGET_N8N } from '../../../scripts/lib/n8nVersions';
import { step } from '../../../scripts/lib/steps';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary';
import { accountOf, openStage, prepare, startSandbox } from '../driver/stage';
import type { ShapeName } from '../driver/shapes';
import type { Stage } from '../driver/stage';
import { clearEvidence, keepLogs } from './evidence';

export type SetStage = { stage: Stage; tarball: string; strike: () => Promise<void> };

/** @param options `name` is that of n8n's log, and of the folder for what is kept of failures */
export async function setStage({
	name,
	version = TARGET_N8N,
	shape = 'regular',
}: {
	name: string;
	version?: string;
	shape?: ShapeName;
}): Promise<SetStage> {
	await clearEvidence(name);
	const { install, tarball } = await prepare(version);
	const akool = await startSandbox();
	// Hosts that are not on this machine are reached through this proxy: so there is an Akool with a public address as well.
	const env = { HTTP_PROXY: akool.url };
	const saved = await makeTemporaryFolder('akool-saved-');
	const savedFolder = await realpath(saved.path);
	const open = async () =>
		await openStage({ name, install, tarball, account: accountOf(akool), env, savedFolder, shape });
	const stage = await step(
		`Start n8n with the package, ${shape === 'queue' ? 'in queue mode' : 'in one process'}`,
		open,
	).catch(async (error) => {
		// An Akool that goes on would keep this process alive.
		await akool.close();
		await saved.remove();
		console.error(`n8n's logs: ${await keepLogs(name)}`);
		throw error;
	});
	const strike = async () => {
		await stage.close();
		await akool.close();
		await saved.remove();
	};
	return { stage, tarball, strike };
}
