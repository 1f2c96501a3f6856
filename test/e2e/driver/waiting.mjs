// Owns how the driver waits for something to become true. Rule: no wait is without an end, and a wait that runs out says what it waited for.
import { setTimeout as sleep } from 'node:timers/promises';

/** How long anything that n8n does may take on a machine that is busy with other things; it only keeps a run from hanging. */
export const PATIENCE_MS = 600_000;

/**
 * Looks again and again until a look gives something.
 * @template T
 * @param {string} what is waited for, as it would stand after "waiting for"
 * @param {() => Promise<T | undefined>} look
 * @param {{ timeoutMs: number, everyMs: number }} timing
 * @returns {Promise<T>}
 */
export async function waitFor(what, look, { timeoutMs, everyMs }) {
	for (const deadlineMs = Date.now() + timeoutMs; Date.now() < deadlineMs; await sleep(everyMs)) {
		const seen = await look();
		if (seen !== undefined) return seen;
	}
	throw new Error(`Gave up waiting for ${what} after ${timeoutMs / 1_000} s.`);
}
