// How what this process remembers stays small.

/** Takes the entry out of a map that was put in first, if it holds more than `most`. To be called after each new entry. */
export function dropOldest<Key>(map: Map<Key, unknown>, most: number): void {
	const oldest = map.keys().next();
	if (map.size > most && oldest.done !== true) map.delete(oldest.value);
}
