// The time that a call may take in all: connecting, waiting, and reading the answer. When the time is up, the request is aborted, so that its
// sockets are closed.

import { clock } from '../clock';

export type Ending<T> =
	| { kind: 'answered'; value: T }
	/** `isLate`: the time was up. The error then says, if known, how far the request had come. */
	| { kind: 'threw'; error: unknown; isLate: boolean };

/** How long an aborted request may take to throw; one that ignores its signal never does. */
const ABORT_MS = 1_000;

/**
 * Runs `work`, and aborts it when the time is up or the execution is stopped. Never throws.
 *
 * @param timeoutMs for all of it, in milliseconds
 * @param stop      ends it earlier
 */
export async function withinDeadline<T>(
	timeoutMs: number,
	stop: AbortSignal | undefined,
	work: (signal: AbortSignal) => Promise<T>,
): Promise<Ending<T>> {
	const controller = new AbortController();
	const isOver = new AbortController();
	const abort = (): void => controller.abort();
	if (stop?.aborted === true) abort();
	stop?.addEventListener('abort', abort, { once: true });
	let isLate = false;
	const deadline = async (): Promise<Ending<T>> => {
		isLate = await clock.sleep(timeoutMs, isOver.signal);
		abort();
		await clock.sleep(ABORT_MS, isOver.signal);
		return { kind: 'threw', error: undefined, isLate };
	};
	const ended = async (): Promise<Ending<T>> => {
		try {
			return { kind: 'answered', value: await work(controller.signal) };
		} catch (error) {
			return { kind: 'threw', error, isLate };
		}
	};
	try {
		return await Promise.race([ended(), deadline()]);
	} finally {
		isOver.abort();
		stop?.removeEventListener('abort', abort);
	}
}
