// The outer body of a callback: four values, each in its own narrow shape.
// Akool signs the four joined with nothing between, so the signature cannot tell where one ends and which is which.
// Only these shapes can: loosen one, and text can move from field to field under the same signature. What they leave open is
// digits changing places between timestamp and nonce; that cannot touch the payload, only its age, and reading back settles it.

import { fieldOf, isRecord, textOf, type JsonRecord } from '../akool/json';
import { decodeUtf8, parseJsonObject } from './text';

/** The four values as the text that was signed. */
export interface Envelope {
	signature: string;
	dataEncrypt: string;
	timestamp: string;
	nonce: string;
}

export type EnvelopeMessage = 'body-too-large' | 'body-not-json' | 'signature' | 'data-encrypt' | 'timestamp' | 'nonce';

export type EnvelopeOutcome = { kind: 'envelope'; envelope: Envelope } | { kind: 'malformed'; reason: EnvelopeMessage };

/** A callback is about one video and takes less than 1 KiB; this leaves room for fields that Akool may add. */
export const MAX_BODY_BYTES = 256 * 1024;

/** Lower case only, as Akool writes it: upper case would make a second body out of every signed one. */
const SIGNATURE = /^[0-9a-f]{40}$/;

/** Milliseconds, which have 13 digits from 2001 to 2286. Seconds (10 digits) are not taken: no page documents them, and a nonce may look like them. */
const TIMESTAMP_MS = /^[1-9]\d{12}$/;

/** Akool's own are four digits; this also takes a UUID. With no `=` and less than 64 characters it can hold no whole cipher blocks taken from `dataEncrypt`. */
const NONCE = /^[\w.-]{1,40}$/;

/**
 * Takes a callback's body in any state (an object, JSON as text or bytes, anything else) and gives its four values as
 * text, or the reason why it is not a callback. Unknown further fields do no harm. Throws nothing.
 * Vendor page: "Webhook".
 */
export function parseEnvelope(body: unknown): EnvelopeOutcome {
	if (isLargerThanAllowed(body)) return malformed('body-too-large');
	const record = bodyObject(body);
	if (record === undefined) return malformed('body-not-json');

	const signature = textOf(record, 'signature');
	if (signature === undefined || !SIGNATURE.test(signature)) return malformed('signature');
	const dataEncrypt = textOf(record, 'dataEncrypt');
	if (dataEncrypt === undefined) return malformed('data-encrypt');
	if (dataEncrypt.length > MAX_BODY_BYTES) return malformed('body-too-large');
	const timestamp = signedText(record, 'timestamp');
	if (timestamp === undefined || !TIMESTAMP_MS.test(timestamp)) return malformed('timestamp');
	const nonce = signedText(record, 'nonce');
	if (nonce === undefined || !NONCE.test(nonce)) return malformed('nonce');

	return { kind: 'envelope', envelope: { signature, dataEncrypt, timestamp, nonce } };
}

function malformed(reason: EnvelopeMessage): EnvelopeOutcome {
	return { kind: 'malformed', reason };
}

function isLargerThanAllowed(body: unknown): boolean {
	return (typeof body === 'string' || Buffer.isBuffer(body)) && Buffer.byteLength(body) > MAX_BODY_BYTES;
}

function bodyObject(body: unknown): JsonRecord | undefined {
	const text = Buffer.isBuffer(body) ? decodeUtf8(body) : body;
	if (typeof text === 'string') return parseJsonObject(text);
	return isRecord(text) ? text : undefined;
}

/** A field that Akool sends now as a number, now as a text; both are signed as the same text. */
function signedText(record: JsonRecord, name: 'timestamp' | 'nonce'): string | undefined {
	const value = fieldOf(record, name);
	return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
