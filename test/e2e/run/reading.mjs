// What a user can see of an execution. Rule: only what n8n shows counts: outputs, messages, custom data.
import { errorOf, itemsOf } from '../driver/n8nWorkflows.mjs';
import { AKOOL } from './workflows.mjs';

/** @typedef {import('../driver/n8nWorkflows.mjs').Execution} Execution */

/** @param {Execution} execution @returns {{ json: any, binary?: any, pairedItem?: any }[]} what the Akool node gave, its error output last */
export const akoolItems = (execution, run = 0) =>
	[0, 1].flatMap((output) => itemsOf(execution, AKOOL, { run, output }));

/** n8n writes it beside the execution a moment after the execution itself, which holds it too. @param {Execution} execution @returns {Record<string, string>} */
export const customDataOf = ({ data, customData }) => ({ ...data.resultData.metadata, ...customData });

/** Everything that a user can read of an execution, as text. @param {Execution} execution */
export function visibleText(execution) {
	const runs = Object.values(execution.data.resultData.runData).flat();
	const shown = runs.map(({ data, error, hints }) => ({
		data,
		message: error?.message,
		description: error?.description,
		hints,
	}));
	return JSON.stringify([shown, errorOf(execution) ?? '', customDataOf(execution)]);
}

/** @param {string} text @returns {Set<string>} the video IDs in it */
export const idsIn = (text) => new Set(text.match(/\b[0-9a-f]{24}\b/g) ?? []);

/** How long a node was at work in its last run. @param {Execution} execution @param {string} [nodeName] */
export const nodeSeconds = (execution, nodeName = AKOOL) =>
	(execution.data.resultData.runData[nodeName]?.at(-1)?.executionTime ?? 0) / 1_000;

/** @param {Execution} execution */
export const runSeconds = ({ startedAt, stoppedAt }) => (Date.parse(stoppedAt) - Date.parse(startedAt)) / 1_000;
