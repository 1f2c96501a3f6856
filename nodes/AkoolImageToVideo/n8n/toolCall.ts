// Identifies the call of an agent's tool. Agents up to version 2.2 call tools outside the engine, several at once; n8n passes one arguments
// object for each call and all its tries. n8n's own run numbers do not identify calls: they increase with each try, and restart for each item of the agent.
// Since: before n8n 2.8, the oldest that this package runs on (`isToolExecution` is younger; without it the run counts as none of a tool's). Source:
// https://github.com/n8n-io/n8n/blob/master/packages/core/src/execution-engine/node-execution-context/supply-data-context.ts
// Without the arguments object: nothing is ordered, and the message says so.

import type { IExecuteFunctions } from 'n8n-workflow';

import { randomWord } from '../clock';

/** The key of each running call, by its arguments object, and garbage-collected with it. */
const callKeys = new WeakMap<object, string>();

/** Whether an agent called the node itself, in n8n's context for tools, and not through the engine. */
export function isToolCall(context: IExecuteFunctions): boolean {
	return typeof context.isToolExecution === 'function' && context.isToolExecution();
}

/** A key that all tries of a call share, and no other call has; undefined where n8n passes no arguments. */
export function toolCallKeyOf(context: IExecuteFunctions): string | undefined {
	const call = context.getInputData()[0]?.json;
	if (call === undefined) return undefined;
	const key = callKeys.get(call) ?? randomWord();
	callKeys.set(call, key);
	return key;
}
