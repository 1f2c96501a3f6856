// The custom data of an execution, by which the list of executions finds it. n8n keeps ten keys an execution and drops further ones without a word; a key
// is of letters, digits and `_`, a value of up to 512 characters, above 255 of which n8n complains in its log.
// Since: `customData` on the context is younger than n8n 2.8; there the data proxy of the execution offers the same. Sources:
// https://github.com/n8n-io/n8n/blob/master/packages/core/src/execution-engine/node-execution-context/utils/execution-metadata.ts
// https://github.com/n8n-io/n8n/blob/master/packages/core/src/execution-engine/node-execution-context/utils/get-additional-keys.ts
// Without it: the IDs of paid videos stand in the log and in the ledger, and the list of executions does not find them. Whoever asks logs that.

import type { IExecuteFunctions } from 'n8n-workflow';

import { fieldOf, type JsonRecord } from '../akool/json';

export interface CustomData {
	set(key: string, value: string): void;
	getAll(): JsonRecord;
}

/** So many keys n8n keeps of an execution, whichever node sets them. */
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
