// How a callback's payload is made readable. What decrypts shows that the sender knows the API key: a payload that is not
// canonical base64, whole blocks, padded, UTF-8 and a JSON object all the way through is not read in part.
// Every way to fall short is one and the same outcome, so that no answer tells a forger how near they came.

import { createDecipheriv } from 'node:crypto';
import type { JsonRecord } from '../akool/json';
import { decodeUtf8, parseJsonObject } from './parse';
import type { CallbackKeys } from './verify';

export type DecryptOutcome = { kind: 'decrypted'; content: JsonRecord } | { kind: 'undecipherable' };

const BLOCK_BYTES = 16;

/** Akool's page fills up to a multiple of 24, which a standard unpadding refuses; its own receivers go by the last byte alone. */
const MAX_PADDING_BYTES = 32;

/**
 * Takes the received `dataEncrypt` and the credential's keys; gives the JSON object inside. Throws nothing.
 * Vendor page: "Webhook", as its receivers practise it (the sample printed there does not decrypt).
 */
export function decryptPayload(dataEncrypt: string, keys: CallbackKeys): DecryptOutcome {
	const encrypted = decodeBase64(dataEncrypt);
	const plain = encrypted && unpad(decipher(encrypted, keys));
	const text = plain && decodeUtf8(plain);
	const content = text === undefined ? undefined : parseJsonObject(text);
	return content === undefined ? { kind: 'undecipherable' } : { kind: 'decrypted', content };
}

/** Node's decoder skips what it does not know, so only a text that encodes back to itself was base64; it must be whole blocks too. */
function decodeBase64(text: string): Buffer | undefined {
	const bytes = Buffer.from(text, 'base64');
	return bytes.toString('base64') === text && bytes.length % BLOCK_BYTES === 0 ? bytes : undefined;
}

function decipher(encrypted: Buffer, { algorithm, key, iv }: CallbackKeys): Buffer {
	const cipher = createDecipheriv(algorithm, key, iv).setAutoPadding(false);
	return Buffer.concat([cipher.update(encrypted), cipher.final()]);
}

/** A last byte of 0 drops nothing, and then stands behind the JSON, which no JSON survives. */
function unpad(padded: Buffer): Buffer | undefined {
	const paddingBytes = padded.at(-1) ?? 0;
	if (paddingBytes > Math.min(MAX_PADDING_BYTES, padded.length)) return undefined;
	return padded.subarray(0, padded.length - paddingBytes);
}
