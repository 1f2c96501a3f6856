// Limits how many calls are in flight at once. Results come in the order of the entries. Written here, since community nodes
// cannot import a library for it in every supported n8n.

export const DEFAULT_CONCURRENCY = 4;
export const MAX_CONCURRENCY = 20;

/** Runs at most `concurrency` (1 to 20) pieces of work at a time. */
export class Pool {
	private free: number;

	private readonly waiting: Array<() => void> = [];

	constructor(concurrency: number) {
		this.free = Math.min(MAX_CONCURRENCY, Math.max(1, Math.trunc(concurrency)));
	}

	/** Runs `work` as soon as fewer than the allowed number are running; returns or throws what it does. */
	async run<T>(work: () => Promise<T>): Promise<T> {
		if (this.free > 0) this.free--;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = this.waiting.shift();
			if (next === undefined) this.free++;
			else next();
		}
	}
}

/**
 * Runs `work` for each entry, at most `concurrency` (1 to 20) at a time.
 *
 * @throws the error of the first failed entry, once all others have ended, since they may be paid orders
 */
export async function inPool<T, R>(
	entries: readonly T[],
	concurrency: number,
	work: (entry: T) => Promise<R>,
): Promise<R[]> {
	const pool = new Pool(concurrency);
	const endings = await Promise.allSettled(entries.map(async (entry) => await pool.run(async () => await work(entry))));
	return endings.map((ending) => {
		if (ending.status === 'rejected') throw ending.reason;
		return ending.value;
	});
}
