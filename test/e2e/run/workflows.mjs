// The workflows of the scenarios, as a user would draw them. Rule: nothing stands in for n8n's own nodes.
import { randomUUID } from 'node:crypto';
import { CREDENTIAL_TYPE, NODE_TYPE, TRIGGER_TYPE } from '../driver/stage.mjs';

export const START = 'Start';
export const AKOOL = 'Akool';
export const AFTER = 'After';
export const FAILED = 'Failed';
export const TRIGGER = 'Trigger';

/** @typedef {Record<string, any>} Parameters */
/** @typedef {{ name: string, type: string, typeVersion: number, parameters: Parameters, [key: string]: unknown }} Node */

const SETTINGS = { executionOrder: 'v1' };

/** @param {string} name @param {string} type @param {number} typeVersion @param {Parameters} [parameters] @param {object} [more] @returns {Node} */
export const node = (name, type, typeVersion, parameters = {}, more = {}) => ({
	id: randomUUID(),
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
	...more,
});

/** @param {import('./scene.mjs').Credential} credential */
const withCredential = ({ id, name }) => ({ credentials: { [CREDENTIAL_TYPE]: { id, name } } });

/** @param {string} name @param {Parameters} parameters @param {import('./scene.mjs').Credential} credential @param {object} [more] */
export const akoolNode = (name, parameters, credential, more) =>
	node(name, NODE_TYPE, 1, parameters, { ...withCredential(credential), ...more });

/** Nodes that follow one another, first to last. @param {string} name @param {Node[]} nodes @param {object} [connections] further ones */
export function chain(name, nodes, connections = {}) {
	const pairs = nodes
		.slice(1)
		.map(({ name: next }, index) => [nodes[index]?.name ?? '', { main: [[{ node: next, type: 'main', index: 0 }]] }]);
	return { name, settings: SETTINGS, nodes, connections: { ...Object.fromEntries(pairs), ...connections } };
}

/** A manual start that gives these items. @param {object[]} items @returns {Node[]} */
export const startWith = (items) => [
	node(START, 'n8n-nodes-base.manualTrigger', 1),
	node('List', 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify({ list: items }) }),
	node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'list' }),
];

/** @param {number} count @returns {{ n: number }[]} */
export const numbered = (count) => Array.from({ length: count }, (_, n) => ({ n }));

/**
 * The usual one: items → Akool → After, and Failed behind the error output where there is one.
 * @param {import('./scene.mjs').Akool} akool @param {Parameters} parameters of the node, beside the picture and a prompt that names the item
 * @param {{ items?: object[], node?: object }} [options] `node`: how the node stands in the workflow, such as `onError`
 */
export function pictures({ credential, imageUrl }, parameters, { items = [{ n: 0 }], node: more = {} } = {}) {
	const nodes = [
		...startWith(items),
		akoolNode(AKOOL, { imageUrl, prompt: PROMPT, ...parameters }, credential, more),
		node(AFTER, 'n8n-nodes-base.noOp', 1),
	];
	if (!('onError' in more) || more.onError !== 'continueErrorOutput') return chain('Pictures', nodes);
	const ways = [AFTER, FAILED].map((next) => [{ node: next, type: 'main', index: 0 }]);
	return chain('Pictures', [...nodes, node(FAILED, 'n8n-nodes-base.noOp', 1)], {
		[AKOOL]: { main: ways },
		[AFTER]: {},
	});
}

/**
 * Loops over items, some at a time, all asking for the same video.
 * @param {{ credential: import('../driver/n8nNodes.mjs').Credential, imageUrl: string }} akool
 * @param {Record<string, unknown>} parameters @param {{ items: number, batchSize: number }} loop
 */
export function loopOfPictures({ credential, imageUrl }, parameters, { items, batchSize }) {
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

/** @param {import('./scene.mjs').Sandbox} sandbox @param {string} id @returns {number} the item that a video was made for */
export function itemOfVideo(sandbox, id) {
	const job = sandbox.jobs.find(({ _id }) => _id === id);
	return Number(/item (\d+)/.exec(String(job?.body.prompt))?.[1]);
}

/**
 * A trigger, and a node behind it.
 * @param {import('./scene.mjs').Credential} credential @param {Parameters} [parameters]
 */
export const triggered = (credential, parameters = {}) =>
	chain('Triggered', [
		node(TRIGGER, TRIGGER_TYPE, 1, parameters, { ...withCredential(credential), webhookId: randomUUID() }),
		node(AFTER, 'n8n-nodes-base.noOp', 1),
	]);
