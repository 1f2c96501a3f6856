// The workflows of the scenarios, as a user would draw them. Rule: nothing stands in for n8n's own nodes.
import { randomUUID } from 'node:crypto';
import { CREDENTIAL_TYPE, NODE_TYPE, TRIGGER_TYPE } from '../driver/environment';
import type { Credential } from '../driver/n8nNodes';
import type { Akool } from './scenarioContext';
import type { Sandbox } from '../../sandbox';
import type { WorkflowNode } from '../driver/n8nWorkflows';

export const START = 'Start';
export const AKOOL = 'Akool';
export const AFTER = 'After';
export const FAILED = 'Failed';
export const TRIGGER = 'Trigger';

export type Parameters = Record<string, unknown>;

const SETTINGS = { executionOrder: 'v1' };

export const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: Parameters = {},
	more: object = {},
): WorkflowNode => ({
	id: randomUUID(),
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
	...more,
});

const withCredential = ({ id, name }: Credential) => ({ credentials: { [CREDENTIAL_TYPE]: { id, name } } });

export const akoolNode = (name: string, parameters: Parameters, credential: Credential, more?: object) =>
	node(name, NODE_TYPE, 1, parameters, { ...withCredential(credential), ...more });

/**
 * Nodes that follow one another, first to last.
 * @param connections further ones
 */
export function chain(name: string, nodes: WorkflowNode[], connections: object = {}) {
	const pairs = nodes
		.slice(1)
		.map(({ name: next }, index) => [nodes[index]?.name ?? '', { main: [[{ node: next, type: 'main', index: 0 }]] }]);
	return { name, settings: SETTINGS, nodes, connections: { ...Object.fromEntries(pairs), ...connections } };
}

/** A manual start that gives these items. */
export const startWith = (items: object[]): WorkflowNode[] => [
	node(START, 'n8n-nodes-base.manualTrigger', 1),
	node('List', 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify({ list: items }) }),
	node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'list' }),
];

export const numbered = (count: number): { n: number }[] => Array.from({ length: count }, (_, n) => ({ n }));

/**
 * The usual one: items → Akool → After, and Failed behind the error output where there is one.
 * @param parameters of the node, beside the image and a prompt that names the item
 * @param options `node`: how the node stands in the workflow, such as `onError`
 */
export function imagesToVideos(
	{ credential, imageUrl }: Akool,
	parameters: Parameters,
	{ items = [{ n: 0 }], node: more = {} }: { items?: object[]; node?: object } = {},
) {
	const nodes = [
		...startWith(items),
		akoolNode(AKOOL, { imageUrl, prompt: PROMPT, ...parameters }, credential, more),
		node(AFTER, 'n8n-nodes-base.noOp', 1),
	];
	if (!('onError' in more) || more.onError !== 'continueErrorOutput') return chain('Images', nodes);
	const ways = [AFTER, FAILED].map((next) => [{ node: next, type: 'main', index: 0 }]);
	return chain('Images', [...nodes, node(FAILED, 'n8n-nodes-base.noOp', 1)], {
		[AKOOL]: { main: ways },
		[AFTER]: {},
	});
}

/** Loops over items, some at a time, all asking for the same video. */
export function loopOfImages(
	{ credential, imageUrl }: { credential: Credential; imageUrl: string },
	parameters: Record<string, unknown>,
	{ items, batchSize }: { items: number; batchSize: number },
) {
	const nodes = [
		...startWith(numbered(items)),
		node('Loop', 'n8n-nodes-base.splitInBatches', 3, { batchSize }),
		akoolNode(AKOOL, { imageUrl, prompt: 'The same for all', ...parameters }, credential),
		node(AFTER, 'n8n-nodes-base.noOp', 1),
	];
	return chain('Loop', nodes, {
		Loop: { main: [[{ node: AFTER, type: 'main', index: 0 }], [{ node: AKOOL, type: 'main', index: 0 }]] },
		[AKOOL]: { main: [[{ node: 'Loop', type: 'main', index: 0 }]] },
	});
}

/** The prompt by which a video is known to belong to its item. */
export const PROMPT = '=Turn it, item {{ $json.n }}';

/** @returns the item that a video was made for */
export function itemOfVideo(sandbox: Sandbox, id: unknown): number {
	const job = sandbox.jobs.find(({ _id }) => _id === id);
	return Number(/item (\d+)/.exec(String(job?.body.prompt))?.[1]);
}

/** A trigger, and a node behind it. */
export const triggered = (credential: Credential, parameters: Parameters = {}) =>
	chain('Triggered', [
		node(TRIGGER, TRIGGER_TYPE, 1, parameters, { ...withCredential(credential), webhookId: randomUUID() }),
		node(AFTER, 'n8n-nodes-base.noOp', 1),
	]);

/**
 * A workflow that calls a sub-workflow and waits for it.
 * @param mode once for each item, or once with all of them
 */
export const callingWorkflow = (subWorkflowId: string, items: number, mode: 'each' | 'once') =>
	chain('Above', [
		...startWith(numbered(items)),
		node('Call', 'n8n-nodes-base.executeWorkflow', 1.2, {
			source: 'database',
			workflowId: { __rl: true, mode: 'id', value: subWorkflowId },
			mode,
			options: { waitForSubWorkflow: true },
		}),
		node(AFTER, 'n8n-nodes-base.noOp', 1),
	]);
