// How many calls are in flight at once. Order of the results is the order of the work, whatever finishes first. Written here, since the
// library for it is not within reach of community nodes in every n8n that this package runs on.

export const DEFAULT_CONCURRENCY = 4;
export const MAX_CONCURRENCY = 20;

export class Pool {
	private free: number;

	private readonly waiting: Array<() => void> = [];

	constructor(concurrency: number) {
		this.free = Math.min(MAX_CONCURRENCY, Math.max(1, Math.trunc(concurrency)));
	}

	/** Does some work as soon as there is room for it; gives or throws what the work gives or throws. */
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
 * Does some work for each entry, at most `concurrency` at a time.
 *
 * @throws what the first piece of work in the order of the entries threw, once all the others have ended: among them may be orders that were paid for
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
