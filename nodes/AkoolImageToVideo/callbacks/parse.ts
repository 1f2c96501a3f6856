// The form of a callback, outside and inside: the envelope of four values, and the payload that is encrypted in it.
// Akool signs the four values joined with nothing between, so the signature cannot tell where one ends and which is which. Only these narrow
// shapes can: loosen one, and text can move from field to field under the same signature. What they leave open is digits changing places
// between timestamp and nonce; that cannot touch the payload, only its age, and reading back settles it.

import { fieldOf, isRecord, numberOf, textOf, type JsonRecord } from '../akool/json';
import { isVideoId, type VideoId } from '../akool/video';

/** The four values as the text that was signed. */
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
	/** All four are there, and one has a shape that Akool's never has. */
	| { kind: 'wrongShape'; reason: EnvelopeFlaw };

/** What one callback says. */
export interface CallbackPayload {
	id: VideoId;
	/** A whole number as received. It may be one that no page documents: whoever acts on it decides, and never takes it for done. */
	status: number;
	/** As received and not checked; sent with status 3. */
	url: string | undefined;
	raw: JsonRecord;
}

export type PayloadFlaw = 'payload-id' | 'payload-status';

export type PayloadOutcome = { kind: 'payload'; payload: CallbackPayload } | { kind: 'malformed'; reason: PayloadFlaw };

export interface AgeLimit {
	nowMs: number;
	/** 0 is no limit, in either direction. */
	maxAgeMinutes: number;
}

export type AgeOutcome = 'fresh' | 'too-old' | 'from-the-future';

/** A callback is about one video and takes less than 1 KiB; this leaves room for fields that Akool may add. */
export const MAX_BODY_BYTES = 256 * 1024;
/** How far Akool's clock may run ahead of this machine's. */
export const CLOCK_SKEW_MINUTES = 5;
const MS_PER_MINUTE = 60_000;

/** Lower case only, as Akool writes it: upper case would make a second body out of every signed one. */
const SIGNATURE = /^[0-9a-f]{40}$/;
/** Milliseconds, which have 13 digits from 2001 to 2286. Seconds (10 digits) are not taken: no page documents them, and a nonce may be mistaken for them. */
const TIMESTAMP_MS = /^[1-9]\d{12}$/;
/** Akool's own are four digits; this also takes a UUID. With no `=` and less than 64 characters it can hold no whole cipher blocks taken from `dataEncrypt`. */
const NONCE = /^[\w.-]{1,40}$/;

/** The text of these bytes, or undefined where they are not valid UTF-8: nothing is repaired or guessed at. */
export function decodeUtf8(bytes: Buffer): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

/** The JSON object that this text is, or undefined where it is another kind of JSON or none. */
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

/** A value of the envelope: Akool sends some now as a number, now as a text, and signs both as the same text. */
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
 * Takes a callback's body in any state (an object, JSON as text or bytes, anything else) and gives its four values as
 * text, or the reason why it is not a callback. Unknown further fields do no harm. Throws nothing.
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
 * Takes the decrypted JSON object; gives what it says, or the field that is not there or not what it should be. No kind of job is read out of it:
 * Akool documents no `type` for Image to Video. Throws nothing.
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
 * Takes the moment that Akool signed and the limit; says on which side of it the callback falls. One from the future is refused as well: it would
 * stay young, and could be sent again, for as long as its sender likes. What cannot be measured (no clock, no sensible limit) is never fresh.
 * Akool documents no limit: this one is ours. With 1440 minutes, a callback from 12:00 is fresh until 12:00 of the next day.
 */
export function judgeAge(timestampMs: number, { nowMs, maxAgeMinutes }: AgeLimit): AgeOutcome {
	if (maxAgeMinutes === 0) return 'fresh';
	const ageMs = nowMs - timestampMs;
	if (ageMs < -CLOCK_SKEW_MINUTES * MS_PER_MINUTE) return 'from-the-future';
	return ageMs <= maxAgeMinutes * MS_PER_MINUTE ? 'fresh' : 'too-old';
}
