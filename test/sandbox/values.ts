// Small readers of values that came from outside. Rule: a body is `unknown` until a check here or in checks.ts has read it.
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { MediaFile } from './types';

const ID_COUNTER_BYTES = 8;

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Akool's IDs are 24 hex digits that begin with the second of their creation. */
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

/** An ID of another shape than Akool's; without a shape that is known here, the right one. */
export function oddId(shape: string | undefined, right: string): unknown {
	switch (shape) {
		case 'number':
			return randomInt(1_000_000_000, 2 ** 47);
		case 'uuid':
			return randomUUID();
		case 'short':
			return right.slice(-6);
		case 'long':
			return right + right + right;
		default:
			return right;
	}
}

/** A file that is at hand as a whole. */
export function whole(type: string, content: Buffer): MediaFile {
	return { type, bytes: content.length, open: (start, end) => Readable.from([content.subarray(start, end + 1)]) };
}
