// Derives the keys for callbacks from a credential, and verifies a callback's signature. Rule that must not regress: a credential that cannot read
// callbacks is told apart from a forged callback, and without a client ID there are no keys, so that nothing is accepted then.
// The signature covers no secret (anyone who knows the client ID can make one), so on its own it proves nothing.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { Envelope } from './parse';

/** The two fields of the credential that callbacks depend on; Akool's pages also call the API key "clientSecret". */
export interface CallbackCredential {
	apiKey: string;
	clientId: string;
}

/** What verifying and decrypting need, in the form that the cipher takes. */
export interface CallbackKeys {
	clientId: string;
	algorithm: 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc';
	key: Buffer;
	iv: Buffer;
}

export type KeysOutcome =
	| { kind: 'keys'; keys: CallbackKeys }
	| { kind: 'unreadable'; reason: 'client-id-missing' }
	| { kind: 'unreadable'; reason: 'api-key-length'; keyBytes: number };

export type SignatureOutcome = 'fits' | 'does-not-fit';

const IV_BYTES = 16;

function algorithmFor(keyBytes: number): CallbackKeys['algorithm'] | undefined {
	switch (keyBytes) {
		case 16:
			return 'aes-128-cbc';
		case 24:
			return 'aes-192-cbc';
		case 32:
			return 'aes-256-cbc';
		default:
			return undefined;
	}
}

/**
 * Derives the keys from the credential's API key and client ID, or says why the credential cannot read callbacks.
 * The key is the whole API key, whose length in bytes chooses the cipher: Akool's page says 24, its keys have 32.
 * The IV is the first 16 bytes of the client ID, filled with zeros where it is shorter. Never throws.
 * Vendor page: "Webhook".
 */
export function deriveKeys({ apiKey, clientId }: CallbackCredential): KeysOutcome {
	if (clientId.trim() === '') return { kind: 'unreadable', reason: 'client-id-missing' };
	const key = Buffer.from(apiKey, 'utf8');
	const algorithm = algorithmFor(key.length);
	if (algorithm === undefined) return { kind: 'unreadable', reason: 'api-key-length', keyBytes: key.length };
	const iv = Buffer.alloc(IV_BYTES);
	Buffer.from(clientId, 'utf8').copy(iv);
	return { kind: 'keys', keys: { clientId, algorithm, key, iv } };
}

/**
 * Verifies a callback's signature. Akool signs client ID, timestamp, nonce and dataEncrypt
 * as text, sorted by code units (not by locale), joined without a separator, as SHA-1 in lower-case hex. Compared in constant time, and as
 * text, so that no other spelling passes. Never throws.
 * Vendor page: "Webhook".
 */
export function verifySignature(
	{ signature, timestamp, nonce, dataEncrypt }: Envelope,
	clientId: string,
): SignatureOutcome {
	const signed = [clientId, timestamp, nonce, dataEncrypt].sort().join('');
	const expected = Buffer.from(createHash('sha1').update(signed, 'utf8').digest('hex'));
	const received = Buffer.from(signature);
	return received.length === expected.length && timingSafeEqual(received, expected) ? 'fits' : 'does-not-fit';
}
