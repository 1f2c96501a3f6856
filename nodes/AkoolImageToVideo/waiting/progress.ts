// Tells how far the wait is: to the browser of whoever watches the run, and to n8n's log for everybody else.

import { waitingMessages } from '../messages/waiting';
import type { Run } from '../orders/run';

export function sayProgress(run: Run, finished: number, total: number): void {
	const sentence = `${run.node.name}: ${waitingMessages.progress(finished, total)}`;
	run.context.sendMessageToUI(sentence);
	run.context.logger.debug(sentence);
}
