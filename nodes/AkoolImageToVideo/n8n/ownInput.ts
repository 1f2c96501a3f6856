// The input items of a node, as the previous node returned them. Parking replaces them in the node's entry
// (n8n/parkedItems.ts), and n8n retries a failed execution with the changed entry. Each entry names the run of the node that its items came
// from, whose output n8n keeps with the execution.
// Since: before n8n 2.8, the oldest that this package runs on. Sources (`source`, and what a failed node's entry becomes):
// https://github.com/n8n-io/n8n/blob/master/packages/core/src/execution-engine/workflow-execute.ts
// https://github.com/n8n-io/n8n/blob/master/packages/cli/src/executions/execution.service.ts (`retry`)
// Without it: a retried execution continues with its parked items, so that no failed video is replaced.

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { fieldOf, isRecord, listOf } from '../akool/json';

function isItem(value: unknown): value is INodeExecutionData {
	return isRecord(fieldOf(value, 'json'));
}

/** The node's own input items, paired as the engine pairs them; undefined where this n8n does not expose them. */
export function ownInputOf(context: IExecuteFunctions): INodeExecutionData[] | undefined {
	const source = context.getExecuteData().source?.main?.[0];
	if (source === undefined || source === null) return undefined;
	const { previousNode, previousNodeRun = 0, previousNodeOutput = 0 } = source;
	const runData = fieldOf(fieldOf(fieldOf(context, 'runExecutionData'), 'resultData'), 'runData');
	const output = listOf(fieldOf(listOf(runData, previousNode)[previousNodeRun], 'data'), 'main')[previousNodeOutput];
	if (!Array.isArray(output) || output.length === 0 || !output.every(isItem)) return undefined;
	return output.map((item, index) => ({ ...item, pairedItem: { item: index } }));
}
