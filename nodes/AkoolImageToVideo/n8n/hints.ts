// Hints beside the output of a node that worked. n8n stores them with the run, so they may hold no secret.
// Since: seen on n8n 2.8 and 2.41; contexts for webhooks have none. Source:
// https://github.com/n8n-io/n8n/blob/master/packages/core/src/execution-engine/node-execution-context/execute-context.ts
// Without it: the text goes into the log.

import type { IExecuteFunctions } from 'n8n-workflow';

/** @param text without secrets */
export function showHint(context: IExecuteFunctions, text: string, type: 'info' | 'warning' = 'info'): void {
	if (typeof context.addExecutionHints === 'function') {
		context.addExecutionHints({ message: text, location: 'outputPane', type });
		return;
	}
	const line = `${context.getNode().name}: ${text}`;
	if (type === 'warning') context.logger.warn(line);
	else context.logger.info(line);
}
