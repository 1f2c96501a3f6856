// How an answer is told from a refusal. HTTP 200 proves nothing at Akool: only `code` 1000 in the body is a success, and `msg` is for
// people, never compared ("OK", "Success" and "Delete successfully" all occur).

import { SUCCESS_CODE } from './codes';
import { fieldOf, isRecord, numberOf, parsedJson, shortText } from './json';

export type Envelope =
	| { kind: 'success'; data: unknown }
	| { kind: 'refusal'; code: number; msg: string }
	/** No envelope at all: an HTML page, cut JSON, nothing. */
	| { kind: 'unreadable' };

/** A body as the values in it: one that came as text, or as a text within a text, is read as what it holds; what is no JSON stays a text. */
export function readBody(body: unknown): unknown {
	const once = parsedJson(body);
	return typeof once === 'string' ? parsedJson(once) : once;
}

/** Where words have been seen, in answers and in what is said of a single video. */
const WORDS = ['msg', 'message', 'error_msg', 'error_reason', 'error', 'detail'] as const;
const LONGEST_WORDS = 500;

/** What an answer, or a part of one, says to people; undefined where it says nothing. */
export function wordsOf(value: unknown): string | undefined {
	const said = WORDS.map((name) => fieldOf(value, name)).find(
		(words) => words !== undefined && words !== null && words !== '',
	);
	return said === undefined ? undefined : shortText(said, LONGEST_WORDS);
}

/** Reads the body of an answer. Total: gives an outcome for whatever comes. Vendor page: "Image to Video" overview, response codes. */
export function readEnvelope(body: unknown): Envelope {
	if (!isRecord(body)) return { kind: 'unreadable' };
	const code = numberOf(body, 'code');
	if (code === undefined) return { kind: 'unreadable' };
	if (code !== SUCCESS_CODE) return { kind: 'refusal', code, msg: wordsOf(body) ?? '' };
	return { kind: 'success', data: fieldOf(body, 'data') };
}
