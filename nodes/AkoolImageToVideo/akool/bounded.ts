// How what this process remembers stays small.

/** Takes the entry out of a map or set that was put in first, if it holds more than `most`. To be called after each new entry. */
export function evictOldest<Key>(entries: Map<Key, unknown> | Set<Key>, most: number): void {
	const oldest = entries.keys().next();
	if (entries.size > most && oldest.done !== true) entries.delete(oldest.value);
}
