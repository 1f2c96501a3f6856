// One status request shortly after an execution was parked. While an execution runs, n8n itself answers callbacks with 409. If Akool's results lagged
// behind such a callback, the last request before parking did not show the video as finished, and Akool may not call again. So the process that
// parked the execution opens its progress page once, which polls, and resumes the execution if all videos are finished. Rule: nothing relies on it. If
// n8n cannot reach itself, or ends meanwhile, a repeated callback or the time-out has the same effect.

import type { IExecuteFunctions } from 'n8n-workflow';

import { clock } from '../clock';
import { causeOf } from '../messages/causes';
import { waitingMessages } from '../messages/waiting';
import { storedExecution } from '../n8n/parkedExecution';
import { openExecution } from '../transport/ownExecution';

/** Akool's results lag behind its callback by up to 15 seconds. */
const RESULTS_LAG_MS = 16_000;

/** Opens the page of a parked execution once, after Akool's results have caught up with earlier callbacks. Returns at once, never throws. */
export function pollParkedOnce(context: IExecuteFunctions, address: string): void {
	const visit = async (): Promise<void> => {
		await clock.sleep(RESULTS_LAG_MS, undefined);
		if ((await storedExecution(context)).kind !== 'notParked') await openExecution(context, address);
	};
	visit().catch((cause: unknown) => {
		context.logger.debug(`${context.getNode().name}: ${waitingMessages.notPolled(causeOf(cause))}`);
	});
}
