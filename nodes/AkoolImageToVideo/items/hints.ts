// What a user should know though everything worked: shown beside the node's output.

import { withoutSecrets } from '../messages/redact';
import type { Run } from '../orders/run';

/** Shows a hint with the run's output; n8n versions that show none leave it to the log. */
export function sayHint(run: Run, text: string): void {
	const message = withoutSecrets(text, run.account);
	if (typeof run.context.addExecutionHints === 'function') {
		run.context.addExecutionHints({ message, location: 'outputPane', type: 'info' });
	} else {
		run.context.logger.info(`${run.node.name}: ${message}`);
	}
}
