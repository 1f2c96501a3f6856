// Keeps the module-level caches within their bounds.

/** Removes the oldest entry of a map or set that holds more than `most`. Call it after each new entry. */
export function evictOldest<Key>(entries: Map<Key, unknown> | Set<Key>, most: number): void {
	const oldest = entries.keys().next();
	if (entries.size > most && oldest.done !== true) entries.delete(oldest.value);
}
