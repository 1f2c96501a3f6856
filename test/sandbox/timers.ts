// Every timer of a sandbox. Rule: close() and reset() leave none behind, or a test run would hang or hear from a job of the test before.
// Node fires a longer timer at once, so a job that "never ends" must have no timer at all.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export class Timers {
	private readonly live = new Set<NodeJS.Timeout>();

	/** Calls `action` later; gives a function that calls it off. */
	after(ms: number, action: () => void) {
		if (ms > LONGEST_TIMER_MS) return () => {};
		const timer = setTimeout(
			() => {
				this.live.delete(timer);
				action();
			},
			Math.max(0, ms),
		);
		this.live.add(timer);
		return () => {
			clearTimeout(timer);
			this.live.delete(timer);
		};
	}

	wait(ms: number): Promise<void> {
		return new Promise((resolve) => {
			this.after(ms, resolve);
		});
	}

	clear() {
		for (const timer of this.live) clearTimeout(timer);
		this.live.clear();
	}
}
