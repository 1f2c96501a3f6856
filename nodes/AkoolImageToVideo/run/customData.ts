// Writes the IDs of paid videos into the execution's custom data, so that the executions list finds a run by its video. n8n keeps ten keys
// an execution and logs a complaint above 255 characters a value: some keys are left to the user, and what no longer fits is left out.

import type { Run } from './run';

const MAX_KEYS = 8;
const IDS_PER_KEY = 10;

function customDataOf(run: Run): { set(key: string, value: string): void } | undefined {
	// n8n 2.8 has no `customData` on the context; there the execution's data proxy offers the same.
	const { customData } = run.context;
	if (customData !== undefined) return customData;
	const execution: { customData?: { set(key: string, value: string): void } } | undefined = run.context.getWorkflowDataProxy(0).$execution;
	return execution?.customData;
}

/** Brings the custom data up to date with the ledger. Never throws: the IDs are in the ledger and in the output as well. */
export function noteVideos(run: Run): void {
	const ids = run.ledger.firstIds(MAX_KEYS * IDS_PER_KEY);
	try {
		const store = customDataOf(run);
		for (let key = 0; key * IDS_PER_KEY < ids.length; key++) {
			store?.set(`akool_videos_${key + 1}`, ids.slice(key * IDS_PER_KEY, (key + 1) * IDS_PER_KEY).join(','));
		}
	} catch {
		run.context.logger.debug('The video IDs could not be written into the execution’s custom data', { ids });
	}
}
