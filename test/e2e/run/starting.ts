// How a scenario's workflow is started. Rule: as those start it who have such an n8n. In one process, that is the editor's button; in queue mode, a
// call to the published workflow, which goes through the webhook processor to a worker.
import { randomUUID } from 'node:crypto';
import { LONGEST_WAIT_MS, waitFor } from '../../support/waitFor';
import { postTo } from './calls';
import { START } from './workflows';
import type { TestEnvironment } from '../driver/environment';
import type { Workflow } from '../driver/n8nWorkflows';

const EVERY_MOMENT = { timeoutMs: LONGEST_WAIT_MS, everyMs: 100 };

export type StartedBy = 'button' | 'call';

const withWebhook = (workflow: Workflow, path: string) => ({
	...workflow,
	nodes: workflow.nodes.map((node) =>
		node.name === START
			? {
					...node,
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					webhookId: path,
					parameters: { path, httpMethod: 'POST', options: {} },
				}
			: node,
	),
});

export function starter({ client, url, shape }: TestEnvironment) {
	/** The addresses of the published workflows. */
	const addresses: Map<string, string> = new Map();

	const idsOf = async (workflowId: string) => (await client.listExecutions(workflowId)).map(({ id }) => id);

	async function call(workflowId: string, address: string): Promise<string> {
		const known = new Set(await idsOf(workflowId));
		const [status] = await postTo(address, {});
		if (status !== 200) throw new Error(`The workflow's own webhook answered ${status}.`);
		const check = async () => (await idsOf(workflowId)).find((id) => !known.has(id));
		return await waitFor(`an execution of workflow ${workflowId}`, check, EVERY_MOMENT);
	}

	return {
		/** Saves a workflow and starts it. */
		async start(
			workflow: Workflow,
			by: StartedBy = shape === 'queue' ? 'call' : 'button',
		): Promise<{ workflowId: string; id: string }> {
			if (by === 'button') {
				const { id: workflowId } = await client.createWorkflow(workflow);
				return { workflowId, id: await client.runWorkflow(workflowId, START) };
			}
			const path = randomUUID();
			const { id: workflowId } = await client.createWorkflow(withWebhook(workflow, path));
			await client.activateWorkflow(workflowId);
			addresses.set(workflowId, `${url}/webhook/${path}`);
			return { workflowId, id: await call(workflowId, `${url}/webhook/${path}`) };
		},
		/** Starts a workflow once more, as it was started before. */
		async startAgain(workflowId: string): Promise<{ workflowId: string; id: string }> {
			const address = addresses.get(workflowId);
			return {
				workflowId,
				id: address === undefined ? await client.runWorkflow(workflowId, START) : await call(workflowId, address),
			};
		},
		/** The ways to unpublish what was published, so that n8n need not take care of it any longer. */
		published: (): (() => Promise<void>)[] =>
			[...addresses.keys()].map((id) => async () => void (await client.deactivateWorkflow(id))),
	};
}
