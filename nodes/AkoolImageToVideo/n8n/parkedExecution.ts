// A parked execution as the node's webhook sees it, and as n8n has stored it at this moment. n8n reads an execution before it reads the call's body,
// hands that snapshot to the webhook, and resumes with it if the execution is waiting again by then: a slow call would reset the execution,
// and later orders would be placed, and charged, again. So the stored execution is read again right before it is resumed.
// n8n also disables the node before its webhook is called, so that the call's data would become the node's output. Enabled again, the node
// runs once more with its parked items, and files, errors and error outputs work as usual.
// Since: before n8n 2.8, the oldest that this package runs on. Sources:
// https://github.com/n8n-io/n8n/blob/master/packages/cli/src/webhooks/waiting-webhooks.ts (the snapshot, `disableNode`)
// https://github.com/n8n-io/n8n/blob/master/packages/cli/src/workflow-execute-additional-data.ts (`getRunExecutionData`)
// Without it: an execution without a snapshot is not resumed by a call, so its items are returned at the time-out. If the execution cannot be read again,
// only this process's own record of calls protects it. The callers log both.

import { NodeHelpers, type IRunExecutionData, type IWebhookFunctions, type INodeExecutionData } from 'n8n-workflow';

import { fieldOf, isRecord, listOf } from '../akool/json';

/** The node's part of a parked execution. */
export interface Snapshot {
	/** The node's context, stored with the execution. */
	nodeContext: unknown;
	/** The items that the execution was parked with. */
	items: INodeExecutionData[];
}

function isRunData(value: unknown): value is IRunExecutionData {
	return isRecord(fieldOf(value, 'executionData')) && isRecord(fieldOf(value, 'resultData'));
}

function isItem(value: unknown): value is INodeExecutionData {
	return isRecord(fieldOf(value, 'json'));
}

function firstEntry(data: IRunExecutionData): unknown {
	return data.executionData?.nodeExecutionStack[0];
}

type OfExecution = Pick<IWebhookFunctions, 'getNode' | 'getExecutionId'>;

function nodeContextOf(context: OfExecution, data: IRunExecutionData): unknown {
	return NodeHelpers.getContext(data, 'node', context.getNode());
}

/** The parked execution that was called; undefined where this n8n does not expose it. */
export function snapshotOf(context: IWebhookFunctions): Snapshot | undefined {
	const data = fieldOf(context, 'runExecutionData');
	if (!isRunData(data)) return undefined;
	const [input] = listOf(fieldOf(firstEntry(data), 'data'), 'main');
	const items = Array.isArray(input) ? input.filter(isItem) : [];
	return { nodeContext: nodeContextOf(context, data), items };
}

export type StoredExecution =
	/** Parked at this moment, with the node's context. */
	| { kind: 'parked'; nodeContext: unknown }
	/** It is running, or has ended. */
	| { kind: 'notParked' }
	| { kind: 'unknown' };

/** The execution as n8n has stored it at this moment. @throws what n8n's database throws */
export async function storedExecution(context: OfExecution): Promise<StoredExecution> {
	const additionalData = fieldOf(context, 'additionalData');
	const read = fieldOf(additionalData, 'getRunExecutionData');
	if (typeof read !== 'function') return { kind: 'unknown' };
	const data: unknown = await read.call(additionalData, context.getExecutionId());
	if (!isRunData(data)) return { kind: 'unknown' };
	return data.waitTill === undefined || data.waitTill === null
		? { kind: 'notParked' }
		: { kind: 'parked', nodeContext: nodeContextOf(context, data) };
}

/** Enables the node, so that it runs again with its parked items. Returns false where this n8n does not expose its entry. */
export function enableNode(context: IWebhookFunctions): boolean {
	const data = fieldOf(context, 'runExecutionData');
	const node = isRunData(data) ? fieldOf(firstEntry(data), 'node') : undefined;
	if (!isRecord(node)) return false;
	node.disabled = false;
	return true;
}
