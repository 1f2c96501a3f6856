// How many calls are in flight at once. Order of the results is the order of the work, whatever finishes first.

import pLimit from 'p-limit';

export const DEFAULT_CONCURRENCY = 4;
export const MAX_CONCURRENCY = 20;

/** Does some work for each entry, at most `concurrency` at a time. */
export async function inPool<T, R>(entries: readonly T[], concurrency: number, work: (entry: T) => Promise<R>): Promise<R[]> {
	const limit = pLimit(Math.min(MAX_CONCURRENCY, Math.max(1, Math.trunc(concurrency))));
	return await Promise.all(entries.map(async (entry) => await limit(work, entry)));
}
