// Reads values from outside, which are all unknown. A reader returns a value of the type that it names, or undefined.

/** A JSON object whose values are not checked yet. */
export type JsonRecord = Record<string, unknown>;

/** Says whether a value is an object with named fields (no array, no null). */
export function isRecord(value: unknown): value is JsonRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own field of an object, or undefined. Fields of the prototype (`__proto__`, `constructor`) are never read. */
export function fieldOf(value: unknown, name: string): unknown {
	return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The field as a text that is not empty, or undefined. */
export function textOf(value: unknown, name: string): string | undefined {
	const field = fieldOf(value, name);
	return typeof field === 'string' && field !== '' ? field : undefined;
}

/** The field as a finite number (a numeric text counts, since the vendor mixes both), or undefined. */
export function numberOf(value: unknown, name: string): number | undefined {
	const field = fieldOf(value, name);
	const number = typeof field === 'string' && field.trim() !== '' ? Number(field) : field;
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

const BYTE_ORDER_MARK = /^\uFEFF/;

/** Parses JSON text; returns any other value unchanged. Never throws. */
export function parsedJson(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		const parsed: unknown = JSON.parse(value.replace(BYTE_ORDER_MARK, ''));
		return parsed;
	} catch {
		return value;
	}
}

/** Any value as text to show, even one that JSON cannot hold. Never throws. */
export function jsonText(value: unknown): string {
	try {
		return JSON.stringify(value) ?? String(value);
	} catch {
		return Object.prototype.toString.call(value);
	}
}

/** The first characters of a value's text, for a log or the ledger. Never throws. */
export function shortText(value: unknown, characters: number): string {
	const text = typeof value === 'string' ? value : jsonText(value);
	return text.length > characters ? `${text.slice(0, characters)}…` : text;
}

/** The field as a list; anything else is an empty one. */
export function listOf(value: unknown, name: string): unknown[] {
	const field = fieldOf(value, name);
	return Array.isArray(field) ? field : [];
}

/** The object without the fields that have no value. */
export function withoutUndefined(fields: JsonRecord): JsonRecord {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
