// What operations ask of Akool: a read that tries a few times, and a call that spends and never risks paying twice.

import { clock } from '../clock';
import { ENDPOINTS, type EndpointName } from '../akool/endpoints';
import { callAkool, type CallContent } from './call';
import { cancelSignalOf, type AkoolContext } from './credentials';
import { CallFailure, type CallOutcome } from './outcome';
import { MAX_ATTEMPTS, mayRepeat, retryDelayMs } from './retry';

export interface Repeats {
	maxAttempts?: number | undefined;
	/** Asked after each pause: whether the call is still wanted. */
	mayGoOn?: () => boolean;
}

/** Sends a call, repeats it as far as that is safe and wanted, and gives how it ended in the end; never throws. */
export async function callWithRetry(
	context: AkoolContext,
	name: EndpointName,
	content: CallContent = {},
	{ maxAttempts = MAX_ATTEMPTS, mayGoOn = () => true }: Repeats = {},
): Promise<CallOutcome> {
	for (let attempt = 1; ; attempt++) {
		const outcome = await callAkool(context, name, content);
		if (outcome.kind === 'success' || attempt >= maxAttempts || !mayRepeat(ENDPOINTS[name], outcome)) return outcome;
		const waited = await clock.sleep(retryDelayMs(attempt, outcome, clock.random()), cancelSignalOf(context));
		if (!waited) return { kind: 'canceled' };
		if (!mayGoOn()) return outcome;
	}
}

/**
 * Asks Akool for something that costs nothing and gives the answer's `data`.
 *
 * @throws CallFailure when Akool refuses, or cannot be reached after a few attempts
 */
export async function readFromAkool(
	context: AkoolContext,
	name: EndpointName,
	content: CallContent = {},
	maxAttempts: number = MAX_ATTEMPTS,
): Promise<unknown> {
	const outcome = await callWithRetry(context, name, content, { maxAttempts });
	if (outcome.kind === 'success') return outcome.data;
	throw new CallFailure(outcome, ENDPOINTS[name]);
}
