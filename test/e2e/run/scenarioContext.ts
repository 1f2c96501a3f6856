// What a scenario works with: n8n, an Akool of its own, and workflows that are started and awaited. Rule: it waits by polling n8n's list, which
// costs n8n little, and reads a whole execution only once.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import pLimit from 'p-limit';
import { capabilitiesOf } from '../driver/capabilities';
import { freePort } from '../driver/ports';
import { CREDENTIAL_TYPE, accountOf, startSandbox } from '../driver/environment';
import { LONGEST_WAIT_MS, waitFor } from '../../support/waitFor';
import { starter } from './starting';
import type { AkoolAccount, TestEnvironment } from '../driver/environment';
import type { ManagedProcess } from '../driver/managedProcess';
import type { SandboxOptions } from '../../sandbox/types';
import type { StartedBy } from './starting';
import type { Sandbox } from '../../sandbox';
import type { Credential } from '../driver/n8nNodes';
import type { Execution, Workflow } from '../driver/n8nWorkflows';
import { addedTo, asJson } from './evidence';
import type { Evidence, EvidenceWriter } from './evidence';
import { openEditor } from '../driver/editor/editor';
import type { Editor } from '../driver/editor/editor';

const CREDITS = 1_000_000;
/** Akool gives up after the third try, which here come sooner than there. */
const CALLBACK_REPEATS = { repeatCallbackSeconds: 0.5, callbackTries: 3 };
const FINAL_STATUSES = ['success', 'error', 'crashed', 'canceled'];
const EXECUTION_TIMEOUT_MS = LONGEST_WAIT_MS;
const POLL_EVERY_MS = 400;
const EVERY_MOMENT = { timeoutMs: LONGEST_WAIT_MS, everyMs: POLL_EVERY_MS };
const AT_ONCE = 4;

export type ScenarioContext = ReturnType<typeof openScenarioContext>;
export type Akool = { sandbox: Sandbox; credential: Credential; imageUrl: string };
/** an execution under way */
export interface Started {
	workflowId: string;
	id: string;
	/** as n8n's list shows it */
	status: () => Promise<string>;
	/** waits until n8n's list shows one of these statuses */
	reaches: (statuses: string[], timeoutMs?: number) => Promise<void>;
	/** waits until it is over, and reads it */
	ends: (timeoutMs?: number) => Promise<Execution>;
}

export function openScenarioContext(environment: TestEnvironment) {
	const { client } = environment;
	const starting = starter(environment);
	const sandboxes: Sandbox[] = [];
	const notes: string[] = [];

	const credentials: Credential[] = [];

	const credentialFor = async (sandbox: Sandbox, changes?: Partial<AkoolAccount>) => {
		const credential = await client.createCredential({
			name: `Akool ${randomUUID()}`,
			type: CREDENTIAL_TYPE,
			data: { ...accountOf(sandbox), ...changes },
		});
		credentials.push(credential);
		return credential;
	};

	const executionIds = new Set<string>();
	const editors: Editor[] = [];
	const logs = environment.processes.map(({ name, logFile }): [string, EvidenceWriter] => [
		`n8n-${name.replace(' ', '-')}.log`,
		addedTo(logFile),
	]);

	/** What there is to be kept if the scenario fails. */
	const evidence = (): Evidence =>
		Object.fromEntries([
			...logs,
			...[...executionIds].map((id): [string, EvidenceWriter] => [
				`execution-${id}.json`,
				asJson(async () => await client.getExecution(id)),
			]),
			...sandboxes.map(({ settings, jobs, requests, callbacks }, index): [string, EvidenceWriter] => [
				`akool-${index + 1}.json`,
				asJson(() => ({ settings, jobs, requests, callbacks })),
			]),
			...editors.flatMap((editor, index): [string, EvidenceWriter][] => [
				[`screen-${index + 1}.png`, async (path) => await editor.screenshot(path)],
				[`trace-${index + 1}.zip`, async (path) => await editor.saveTrace(path)],
			]),
		]);

	/** What all of n8n has printed. */
	const log = async (): Promise<string> =>
		(await Promise.all(environment.processes.map(async ({ logFile }) => await readFile(logFile, 'utf8')))).join('\n');

	/** What is to be undone when all is over. */
	const undoing: (() => Promise<void>)[] = [];

	/**
	 * Takes away what n8n would go on with: published workflows, and credentials, of which the editor draws every one. What stays does no harm, and what a
	 * scenario has found out counts, not how n8n tidies up.
	 */
	const tidyUp = async () => {
		const limit = pLimit(AT_ONCE);
		await Promise.all(
			[...starting.published(), ...undoing].map(
				async (undo) => await limit(async () => await undo().catch(() => undefined)),
			),
		);
		await Promise.all(
			credentials.map(
				async (credential) => await limit(async () => await client.deleteCredential(credential).catch(() => undefined)),
			),
		);
	};

	function started(workflowId: string, id: string): Started {
		executionIds.add(id);
		const status = async () => {
			const found = (await client.listExecutions(workflowId)).find((execution) => execution.id === id);
			return found?.status ?? 'unknown';
		};
		const reaches: Started['reaches'] = async (statuses, timeoutMs = EXECUTION_TIMEOUT_MS) => {
			let last = '';
			const check = async () => {
				last = await status();
				if (FINAL_STATUSES.includes(last) && !statuses.includes(last))
					throw new Error(`Execution ${id} is ${last} instead of ${statuses.join(' or ')}.`);
				return statuses.includes(last) ? true : undefined;
			};
			await waitFor(`execution ${id} to be ${statuses.join(' or ')}`, check, {
				timeoutMs,
				everyMs: POLL_EVERY_MS,
			}).catch((error) => {
				throw new Error(`${error.message} It is ${last}.`, { cause: error });
			});
		};
		return {
			workflowId,
			id,
			status,
			reaches,
			ends: async (timeoutMs) => {
				await reaches(FINAL_STATUSES, timeoutMs);
				return await client.getExecution(id);
			},
		};
	}

	return {
		environment,
		client,
		notes,
		/** Adds a line to the report of this scenario. */
		note: (text: string) => void notes.push(text),
		credentialFor,
		/** In what this n8n is unlike others. */
		can: capabilitiesOf(environment),
		log,
		/** Waits until n8n has printed each of these texts: on a busy machine its lines come late. */
		async untilLogged(texts: readonly string[]): Promise<void> {
			const isLogged = async () => {
				const printed = await log();
				return texts.every((text) => printed.includes(text)) ? true : undefined;
			};
			await waitFor(`n8n's log to name ${texts.join(', ')}`, isLogged, EVERY_MOMENT);
		},
		/** The process that runs an execution, by what its log says. */
		async processOf(id: string): Promise<ManagedProcess> {
			const [main, ...others] = environment.processes;
			if (main !== undefined && others.length === 0) return main;
			const find = async () => {
				for (const process of others) {
					if ((await readFile(process.logFile, 'utf8')).includes(`Worker started execution ${id} `)) return process;
				}
				return undefined;
			};
			return await waitFor(`a worker to say that it runs execution ${id}`, find, EVERY_MOMENT);
		},
		/** An Akool, and a credential for it. */
		async akool(options?: SandboxOptions, account?: Partial<AkoolAccount>): Promise<Akool> {
			// A port that was used before would have n8n remember the lists of the Akool that was there.
			const sandbox = await startSandbox({ port: await freePort(), credits: CREDITS, ...CALLBACK_REPEATS, ...options });
			sandboxes.push(sandbox);
			return {
				sandbox,
				credential: await credentialFor(sandbox, account),
				imageUrl: `${sandbox.url}/files/product.png`,
			};
		},
		/** The editor in a browser, until the scenario is over. */
		async openEditor(): Promise<Editor> {
			const editor = await openEditor(environment, { isTraced: true });
			editors.push(editor);
			return editor;
		},
		evidence,
		/** Saves a workflow and starts it. */
		async start(workflow: Workflow, by?: StartedBy): Promise<Started> {
			const { workflowId, id } = await starting.start(workflow, by);
			return started(workflowId, id);
		},
		/** Starts a saved workflow once more. */
		async startAgain(workflowId: string): Promise<Started> {
			const { id } = await starting.startAgain(workflowId);
			return started(workflowId, id);
		},
		started,
		/** Runs a workflow to its end. */
		async run(workflow: Workflow, timeoutMs?: number): Promise<Execution> {
			return await (await this.start(workflow)).ends(timeoutMs);
		},
		/** Has something done when the scenario is over. */
		atClose: (undo: () => Promise<void>) => void undoing.push(undo),
		/** What must not be read anywhere. */
		secrets: (): string[] => sandboxes.flatMap(({ apiKey, clientId }) => [apiKey, clientId]),
		async close() {
			await Promise.all(editors.map(async (editor) => await editor.close()));
			await tidyUp();
			await Promise.all(sandboxes.map(async (sandbox) => await sandbox.close()));
		},
	};
}
