// Owns what is done with workflows and executions through n8n's interface. Rule: works on every release in `n8nVersions.mjs`.
import { N8nError } from './n8nSession.mjs';
import { PATIENCE_MS, waitFor } from './waiting.mjs';

const PUBLISH_TIMING = { timeoutMs: PATIENCE_MS, everyMs: 100 };
const EXECUTION_TIMING = { timeoutMs: PATIENCE_MS, everyMs: 250 };
/** The most that n8n lists at once. */
const LIST_PAGE = 100;
const FINAL_STATUSES = ['success', 'error', 'crashed', 'canceled'];

/**
 * @typedef {object} Execution
 * @property {string} id
 * @property {string} status `success`, `error`, `waiting`, `running`, `crashed`, `canceled`, `new`
 * @property {Record<string, string>} [customData]
 * @property {string} startedAt
 * @property {string} stoppedAt
 * @property {any} data n8n's run data: `data.resultData.runData[node name][run].data.main[output][item]`
 */

/** A run of a node that gave one item. @param {object} json */
const runGiving = (json) => ({
	startTime: Date.now(),
	executionTime: 0,
	executionIndex: 0,
	executionStatus: 'success',
	source: [null],
	data: { main: [[{ json }]] },
});

/** @param {import('./n8nSession.mjs').Request} request @param {NodeJS.Require} requireFromN8n */
export function workflowCalls(request, requireFromN8n) {
	// The form in which n8n sends an execution's data, and the reader of it that n8n itself has.
	const { parse } = requireFromN8n('flatted');

	/** @param {string} id */
	const getWorkflow = async (id) => await request('GET', `/rest/workflows/${id}`);

	/** @param {string} id @returns {Promise<Execution>} */
	async function getExecution(id) {
		const execution = await request('GET', `/rest/executions/${id}`);
		return { ...execution, data: parse(execution.data) };
	}

	/** Publishing is done when the call returns in n8n 2.8, some time later in 2.41. @param {string} id @throws {Error} in n8n's words when it was refused */
	async function isPublished(id) {
		try {
			const { status, triggers } = await request('GET', `/rest/workflows/${id}/publication-status`);
			const refusal = triggers.find((/** @type {any} */ trigger) => trigger.status === 'failed');
			if (refusal !== undefined) throw new Error(`n8n did not publish workflow ${id}: ${refusal.errorMessage}`);
			return status === 'published' ? true : undefined;
		} catch (error) {
			if (error instanceof N8nError && error.status === 404) return true;
			throw error;
		}
	}

	return {
		/** @param {object} workflow @returns {Promise<any>} with its `id` and `versionId` */
		createWorkflow: async (workflow) => await request('POST', '/rest/workflows', workflow),
		getWorkflow,
		/** @returns {Promise<{ id: string, name: string, active: boolean }[]>} */
		listWorkflows: async () => await request('GET', '/rest/workflows'),
		/** @param {string} id @param {object} changes */
		updateWorkflow: async (id, changes) =>
			await request('PATCH', `/rest/workflows/${id}`, { ...changes, versionId: (await getWorkflow(id)).versionId }),
		/** Publishes a workflow and waits until its webhooks answer. @param {string} id */
		async activateWorkflow(id) {
			const { versionId } = await getWorkflow(id);
			await request('POST', `/rest/workflows/${id}/activate`, { versionId });
			await waitFor(`workflow ${id} to be published`, async () => await isPublished(id), PUBLISH_TIMING);
		},
		/** @param {string} id */
		deactivateWorkflow: async (id) => await request('POST', `/rest/workflows/${id}/deactivate`, {}),
		/**
		 * Runs a workflow as the editor's button does.
		 * @param {string} id @param {string} triggerName the node that it starts from
		 * @param {object} [given] what that node gives instead of being run, as when somebody writes in the editor's chat
		 * @returns {Promise<string>} the execution's ID
		 */
		async runWorkflow(id, triggerName, given) {
			const { executionId } = await request('POST', `/rest/workflows/${id}/run`, {
				// n8n 2.8 runs what it is sent, 2.41 what it has.
				workflowData: await getWorkflow(id),
				triggerToStartFrom: { name: triggerName, ...(given && { data: runGiving(given) }) },
			});
			return executionId;
		},
		/**
		 * Listens for a call to a trigger's test address, as the editor does.
		 * @param {string} id @param {string} triggerName
		 * @returns {Promise<{ waitingForWebhook?: boolean }>}
		 */
		listenToTrigger: async (id, triggerName) =>
			await request('POST', `/rest/workflows/${id}/run`, {
				workflowData: await getWorkflow(id),
				triggerToStartFrom: { name: triggerName },
			}),
		getExecution,
		/**
		 * n8n's own way from page to page leaves some out where they did not start in the order of their IDs, so a page goes on from the start of the last.
		 * @param {string} workflowId @param {string[]} [statuses] @param {number} [limit]
		 * @returns {Promise<{ id: string, status: string, mode: string, startedAt: string, stoppedAt: string }[]>} newest first, without data
		 */
		async listExecutions(workflowId, statuses, limit = 20) {
			/** @type {Map<string, any>} */
			const found = new Map();
			/** @type {string | undefined} */
			let startedBefore;
			for (let known = -1; found.size > known && found.size < limit;) {
				known = found.size;
				const filter = JSON.stringify({ workflowId, ...(statuses && { status: statuses }), startedBefore });
				const params = { filter, limit: known === 0 ? Math.min(LIST_PAGE, limit) : LIST_PAGE };
				const { results } = await request('GET', '/rest/executions', undefined, { params });
				for (const execution of results) found.set(execution.id, execution);
				if (results.length < params.limit) break;
				startedBefore = results.at(-1).startedAt ?? results.at(-1).createdAt;
			}
			return [...found.values()].slice(0, limit);
		},
		/**
		 * Waits until an execution has one of these statuses, by default until it is over.
		 * @param {string} id @param {{ statuses?: string[], timeoutMs?: number }} [options]
		 * @returns {Promise<Execution>}
		 */
		async waitForExecution(id, { statuses = FINAL_STATUSES, timeoutMs = EXECUTION_TIMING.timeoutMs } = {}) {
			const look = async () => {
				const execution = await getExecution(id);
				return statuses.includes(execution.status) ? execution : undefined;
			};
			return await waitFor(`execution ${id} to be ${statuses.join(' or ')}`, look, { ...EXECUTION_TIMING, timeoutMs });
		},
		/**
		 * Retries a failed execution, with the workflow as it is saved now. n8n answers once the new one is over, or asleep.
		 * @param {string} id @returns {Promise<string>} the new execution's ID
		 */
		retryExecution: async (id) => (await request('POST', `/rest/executions/${id}/retry`, { loadWorkflow: true })).id,
		/** @param {string} id */
		stopExecution: async (id) => await request('POST', `/rest/executions/${id}/stop`, {}),
	};
}

/**
 * What a node gave in an execution.
 * @param {Execution} execution @param {string} nodeName @param {{ run?: number, output?: number }} [place]
 * @returns {{ json: any, binary?: any }[]}
 */
export const itemsOf = (execution, nodeName, { run = 0, output = 0 } = {}) =>
	execution.data.resultData.runData[nodeName]?.[run]?.data?.main?.[output] ?? [];

/** The error that ended an execution, in n8n's words. @param {Execution} execution @returns {string | undefined} */
export function errorOf(execution) {
	const error = execution.data.resultData.error;
	return error && [error.message, error.description].filter(Boolean).join(' ');
}
