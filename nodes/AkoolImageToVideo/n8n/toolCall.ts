// Which call of an agent's tool this is. Agents up to 2.2 call a tool outside the engine, several calls at the same moment; n8n hands over one arguments
// object for each call and all its tries, and its own numbers do not identify calls: they count on for each try, and anew for each item of the agent.
// Since: before n8n 2.8, the oldest that this package runs on (`isToolExecution` is younger; without it the run counts as none of a tool's). Source:
// https://github.com/n8n-io/n8n/blob/master/packages/core/src/execution-engine/node-execution-context/supply-data-context.ts
// Without the arguments object: nothing is ordered, and the message says so.

import type { IExecuteFunctions } from 'n8n-workflow';

import { randomWord } from '../clock';

/** The key of each call that is on its way, by its arguments object; gone with the object. */
const callKeys = new WeakMap<object, string>();

/** Whether an agent has called the node by itself, in a context that n8n has for tools, and not through the engine. */
export function isToolCall(context: IExecuteFunctions): boolean {
	return typeof context.isToolExecution === 'function' && context.isToolExecution();
}

/** What is the same for all tries of a tool's call, and for no other call; undefined where n8n hands over no arguments. */
export function toolCallKeyOf(context: IExecuteFunctions): string | undefined {
	const call = context.getInputData()[0]?.json;
	if (call === undefined) return undefined;
	const key = callKeys.get(call) ?? randomWord();
	callKeys.set(call, key);
	return key;
}
