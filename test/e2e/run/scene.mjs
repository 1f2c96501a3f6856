// What a scenario works with: n8n, an Akool of its own, and workflows that are started and awaited. Rule: it waits by looking at n8n's list, which
// costs n8n little, and reads a whole execution only once.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import pLimit from 'p-limit';
import { abilitiesOf } from '../driver/abilities.mjs';
import { freePort } from '../driver/ports.mjs';
import { CREDENTIAL_TYPE, accountOf, startSandbox } from '../driver/stage.mjs';
import { PATIENCE_MS, waitFor } from '../driver/waiting.mjs';
import { starter } from './starting.mjs';

const CREDITS = 1_000_000;
/** Akool goes on calling until it is heard, however long n8n takes to listen. */
const CALLBACK_REPEATS = { repeatCallbackSeconds: 0.5, callbackTries: Infinity };
const FINAL_STATUSES = ['success', 'error', 'crashed', 'canceled'];
const EXECUTION_TIMEOUT_MS = PATIENCE_MS;
const LOOK_EVERY_MS = 400;
const AT_ONCE = 4;

/** @typedef {ReturnType<typeof openScene>} Scene */
/** @typedef {import('../../sandbox/index.js').Sandbox} Sandbox */
/** @typedef {import('../driver/n8nNodes.mjs').Credential} Credential */
/** @typedef {{ sandbox: Sandbox, credential: Credential, imageUrl: string }} Akool */
/** @typedef {import('../driver/n8nWorkflows.mjs').Execution} Execution */
/**
 * @typedef {object} Started an execution under way
 * @property {string} workflowId
 * @property {string} id
 * @property {() => Promise<string>} status as n8n's list shows it
 * @property {(statuses: string[], timeoutMs?: number) => Promise<void>} reaches waits until n8n's list shows one of these statuses
 * @property {(timeoutMs?: number) => Promise<Execution>} ends waits until it is over, and reads it
 */

/** @param {import('../driver/stage.mjs').Stage} stage */
export function openScene(stage) {
	const { client } = stage;
	const starting = starter(stage);
	/** @type {Sandbox[]} */
	const sandboxes = [];
	/** @type {string[]} */
	const notes = [];

	/** @type {Credential[]} */
	const credentials = [];

	/** @param {Sandbox} sandbox @param {Partial<import('../driver/stage.mjs').AkoolAccount>} [changes] */
	const credentialFor = async (sandbox, changes) => {
		const credential = await client.createCredential({
			name: `Akool ${randomUUID()}`,
			type: CREDENTIAL_TYPE,
			data: { ...accountOf(sandbox), ...changes },
		});
		credentials.push(credential);
		return credential;
	};

	/** What is to be undone when all is over. @type {(() => Promise<void>)[]} */
	const undoing = [];

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

	/** @param {string} workflowId @param {string} id @returns {Started} */
	function started(workflowId, id) {
		const status = async () => {
			const found = (await client.listExecutions(workflowId)).find((execution) => execution.id === id);
			return found?.status ?? 'unknown';
		};
		/** @type {Started['reaches']} */
		const reaches = async (statuses, timeoutMs = EXECUTION_TIMEOUT_MS) => {
			let last = '';
			const look = async () => {
				last = await status();
				if (FINAL_STATUSES.includes(last) && !statuses.includes(last))
					throw new Error(`Execution ${id} is ${last} instead of ${statuses.join(' or ')}.`);
				return statuses.includes(last) ? true : undefined;
			};
			await waitFor(`execution ${id} to be ${statuses.join(' or ')}`, look, {
				timeoutMs,
				everyMs: LOOK_EVERY_MS,
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
		stage,
		client,
		notes,
		/** Adds a line to what is told of this scenario. @param {string} text */
		note: (text) => void notes.push(text),
		credentialFor,
		/** In what this n8n is unlike others. */
		can: abilitiesOf(stage),
		/** What all of n8n has printed. @returns {Promise<string>} */
		log: async () =>
			(await Promise.all(stage.processes.map(async ({ logFile }) => await readFile(logFile, 'utf8')))).join('\n'),
		/** The process that runs an execution, by what its log says. @param {string} id @returns {Promise<import('../driver/members.mjs').Member>} */
		async processOf(id) {
			const [main, ...others] = stage.processes;
			for (const process of others) {
				if ((await readFile(process.logFile, 'utf8')).includes(`Worker started execution ${id} `)) return process;
			}
			if (main === undefined || others.length > 0) throw new Error(`No worker says that it runs execution ${id}.`);
			return main;
		},
		/**
		 * An Akool, and a credential for it.
		 * @param {import('../../sandbox/world.js').SandboxOptions} [options] @param {Partial<import('../driver/stage.mjs').AkoolAccount>} [account]
		 * @returns {Promise<Akool>}
		 */
		async akool(options, account) {
			// A port that was used before would have n8n remember the lists of the Akool that was there.
			const sandbox = await startSandbox({ port: await freePort(), credits: CREDITS, ...CALLBACK_REPEATS, ...options });
			sandboxes.push(sandbox);
			return {
				sandbox,
				credential: await credentialFor(sandbox, account),
				imageUrl: `${sandbox.url}/files/product.png`,
			};
		},
		/** Saves a workflow and starts it. @param {object} workflow @param {import('./starting.mjs').StartedBy} [by] @returns {Promise<Started>} */
		async start(workflow, by) {
			const { workflowId, id } = await starting.start(workflow, by);
			return started(workflowId, id);
		},
		/** Starts a saved workflow once more. @param {string} workflowId @returns {Promise<Started>} */
		async startAgain(workflowId) {
			const { id } = await starting.startAgain(workflowId);
			return started(workflowId, id);
		},
		/** @param {string} workflowId @param {string} id */
		started,
		/** Runs a workflow to its end. @param {object} workflow @param {number} [timeoutMs] @returns {Promise<Execution>} */
		async run(workflow, timeoutMs) {
			return await (await this.start(workflow)).ends(timeoutMs);
		},
		/** Has something done when the scenario is over. @param {() => Promise<void>} undo */
		atClose: (undo) => void undoing.push(undo),
		/** What must not be read anywhere. @returns {string[]} */
		secrets: () => sandboxes.flatMap(({ apiKey, clientId }) => [apiKey, clientId]),
		async close() {
			await tidyUp();
			await Promise.all(sandboxes.map(async (sandbox) => await sandbox.close()));
		},
	};
}
