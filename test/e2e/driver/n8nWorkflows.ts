// Owns what is done with workflows and executions through n8n's interface. Rule: works on every release in `n8nVersions.ts`.
import { N8nError } from './n8nSession';
import { LONGEST_WAIT_MS, waitFor } from '../../support/waitFor';
import type { IBinaryData, IConnections, INodeExecutionData, IRunExecutionData } from 'n8n-workflow';
import type { Request } from './n8nSession';

const PUBLISH_TIMING = { timeoutMs: LONGEST_WAIT_MS, everyMs: 100 };
const EXECUTION_TIMING = { timeoutMs: LONGEST_WAIT_MS, everyMs: 250 };
/** The most that n8n lists at once. */
const LIST_PAGE = 100;
const FINAL_STATUSES = ['success', 'error', 'crashed', 'canceled'];

export interface Execution {
	id: string;
	/** `success`, `error`, `waiting`, `running`, `crashed`, `canceled`, `new` */
	status: string;
	customData?: Record<string, string>;
	startedAt: string;
	stoppedAt: string;
	/** n8n's run data: `data.resultData.runData[node name][run].data.main[output][item]` */
	data: IRunExecutionData;
}

/** An execution as n8n lists it, without its data. */
interface ListedExecution {
	id: string;
	status: string;
	mode: string;
	createdAt: string;
	startedAt: string | null;
	stoppedAt: string;
}

/** A node as it stands in a workflow. */
export interface WorkflowNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	webhookId?: string;
	[key: string]: unknown;
}

/** A workflow that n8n can be given. */
export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	[key: string]: unknown;
}

export interface SavedWorkflow {
	id: string;
	name: string;
	versionId: string;
	active: boolean;
	nodes: WorkflowNode[];
	connections: IConnections;
}

interface Publication {
	status: string;
	triggers: { status: string; errorMessage?: string }[];
}

/** A run of a node that gave one item. */
const runGiving = (json: object) => ({
	startTime: Date.now(),
	executionTime: 0,
	executionIndex: 0,
	executionStatus: 'success',
	source: [null],
	data: { main: [[{ json }]] },
});

export function workflowCalls(request: Request, requireFromN8n: NodeJS.Require) {
	// The form in which n8n sends an execution's data, and the reader of it that n8n itself has.
	const { parse } = requireFromN8n('flatted');

	const getWorkflow = async (id: string): Promise<SavedWorkflow> => await request('GET', `/rest/workflows/${id}`);

	async function getExecution(id: string): Promise<Execution> {
		const execution = await request<Omit<Execution, 'data'> & { data: string }>('GET', `/rest/executions/${id}`);
		return { ...execution, data: parse(execution.data) };
	}

	/**
	 * Publishing is done when the call returns in n8n 2.8, some time later in 2.41.
	 * @throws {Error} in n8n's words when it was refused
	 */
	async function isPublished(id: string) {
		try {
			const { status, triggers } = await request<Publication>('GET', `/rest/workflows/${id}/publication-status`);
			const refusal = triggers.find((trigger) => trigger.status === 'failed');
			if (refusal !== undefined) throw new Error(`n8n did not publish workflow ${id}: ${refusal.errorMessage}`);
			return status === 'published' ? true : undefined;
		} catch (error) {
			if (error instanceof N8nError && error.status === 404) return true;
			throw error;
		}
	}

	return {
		createWorkflow: async (workflow: object): Promise<SavedWorkflow> =>
			await request('POST', '/rest/workflows', workflow),
		getWorkflow,
		listWorkflows: async (): Promise<{ id: string; name: string; active: boolean }[]> =>
			await request('GET', '/rest/workflows'),
		updateWorkflow: async (id: string, changes: object) =>
			await request('PATCH', `/rest/workflows/${id}`, { ...changes, versionId: (await getWorkflow(id)).versionId }),
		/** Publishes a workflow and waits until its webhooks answer. */
		async activateWorkflow(id: string) {
			const { versionId } = await getWorkflow(id);
			await request('POST', `/rest/workflows/${id}/activate`, { versionId });
			await waitFor(`workflow ${id} to be published`, async () => await isPublished(id), PUBLISH_TIMING);
		},
		deactivateWorkflow: async (id: string) => await request('POST', `/rest/workflows/${id}/deactivate`, {}),
		archiveWorkflow: async (id: string) => await request('POST', `/rest/workflows/${id}/archive`, {}),
		/**
		 * Runs a workflow as the editor's button does.
		 * @param triggerName the node that it starts from
		 * @param given what that node gives instead of being run, as when somebody writes in the editor's chat
		 * @returns the execution's ID
		 */
		async runWorkflow(id: string, triggerName: string, given?: object): Promise<string> {
			const { executionId } = await request<{ executionId: string }>('POST', `/rest/workflows/${id}/run`, {
				// n8n 2.8 runs what it is sent, 2.41 what it has.
				workflowData: await getWorkflow(id),
				triggerToStartFrom: { name: triggerName, ...(given && { data: runGiving(given) }) },
			});
			return executionId;
		},
		/** Listens for a call to a trigger's test address, as the editor does. */
		listenToTrigger: async (id: string, triggerName: string): Promise<{ waitingForWebhook?: boolean }> =>
			await request('POST', `/rest/workflows/${id}/run`, {
				workflowData: await getWorkflow(id),
				triggerToStartFrom: { name: triggerName },
			}),
		getExecution,
		/**
		 * n8n's own way from page to page leaves some out where they did not start in the order of their IDs, so a page goes
		 * on from the start of the last.
		 * @returns newest first, without data
		 */
		async listExecutions(workflowId: string, statuses?: string[], limit: number = 20): Promise<ListedExecution[]> {
			const found = new Map<string, ListedExecution>();
			let startedBefore: string | undefined;
			for (let known = -1; found.size > known && found.size < limit;) {
				known = found.size;
				const filter = JSON.stringify({ workflowId, ...(statuses && { status: statuses }), startedBefore });
				const params = { filter, limit: known === 0 ? Math.min(LIST_PAGE, limit) : LIST_PAGE };
				const { results } = await request<{ results: ListedExecution[] }>('GET', '/rest/executions', undefined, {
					params,
				});
				for (const execution of results) found.set(execution.id, execution);
				if (results.length < params.limit) break;
				const oldest = results.at(-1);
				startedBefore = oldest?.startedAt ?? oldest?.createdAt;
			}
			return [...found.values()].slice(0, limit);
		},
		/** Waits until an execution has one of these statuses, by default until it is over. */
		async waitForExecution(
			id: string,
			{
				statuses = FINAL_STATUSES,
				timeoutMs = EXECUTION_TIMING.timeoutMs,
			}: { statuses?: string[]; timeoutMs?: number } = {},
		): Promise<Execution> {
			const check = async () => {
				const execution = await getExecution(id);
				return statuses.includes(execution.status) ? execution : undefined;
			};
			return await waitFor(`execution ${id} to be ${statuses.join(' or ')}`, check, { ...EXECUTION_TIMING, timeoutMs });
		},
		/**
		 * Retries a failed execution, with the workflow as it is saved now. n8n answers once the new one is over, or waiting.
		 * @returns the new execution's ID
		 */
		retryExecution: async (id: string): Promise<string> =>
			(await request<{ id: string }>('POST', `/rest/executions/${id}/retry`, { loadWorkflow: true })).id,
		stopExecution: async (id: string) => await request('POST', `/rest/executions/${id}/stop`, {}),
	};
}

/** What a node gave in an execution. */
export const itemsOf = (
	execution: Execution,
	nodeName: string,
	{ run = 0, output = 0 }: { run?: number; output?: number } = {},
): INodeExecutionData[] => execution.data.resultData.runData[nodeName]?.[run]?.data?.main?.[output] ?? [];

/**
 * The file that came with an item.
 * @throws {Error} where there is none
 */
export function fileOf(item: INodeExecutionData | undefined): IBinaryData {
	const file = item?.binary?.data;
	if (file === undefined) throw new Error('The item came without a file.');
	return file;
}

/** The error that ended an execution, in n8n's words. */
export function errorOf(execution: Execution): string | undefined {
	const error = execution.data.resultData.error;
	return error && [error.message, error.description].filter(Boolean).join(' ');
}
