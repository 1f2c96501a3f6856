// Decrypts a callback's payload, which proves that the sender knows the API key. A payload that is not
// canonical base64 of whole, padded blocks with a JSON object in UTF-8 is refused as a whole.
// All defects give the same outcome, so that no answer helps a forger.

import { createDecipheriv } from 'node:crypto';
import type { JsonRecord } from '../akool/json';
import { decodeUtf8, parseJsonObject } from './parse';
import type { CallbackKeys } from './verify';

export type DecryptOutcome = { kind: 'decrypted'; content: JsonRecord } | { kind: 'undecipherable' };

const BLOCK_BYTES = 16;

/** Akool's page pads to a multiple of 24, which standard unpadding refuses; Akool's own receivers use only the last byte. */
const MAX_PADDING_BYTES = 32;

/**
 * Decrypts `dataEncrypt` with the credential's keys and returns the JSON object inside. Never throws.
 * Vendor page: "Webhook", as its receivers implement it (the sample printed there does not decrypt).
 */
export function decryptPayload(dataEncrypt: string, keys: CallbackKeys): DecryptOutcome {
	const encrypted = decodeBase64(dataEncrypt);
	const plain = encrypted && unpad(decipher(encrypted, keys));
	const text = plain && decodeUtf8(plain);
	const content = text === undefined ? undefined : parseJsonObject(text);
	return content === undefined ? { kind: 'undecipherable' } : { kind: 'decrypted', content };
}

/** Node's decoder skips unknown characters, so only text that encodes back to itself was base64. It must be whole blocks, too. */
function decodeBase64(text: string): Buffer | undefined {
	const bytes = Buffer.from(text, 'base64');
	return bytes.toString('base64') === text && bytes.length % BLOCK_BYTES === 0 ? bytes : undefined;
}

function decipher(encrypted: Buffer, { algorithm, key, iv }: CallbackKeys): Buffer {
	const cipher = createDecipheriv(algorithm, key, iv).setAutoPadding(false);
	return Buffer.concat([cipher.update(encrypted), cipher.final()]);
}

/** A last byte of 0 removes nothing, and then makes the JSON invalid. */
function unpad(padded: Buffer): Buffer | undefined {
	const paddingBytes = padded.at(-1) ?? 0;
	if (paddingBytes > Math.min(MAX_PADDING_BYTES, padded.length)) return undefined;
	return padded.subarray(0, padded.length - paddingBytes);
}
