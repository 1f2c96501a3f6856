// Tells a success from a refusal. At Akool, HTTP 200 proves nothing: only `code` 1000 in the body is a success. `msg` is for
// people and is never compared ("OK", "Success" and "Delete successfully" all occur).

import { SUCCESS_CODE } from './codes';
import { fieldOf, isRecord, numberOf, parsedJson, shortText } from './json';

export type Envelope =
	| { kind: 'success'; data: unknown }
	| { kind: 'refusal'; code: number; msg: string }
	/** Not an envelope: an HTML page, truncated JSON, or nothing. */
	| { kind: 'unreadable' };

/** Parses a body that came as JSON text, even if the text was encoded twice. Anything else is returned unchanged. */
export function readBody(body: unknown): unknown {
	const once = parsedJson(body);
	return typeof once === 'string' ? parsedJson(once) : once;
}

/** Fields in which Akool has been seen to put its message. */
const WORDS = ['msg', 'message', 'error_msg', 'error_reason', 'error', 'detail'] as const;
const LONGEST_WORDS = 500;

/** Akool's message in an answer or in a part of one; undefined where there is none. */
export function wordsOf(value: unknown): string | undefined {
	const said = WORDS.map((name) => fieldOf(value, name)).find(
		(words) => words !== undefined && words !== null && words !== '',
	);
	return said === undefined ? undefined : shortText(said, LONGEST_WORDS);
}

/** Reads the body of an answer. Accepts anything, never throws. Vendor page: "Image to Video" overview, response codes. */
export function readEnvelope(body: unknown): Envelope {
	if (!isRecord(body)) return { kind: 'unreadable' };
	const code = numberOf(body, 'code');
	if (code === undefined) return { kind: 'unreadable' };
	if (code !== SUCCESS_CODE) return { kind: 'refusal', code, msg: wordsOf(body) ?? '' };
	return { kind: 'success', data: fieldOf(body, 'data') };
}
