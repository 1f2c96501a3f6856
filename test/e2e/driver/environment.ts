// Owns the set-up that demo, screenshots and end-to-end tests share: the packed package in a fresh n8n, an owner, a credential, and an Akool that runs
// here. Rule: the user folder lies outside the repository, where the package finds n8n's modules and never this repository's own.
import { randomBytes } from 'node:crypto';
import { build } from '../../../scripts/lib/building';
import { ensureN8n } from '../../../scripts/lib/n8nInstall';
import { pack } from '../../../scripts/lib/packing';
import { step } from '../../../scripts/lib/steps';
import { createN8nClient } from './n8nClient';
import { SHAPES } from './shapes';
import type { N8nInstall } from '../../../scripts/lib/n8nInstall';
import type { Owner } from './n8nSession';
import type { ShapeName } from './shapes';
import type { Ending, ManagedProcess } from './managedProcess';
import type { N8nClient } from './n8nClient';
import type { Credential } from './n8nNodes';

export const NODE_TYPE = 'n8n-nodes-akool.akoolImageToVideo';
export const TRIGGER_TYPE = 'n8n-nodes-akool.akoolImageToVideoTrigger';
/** For n8n's environment: Code nodes run, in a process that n8n keeps for them. Without it there is none, which saves 110 MB. */
export const WITH_CODE_NODES = { N8N_RUNNERS_MODE: 'internal' };
export const CREDENTIAL_TYPE = 'akoolApi';

export type AkoolAccount = {
	authentication?: 'apiKey' | 'accessToken';
	apiKey: string;
	clientId?: string;
	baseUrl: string;
};

/**
 * Prepares what an environment needs: an n8n, and the package as it would be published now.
 * @param version of n8n, the target unless given
 */
export async function prepare(version?: string): Promise<{ install: N8nInstall; tarball: string }> {
	const buildAndPack = async () => {
		await step('Build', build);
		return await step('Pack', pack);
	};
	const [install, { tarball }] = await Promise.all([ensureN8n(version), buildAndPack()]);
	return { install, tarball };
}

/** Starts the Akool that runs here. */
export { startSandbox } from '../../sandbox';

export const accountOf = ({
	apiKey,
	clientId,
	url,
}: {
	apiKey: string;
	clientId: string;
	url: string;
}): AkoolAccount => ({ authentication: 'apiKey', apiKey, clientId, baseUrl: url });

/** An owner with a password that nobody else has. */
const newOwner = (): Owner => ({
	email: 'demo@example.com',
	// n8n asks for a capital letter and a digit.
	password: `Demo-1-${randomBytes(6).toString('hex')}`,
	firstName: 'Demo',
	lastName: 'Owner',
});

export interface TestEnvironment {
	/** n8n's, for the editor, its interface and webhooks alike */
	url: string;
	/** what its logs, and what is kept of failures, are named after */
	name: string;
	shape: ShapeName;
	/** of n8n */
	version: string;
	/** of the Node.js that it runs on */
	nodeVersion: string;
	/** what n8n consists of, the main process first */
	processes: ManagedProcess[];
	client: N8nClient;
	owner: Owner;
	credential: Credential;
	/** the main process's */
	userFolder: string;
	/** where workflows may write files */
	savedFolder?: string;
	/** what the main process prints */
	logFile: string;
	/** ends all of n8n and starts it again on the same ports with the same data; the session goes on */
	restart: (ending?: Ending) => Promise<void>;
	/** ends all that was started and removes its data */
	close: () => Promise<void>;
}

interface EnvironmentOptions {
	/** n8n's log is `.runtime/logs/<name>.log`; further processes have their names in those of their logs */
	name: string;
	/** from `prepare` */
	install: N8nInstall;
	/** from `prepare` */
	tarball: string;
	account: AkoolAccount;
	/** added to n8n's environment */
	env?: Record<string, string>;
	/** where workflows may write files, as a path without symbolic links, which n8n does not follow there */
	savedFolder?: string;
	/** `regular` unless given */
	shape?: ShapeName;
}

/** Sets up an n8n that has the package, an owner who is logged in, and a credential. */
export async function startEnvironment({
	name,
	install,
	tarball,
	account,
	env: settings,
	savedFolder,
	shape = 'regular',
}: EnvironmentOptions): Promise<TestEnvironment> {
	const env = { ...settings, ...(savedFolder !== undefined && { N8N_RESTRICT_FILE_ACCESS_TO: savedFolder }) };
	const undoing: (() => Promise<void>)[] = [];
	const close = async () => {
		for (let undo = undoing.pop(); undo !== undefined; undo = undoing.pop()) await undo();
	};
	try {
		const { url, processes } = await SHAPES[shape](
			{ logName: name, install, tarball, env },
			(undo) => void undoing.push(undo),
		);
		const [main] = processes;
		if (main === undefined) throw new Error('n8n consists of nothing.');
		const client = createN8nClient({ url, install });
		const owner = newOwner();
		await client.setUpOwner(owner);
		const credential = await client.createCredential({ name: 'Akool account', type: CREDENTIAL_TYPE, data: account });
		const restart: TestEnvironment['restart'] = async (ending) =>
			void (await Promise.all(processes.map(async (process) => await process.restart(ending))));
		const { userFolder, logFile } = main;
		const { version, nodeVersion } = install;
		return {
			url,
			name,
			shape,
			version,
			nodeVersion,
			processes,
			client,
			owner,
			credential,
			userFolder,
			savedFolder,
			logFile,
			restart,
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
