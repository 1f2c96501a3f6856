// Whether a callback's signature fits. Compared in constant time, and as text: no second spelling of a signature passes.
// The signature covers no secret (whoever knows the client ID can make one), so on its own it proves nothing.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { Envelope } from './envelope';

export type SignatureOutcome = 'fits' | 'does-not-fit';

/**
 * Takes a callback's four values and the credential's client ID. Akool signs client ID, timestamp, nonce and dataEncrypt:
 * as text, sorted by code units (never by locale), joined with nothing between, SHA-1 in lower-case hex. Throws nothing.
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
