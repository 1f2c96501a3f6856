// The shape of an answer: its fields and types without its values. Rule: all items of an array must be of one shape, so that a field which is
// missing from the second row only does not go unseen.
/** @returns fields in alphabetical order, whole and broken numbers told apart */
export function shapeOf(value: unknown): unknown {
	if (Array.isArray(value))
		return [...new Map(value.map((item) => [JSON.stringify(shapeOf(item)), shapeOf(item)])).values()];
	if (value !== null && typeof value === 'object') {
		return Object.fromEntries(
			Object.entries(value)
				.sort(([a], [b]) => (a < b ? -1 : 1))
				.map(([field, item]) => [field, shapeOf(item)]),
		);
	}
	if (typeof value === 'number') return Number.isInteger(value) ? 'whole number' : 'number';
	return value === null ? 'null' : typeof value;
}
