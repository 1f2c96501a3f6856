// The custom data of an execution, by which the executions list can be filtered. n8n keeps ten keys for each execution and silently drops further ones; a key
// has letters, digits and `_`, a value up to 512 characters, and n8n logs a complaint above 255.
// Since: `customData` on the context is younger than n8n 2.8; there the data proxy of the execution offers the same. Sources:
// https://github.com/n8n-io/n8n/blob/master/packages/core/src/execution-engine/node-execution-context/utils/execution-metadata.ts
// https://github.com/n8n-io/n8n/blob/master/packages/core/src/execution-engine/node-execution-context/utils/get-additional-keys.ts
// Without it: the IDs of paid videos stand in the log and in the ledger, and the list of executions does not find them. The caller logs that.

import type { IExecuteFunctions } from 'n8n-workflow';

import { fieldOf, type JsonRecord } from '../akool/json';

export interface CustomData {
	set(key: string, value: string): void;
	getAll(): JsonRecord;
}

/** How many keys n8n keeps for an execution, whichever node sets them. */
export const MAX_CUSTOM_DATA_KEYS = 10;

function isCustomData(value: unknown): value is CustomData {
	return typeof fieldOf(value, 'set') === 'function' && typeof fieldOf(value, 'getAll') === 'function';
}

/** The custom data of this execution; undefined where this n8n offers none. @throws what n8n throws where there is no execution */
export function customDataOf(context: IExecuteFunctions): CustomData | undefined {
	if (isCustomData(context.customData)) return context.customData;
	const onProxy: unknown = fieldOf(context.getWorkflowDataProxy(0).$execution, 'customData');
	return isCustomData(onProxy) ? onProxy : undefined;
}
