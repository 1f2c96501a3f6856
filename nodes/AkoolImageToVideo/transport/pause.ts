// The one place that sleeps. A stopped execution ends a pause at once, with an older n8n as well, whose `sleep` does not know the signal.

import { sleep } from 'n8n-workflow';

const SLICE_MS = 500;

/** Gives true after the time has passed, false as soon as the signal is aborted. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
	const endMs = Date.now() + ms;
	for (let leftMs = ms; leftMs > 0 && signal?.aborted !== true; leftMs = endMs - Date.now()) {
		await sleep(Math.min(leftMs, SLICE_MS));
	}
	return signal?.aborted !== true;
}
