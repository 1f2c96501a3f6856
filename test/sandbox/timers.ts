// The timers of a sandbox, on its clock. Rule: close() and reset() cancel all of them; otherwise a test run would hang, or
// receive callbacks of an earlier test's job.
import type { Clock } from '../../nodes/AkoolImageToVideo/clock';

/** Real time, if no clock is passed in. */
export const realClock: Clock = {
	now: () => Date.now(),
	sleep: async (ms, signal) =>
		await new Promise((resolve) => {
			if (signal?.aborted) return resolve(false);
			const onAbort = () => {
				clearTimeout(timer);
				resolve(false);
			};
			const timer = setTimeout(() => {
				signal?.removeEventListener('abort', onAbort);
				resolve(true);
			}, ms);
			signal?.addEventListener('abort', onAbort, { once: true });
		}),
	random: () => Math.random(),
};

// Node fires a longer timer at once, so a job that "never ends" must have no timer at all.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export class Timers {
	private readonly live = new Set<AbortController>();

	constructor(private readonly clock: Clock) {}

	/** Calls `action` later; gives a function that cancels it. */
	after(ms: number, action: () => void): () => void {
		if (ms > LONGEST_TIMER_MS) return () => {};
		const controller = new AbortController();
		this.live.add(controller);
		void this.clock.sleep(Math.max(0, ms), controller.signal).then((isOver) => {
			this.live.delete(controller);
			if (isOver) action();
		});
		return () => {
			controller.abort();
			this.live.delete(controller);
		};
	}

	/** Never resolves if the timers are cleared meanwhile. */
	async wait(ms: number): Promise<void> {
		await new Promise<void>((resolve) => {
			this.after(ms, resolve);
		});
	}

	clear(): void {
		for (const controller of this.live) controller.abort();
		this.live.clear();
	}
}
