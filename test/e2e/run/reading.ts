// What a user can see of an execution. Rule: only what n8n shows counts: outputs, messages, custom data.
import { errorOf, itemsOf } from '../driver/n8nWorkflows';
import { AKOOL } from './workflows';
import type { INodeExecutionData } from 'n8n-workflow';
import type { Execution } from '../driver/n8nWorkflows';

/** @returns what the Akool node gave, its error output last */
export const akoolItems = (execution: Execution, run = 0): INodeExecutionData[] =>
	[0, 1].flatMap((output) => itemsOf(execution, AKOOL, { run, output }));

/** n8n writes it beside the execution a moment after the execution itself, which holds it too. */
export const customDataOf = ({ data, customData }: Execution): Record<string, string> => ({
	...data.resultData.metadata,
	...customData,
});

/** Everything that a user can read of an execution, as text. */
export function visibleText(execution: Execution) {
	const runs = Object.values(execution.data.resultData.runData).flat();
	const shown = runs.map(({ data, error, hints }) => ({
		data,
		message: error?.message,
		description: error?.description,
		hints,
	}));
	return JSON.stringify([shown, errorOf(execution) ?? '', customDataOf(execution)]);
}

/** @returns the video IDs in it */
export const idsIn = (text: string): Set<string> => new Set(text.match(/\b[0-9a-f]{24}\b/g) ?? []);

/** How long a node was at work in its last run. */
export const nodeSeconds = (execution: Execution, nodeName: string = AKOOL) =>
	(execution.data.resultData.runData[nodeName]?.at(-1)?.executionTime ?? 0) / 1_000;

export const runSeconds = ({ startedAt, stoppedAt }: Execution) =>
	(Date.parse(stoppedAt) - Date.parse(startedAt)) / 1_000;
