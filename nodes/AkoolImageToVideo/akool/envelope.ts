// How an answer is told from a refusal. HTTP 200 proves nothing at Akool: only `code` 1000 in the body is a success, and `msg` is for
// people, never compared ("OK", "Success" and "Delete successfully" all occur).

import { SUCCESS_CODE } from './codes';
import { fieldOf, isRecord, numberOf, parsedJson, textOf } from './json';

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

/** Reads the body of an answer. Total: gives an outcome for whatever comes. Vendor page: "Image to Video" overview, response codes. */
export function readEnvelope(body: unknown): Envelope {
	if (!isRecord(body)) return { kind: 'unreadable' };
	const code = numberOf(body, 'code');
	if (code === undefined) return { kind: 'unreadable' };
	if (code !== SUCCESS_CODE) return { kind: 'refusal', code, msg: textOf(body, 'msg') ?? '' };
	return { kind: 'success', data: fieldOf(body, 'data') };
}
