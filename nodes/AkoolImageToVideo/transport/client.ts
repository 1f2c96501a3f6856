// Requests to Akool with repeats: a read a few times, a call that spends only where it cannot be charged twice.

import { clock } from '../clock';
import { ENDPOINTS, type EndpointName } from '../akool/endpoints';
import { callAkool, type CallContent } from './call';
import { cancelSignalOf, type AkoolContext } from './credentials';
import { CallFailure, type CallOutcome } from './outcome';
import { MAX_ATTEMPTS, mayRepeat, retryDelayMs } from './retry';

export interface Repeats {
	maxAttempts?: number | undefined;
	/** Checked after each pause: whether the call is still wanted. */
	mayGoOn?: () => boolean;
}

/** Sends a call, repeats it while that is safe and wanted, and returns the last outcome. Never throws. */
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
 * Sends a request that costs nothing and returns the answer's `data`.
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
