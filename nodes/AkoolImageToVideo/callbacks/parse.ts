// The shape of a callback: the envelope of four values, and the payload that is encrypted in it.
// Akool signs the four values joined without a separator, so the signature does not fix where one ends. Only these narrow
// shapes do: loosen one, and text can move from field to field under the same signature. Digits can still move
// between timestamp and nonce, which affects only the age of the callback, not its payload.

import { fieldOf, isRecord, numberOf, textOf, type JsonRecord } from '../akool/json';
import { isVideoId, type VideoId } from '../akool/video';

/** The four values, as the texts that were signed. */
export interface Envelope {
	signature: string;
	dataEncrypt: string;
	timestamp: string;
	nonce: string;
}

export type EnvelopeFlaw = 'body-too-large' | 'body-not-json' | 'signature' | 'data-encrypt' | 'timestamp' | 'nonce';

export type EnvelopeOutcome =
	| { kind: 'envelope'; envelope: Envelope }
	/** Not all four values are there. */
	| { kind: 'malformed'; reason: EnvelopeFlaw }
	/** All four are there, and one has a shape that Akool never sends. */
	| { kind: 'wrongShape'; reason: EnvelopeFlaw };

/** What one callback says. */
export interface CallbackPayload {
	id: VideoId;
	/** A whole number as received. It may be undocumented; such a status never counts as finished. */
	status: number;
	/** As received, unchecked; sent with status 3. */
	url: string | undefined;
	raw: JsonRecord;
}

export type PayloadFlaw = 'payload-id' | 'payload-status';

export type PayloadOutcome = { kind: 'payload'; payload: CallbackPayload } | { kind: 'malformed'; reason: PayloadFlaw };

export interface AgeLimit {
	nowMs: number;
	/** 0 means no limit, in either direction. */
	maxAgeMinutes: number;
}

export type AgeOutcome = 'fresh' | 'too-old' | 'from-the-future';

/** A callback is about one video and takes less than 1 KiB; this leaves room for fields that Akool may add. */
export const MAX_BODY_BYTES = 256 * 1024;
/** How far Akool's clock may run ahead of this machine's. */
export const CLOCK_SKEW_MINUTES = 5;
const MS_PER_MINUTE = 60_000;

/** Lower case only, as Akool writes it: with upper case, every signed body would have a second valid form. */
const SIGNATURE = /^[0-9a-f]{40}$/;
/** Milliseconds, which have 13 digits from 2001 to 2286. Seconds (10 digits) are refused: they are not documented, and a nonce could be mistaken for them. */
const TIMESTAMP_MS = /^[1-9]\d{12}$/;
/** Akool's own have four digits; this also accepts a UUID. Without `=` and with less than 64 characters, it cannot hold whole cipher blocks of `dataEncrypt`. */
const NONCE = /^[\w.-]{1,40}$/;

/** The text of these bytes, or undefined where they are not valid UTF-8. */
export function decodeUtf8(bytes: Buffer): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

/** Parses a JSON object; undefined where the text is other JSON or none. */
export function parseJsonObject(text: string): JsonRecord | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isRecord(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function isLargerThanAllowed(body: unknown): boolean {
	return (typeof body === 'string' || Buffer.isBuffer(body)) && Buffer.byteLength(body) > MAX_BODY_BYTES;
}

function bodyObject(body: unknown): JsonRecord | undefined {
	const text = Buffer.isBuffer(body) ? decodeUtf8(body) : body;
	if (typeof text === 'string') return parseJsonObject(text);
	return isRecord(text) ? text : undefined;
}

/** A value of the envelope. Akool sends some as a number or as text, and signs both as the same text. */
function signedText(record: JsonRecord, name: keyof Envelope): string | undefined {
	const value = fieldOf(record, name);
	return typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : undefined;
}

function malformed(reason: EnvelopeFlaw): EnvelopeOutcome {
	return { kind: 'malformed', reason };
}

function wrongShape(reason: EnvelopeFlaw): EnvelopeOutcome {
	return { kind: 'wrongShape', reason };
}

/**
 * Reads a callback's body (an object, JSON as text or bytes, or anything else) and returns its four values as
 * text, or why it is not a callback. Unknown further fields are ignored. Never throws.
 * Vendor page: "Webhook".
 */
export function parseEnvelope(body: unknown): EnvelopeOutcome {
	if (isLargerThanAllowed(body)) return malformed('body-too-large');
	const record = bodyObject(body);
	if (record === undefined) return malformed('body-not-json');

	const signature = signedText(record, 'signature');
	if (signature === undefined) return malformed('signature');
	const dataEncrypt = signedText(record, 'dataEncrypt');
	if (dataEncrypt === undefined) return malformed('data-encrypt');
	if (dataEncrypt.length > MAX_BODY_BYTES) return malformed('body-too-large');
	const timestamp = signedText(record, 'timestamp');
	if (timestamp === undefined) return malformed('timestamp');
	const nonce = signedText(record, 'nonce');
	if (nonce === undefined) return malformed('nonce');

	if (!SIGNATURE.test(signature)) return wrongShape('signature');
	if (!TIMESTAMP_MS.test(timestamp)) return wrongShape('timestamp');
	if (!NONCE.test(nonce)) return wrongShape('nonce');
	return { kind: 'envelope', envelope: { signature, dataEncrypt, timestamp, nonce } };
}

/**
 * Reads the decrypted JSON object; returns its content, or the field that is missing or wrong. `type` is not read, since Akool
 * documents none for Image to Video. Never throws.
 * Vendor page: "Webhook" (`_id`, `status`, `url`).
 */
export function parsePayload(raw: JsonRecord): PayloadOutcome {
	const id = textOf(raw, '_id');
	if (id === undefined || !isVideoId(id)) return { kind: 'malformed', reason: 'payload-id' };
	const status = numberOf(raw, 'status');
	if (status === undefined || !Number.isSafeInteger(status)) return { kind: 'malformed', reason: 'payload-status' };
	return { kind: 'payload', payload: { id, status, url: textOf(raw, 'url'), raw } };
}

/**
 * Compares the signed time (milliseconds since 1970) with the limit. A callback from the future is refused as well, since it could be sent
 * again for as long as its sender likes. An age that cannot be measured (NaN) is never fresh. Never throws.
 * Akool documents no limit: this one is ours. With 1440 minutes, a callback from 12:00 is fresh until 12:00 of the next day.
 */
export function judgeAge(timestampMs: number, { nowMs, maxAgeMinutes }: AgeLimit): AgeOutcome {
	if (maxAgeMinutes === 0) return 'fresh';
	const ageMs = nowMs - timestampMs;
	if (ageMs < -CLOCK_SKEW_MINUTES * MS_PER_MINUTE) return 'from-the-future';
	return ageMs <= maxAgeMinutes * MS_PER_MINUTE ? 'fresh' : 'too-old';
}
