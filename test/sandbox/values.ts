// Small readers of values that came from outside. Rule: a body is `unknown` until a check here or in checks.ts has looked at it.
import { randomBytes } from 'node:crypto';

const ID_COUNTER_BYTES = 8;

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Akool's IDs are 24 hex digits that begin with the second of their making. */
export function newId(nowMs: number) {
	const second = Math.floor(nowMs / 1000)
		.toString(16)
		.padStart(8, '0');
	return second + randomBytes(ID_COUNTER_BYTES).toString('hex');
}

/** `"a, b"` → `["a", "b"]`. */
export function splitIds(text: string) {
	return text
		.split(',')
		.map((id) => id.trim())
		.filter((id) => id !== '');
}
