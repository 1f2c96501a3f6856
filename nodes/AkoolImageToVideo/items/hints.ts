// Hints for the user beside the node's output.

import { withoutSecrets } from '../messages/redact';
import { showHint } from '../n8n/hints';
import type { Run } from '../orders/run';

/** Shows a hint with the run's output, or in the log on an n8n without hints. Secrets are masked. */
export function addHint(run: Run, text: string, type: 'info' | 'warning' = 'info'): void {
	const shown = withoutSecrets(text, run.account);
	run.hints.push(shown);
	showHint(run.context, shown, type);
}
