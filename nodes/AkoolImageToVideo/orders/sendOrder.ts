// Sends one order, and repeats it only where Akool certainly has not accepted it. Rule that must not regress: an order that may have been accepted is not
// sent again; its outcome is returned as it is.

import { clock } from '../clock';
import type { JsonRecord } from '../akool/json';
import { causeOf } from '../messages/causes';
import { withoutSecrets } from '../messages/redact';
import { callAkool } from '../transport/call';
import type { CallOutcome } from '../transport/outcome';
import { MAX_ATTEMPTS, retryDelayMs } from '../transport/retry';
import type { SpendingEndpoint } from './orderRequest';
import type { RateLimit } from './rateLimit';
import type { Run } from './run';

export interface Sending {
	rateLimit: RateLimit;
	/** Whether the order is still wanted; called right before each try. */
	isWanted: () => boolean;
	/** Builds the body for a try, since signed links to binary files expire. */
	body: () => JsonRecord;
	/** Called right before each try. */
	onSend: () => void;
}

/** Builds the body before the order counts as sent: if a link cannot be signed, nothing was sent. */
function tryBody(run: Run, body: Sending['body']): { body: JsonRecord } | CallOutcome {
	try {
		return { body: body() };
	} catch (error) {
		return { kind: 'notSent', reason: withoutSecrets(causeOf(error), run.account) };
	}
}

/** Sends an order and returns its outcome; `canceled` if it was no longer wanted before it was sent. Never throws. */
export async function sendOrder(
	run: Run,
	endpoint: SpendingEndpoint,
	{ rateLimit, isWanted, body, onSend }: Sending,
): Promise<CallOutcome> {
	let outcome: CallOutcome = { kind: 'canceled' };
	for (let attempt = 1; ;) {
		if (!(await rateLimit.pass(run.signal)) || !isWanted()) return outcome;
		const made = tryBody(run, body);
		if ('kind' in made) return made;
		onSend();
		const sentAtMs = clock.now();
		outcome = await callAkool(run.context, endpoint, { body: made.body });
		if (outcome.kind === 'rateLimited') {
			if (!rateLimit.limited(sentAtMs, outcome.retryAfterMs)) return outcome;
			continue;
		}
		if (outcome.kind !== 'notSent') {
			rateLimit.eased();
			return outcome;
		}
		if (attempt >= MAX_ATTEMPTS) return outcome;
		if (!(await clock.sleep(retryDelayMs(attempt, outcome, clock.random()), run.signal))) return outcome;
		attempt++;
	}
}
