// Sets up what scenarios run in: n8n with the packed package, and an Akool behind the proxy through which n8n reaches other hosts. Rule: what is set up
// here is taken down by its `tearDown`, also where the rest could not be set up.
import { realpath } from 'node:fs/promises';
import { TARGET_N8N } from '../../../scripts/lib/n8nVersions';
import { step } from '../../../scripts/lib/steps';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary';
import { accountOf, startEnvironment, prepare, startSandbox } from '../driver/environment';
import type { ShapeName } from '../driver/shapes';
import type { TestEnvironment } from '../driver/environment';
import { clearEvidence, keepLogs } from './evidence';

export type EnvironmentSetup = { environment: TestEnvironment; tarball: string; tearDown: () => Promise<void> };

/** @param options `name` is that of n8n's log, and of the folder for what is kept of failures */
export async function setUpEnvironment({
	name,
	version = TARGET_N8N,
	shape = 'regular',
}: {
	name: string;
	version?: string;
	shape?: ShapeName;
}): Promise<EnvironmentSetup> {
	await clearEvidence(name);
	const { install, tarball } = await prepare(version);
	const akool = await startSandbox();
	// Hosts that are not on this machine are reached through this proxy: so there is an Akool with a public address as well.
	const env = { HTTP_PROXY: akool.url };
	const saved = await makeTemporaryFolder('akool-saved-');
	const savedFolder = await realpath(saved.path);
	const open = async () =>
		await startEnvironment({ name, install, tarball, account: accountOf(akool), env, savedFolder, shape });
	const environment = await step(
		`Start n8n with the package, ${shape === 'queue' ? 'in queue mode' : 'in one process'}`,
		open,
	).catch(async (error) => {
		// An Akool that keeps running would keep this process alive.
		await akool.close();
		await saved.remove();
		console.error(`n8n's logs: ${await keepLogs(name)}`);
		throw error;
	});
	const tearDown = async () => {
		await environment.close();
		await akool.close();
		await saved.remove();
	};
	return { environment, tarball, tearDown };
}
