// Whether the workflow that called this one as its sub-workflow can be resumed. n8n hands over the ID of the execution that calls, and resumes that one when
// the sub-workflow ends. An MCP Server Trigger runs its tools outside any execution: in one process while it answers the client, so that the ID is a
// placeholder, and in queue mode once its own execution has ended. Either mistakes a parked sub-workflow for one that has ended. So does an agent that calls its tools
// outside the engine; n8n 2.8 does not say for calls of tools whether the caller is to be resumed.
// Since: before n8n 2.8, the oldest that this package runs on. Sources (`parentExecution`; the placeholder; tools of an MCP Server Trigger in queue mode):
// https://github.com/n8n-io/n8n/blob/master/packages/cli/src/workflow-execute-additional-data.ts
// https://github.com/n8n-io/n8n/blob/master/packages/core/src/execution-engine/node-execution-context/utils/get-additional-keys.ts
// https://github.com/n8n-io/n8n/blob/master/packages/cli/src/scaling/job-processor.ts
// Without it: a user who chooses Callback in such a sub-workflow only gets a hint about what that takes. Automatic polls in every sub-workflow.

import type { IExecuteFunctions } from 'n8n-workflow';

import { fieldOf, textOf } from '../akool/json';

/** n8n's placeholder for an execution's ID if there is no execution. */
const NO_EXECUTION = '__UNKNOWN__';

/** Whether stored data is of an execution that has ended: it has run a node, and none is left to run. Data that is not stored yet counts as running. */
function hasEnded(data: unknown): boolean {
	const hasRun = textOf(fieldOf(data, 'resultData'), 'lastNodeExecuted') !== undefined;
	const stack = fieldOf(fieldOf(data, 'executionData'), 'nodeExecutionStack');
	return hasRun && Array.isArray(stack) && stack.length === 0;
}

/** Whether this is a sub-workflow whose caller n8n could not resume; false if n8n does not say. Never throws. */
export async function callerCannotWait(context: IExecuteFunctions): Promise<boolean> {
	const parent = fieldOf(fieldOf(context, 'runExecutionData'), 'parentExecution');
	const executionId = textOf(parent, 'executionId');
	const shouldResume = fieldOf(parent, 'shouldResume');
	// A workflow that continues without its sub-workflow may have ended, and is not to be resumed.
	if (executionId === undefined || shouldResume === false) return false;
	if (executionId === NO_EXECUTION || shouldResume !== true) return true;
	try {
		return hasEnded(await context.getExecutionDataById(executionId));
	} catch (cause) {
		context.logger.warn(`n8n did not say whether the execution ${executionId} has ended: ${String(cause)}`);
		return false;
	}
}
