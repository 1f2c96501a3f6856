// How a scenario's workflow is started. Rule: as those start it who have such an n8n. In one process, that is the editor's button; in queue mode, a
// call to the published workflow, which goes through the webhook processor to a worker.
import { randomUUID } from 'node:crypto';
import { PATIENCE_MS, waitFor } from '../driver/waiting.mjs';
import { postTo } from './calls.mjs';
import { START } from './workflows.mjs';

const LOOK = { timeoutMs: PATIENCE_MS, everyMs: 100 };

/** @typedef {'button' | 'call'} StartedBy */
/** @typedef {{ nodes: readonly { name: string, [key: string]: unknown }[], [key: string]: unknown }} Workflow */

/** @param {Workflow} workflow @param {string} path */
const withWebhook = (workflow, path) => ({
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

/** @param {import('../driver/stage.mjs').Stage} stage */
export function starter({ client, url, shape }) {
	/** The addresses of the published workflows. @type {Map<string, string>} */
	const addresses = new Map();

	/** @param {string} workflowId */
	const idsOf = async (workflowId) => (await client.listExecutions(workflowId)).map(({ id }) => id);

	/** @param {string} workflowId @param {string} address @returns {Promise<string>} */
	async function call(workflowId, address) {
		const known = new Set(await idsOf(workflowId));
		const [status] = await postTo(address, {});
		if (status !== 200) throw new Error(`The workflow's own webhook answered ${status}.`);
		const look = async () => (await idsOf(workflowId)).find((id) => !known.has(id));
		return await waitFor(`an execution of workflow ${workflowId}`, look, LOOK);
	}

	return {
		/** Saves a workflow and starts it. @param {any} workflow @param {StartedBy} [by] @returns {Promise<{ workflowId: string, id: string }>} */
		async start(workflow, by = shape === 'queue' ? 'call' : 'button') {
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
		/** Starts a workflow once more, as it was started before. @param {string} workflowId @returns {Promise<{ workflowId: string, id: string }>} */
		async startAgain(workflowId) {
			const address = addresses.get(workflowId);
			return {
				workflowId,
				id: address === undefined ? await client.runWorkflow(workflowId, START) : await call(workflowId, address),
			};
		},
		/** The ways to unpublish what was published, so that n8n need not take care of it any longer. @returns {(() => Promise<void>)[]} */
		published: () => [...addresses.keys()].map((id) => async () => void (await client.deactivateWorkflow(id))),
	};
}
