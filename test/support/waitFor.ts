// Owns how tests, scenarios and the bench wait for something to become true, in real time. Rule: no wait is without an end, and a wait that runs out says what it waited for.
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How long anything that n8n does may take on a machine that is busy with other things; it only keeps a run from
 * hanging.
 */
export const LONGEST_WAIT_MS = 600_000;

/**
 * Tries repeatedly until a try returns something.
 * @param what is waited for, as it would stand after "waiting for"
 */
export async function waitFor<T>(
	what: string,
	read: () => T | undefined | Promise<T | undefined>,
	{ timeoutMs, everyMs }: { timeoutMs: number; everyMs: number },
): Promise<T> {
	for (const deadlineMs = Date.now() + timeoutMs; Date.now() < deadlineMs; await sleep(everyMs)) {
		const seen = await read();
		if (seen !== undefined) return seen;
	}
	throw new Error(`Gave up waiting for ${what} after ${timeoutMs / 1_000} s.`);
}
