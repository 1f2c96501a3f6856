// What a credential gives for reading callbacks, and whether a callback's signature fits. Rule that must not regress: a credential that can never
// read a callback is distinguished from a forged one, and without a client ID there are no keys at all, so that nothing is accepted then.
// The signature covers no secret (whoever knows the client ID can make one), so on its own it proves nothing.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { Envelope } from './parse';

/** The two fields of the credential that callbacks are made with; Akool's pages also call the API key "clientSecret". */
export interface CallbackCredential {
	apiKey: string;
	clientId: string;
}

/** All that verifying and decrypting need, in the form the cipher takes. */
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
 * Takes the credential's API key and client ID; gives the keys, or says what makes the credential unfit.
 * The key is the whole API key, whose length in bytes chooses the cipher: Akool's page says 24, its keys have 32.
 * The IV is the first 16 bytes of the client ID, filled with zeros where it is shorter. Throws nothing.
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
 * Takes a callback's four values and the credential's client ID. Akool signs client ID, timestamp, nonce and dataEncrypt:
 * as text, sorted by code units (never by locale), joined with nothing between, SHA-1 in lower-case hex. Compared in constant time, and as
 * text: no second spelling of a signature passes. Throws nothing.
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
