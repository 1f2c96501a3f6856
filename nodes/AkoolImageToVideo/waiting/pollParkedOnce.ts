// One status request a little after an execution was parked. A callback that comes while the execution still runs is answered by n8n itself (409); where
// Akool's results lagged behind it, the last request before parking did not show the video as finished, and Akool may not call again. So the process that has
// parked the execution opens its progress page once, which polls and resumes the execution if all is finished. Rule: nothing relies on it. Where
// n8n does not reach itself, or ends meanwhile, a callback that Akool repeats or the time-out do the same.

import type { IExecuteFunctions } from 'n8n-workflow';

import { clock } from '../clock';
import { causeOf } from '../messages/causes';
import { waitingMessages } from '../messages/waiting';
import { storedExecution } from '../n8n/parkedExecution';
import { openExecution } from '../transport/ownExecution';

/** Results are behind a callback by up to 15 seconds. */
const RESULTS_LAG_MS = 16_000;

/** Opens the page of a parked execution once, when the results have caught up with every callback that came before. Waits for nothing; never throws. */
export function pollParkedOnce(context: IExecuteFunctions, address: string): void {
	const visit = async (): Promise<void> => {
		await clock.sleep(RESULTS_LAG_MS, undefined);
		if ((await storedExecution(context)).kind !== 'notParked') await openExecution(context, address);
	};
	visit().catch((cause: unknown) => {
		context.logger.debug(`${context.getNode().name}: ${waitingMessages.notPolled(causeOf(cause))}`);
	});
}
