// What the log says about a callback that was not accepted. Nothing of the credential and nothing of the body stands in it.

import type { EnvelopeMessage } from './envelope';
import type { AgeOutcome } from './fresh';
import type { KeysOutcome } from './keys';
import type { PayloadMessage } from './payload';

export type MalformedReason = EnvelopeMessage | PayloadMessage;
export type ForgedReason = 'signature' | 'decryption';
export type StaleReason = Exclude<AgeOutcome, 'fresh'>;
export type Unreadable = Extract<KeysOutcome, { kind: 'unreadable' }>;

export const MALFORMED_SENTENCES: Record<MalformedReason, string> = {
	'body-too-large': 'The body is larger than any callback of Akool.',
	'body-not-json': 'The body is not a JSON object.',
	signature: 'The field "signature" is not 40 lower-case hexadecimal characters.',
	'data-encrypt': 'The field "dataEncrypt" is missing or not a text.',
	timestamp: 'The field "timestamp" is not a time in milliseconds (13 digits).',
	nonce: 'The field "nonce" is missing, or not a number or a short text.',
	'payload-id': 'The decrypted payload has no "_id" of 24 hexadecimal characters.',
	'payload-status': 'The decrypted payload has no "status" that is a whole number.',
};

export const FORGED_SENTENCES: Record<ForgedReason, string> = {
	signature:
		'The signature does not fit. If the call did come from Akool, the Client ID in the Akool API credential belongs to another account.',
	decryption:
		'The payload does not decrypt. If the call did come from Akool, the API Key in the Akool API credential does not belong to its Client ID.',
};

export const STALE_SENTENCES: Record<StaleReason, string> = {
	'too-old': 'The call is older than the maximum age that is set.',
	'from-the-future': 'The call is dated ahead of this machine’s clock. If the call did come from Akool, set the clock.',
};

/** What to fill in before this credential can read a callback. */
export function unreadableSentence(unreadable: Unreadable): string {
	return unreadable.reason === 'client-id-missing'
		? 'The Akool API credential has no Client ID, and Akool’s callbacks cannot be read without it. Fill in Client ID from the API Credentials page of Akool.'
		: `The API Key in the Akool API credential is ${unreadable.keyBytes} bytes long, and callbacks can only be read with one of 16, 24 or 32. Copy API Key again from the API Credentials page of Akool, without spaces around it.`;
}
