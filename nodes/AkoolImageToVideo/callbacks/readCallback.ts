// A callback's way in, the only one: shape, credential, signature, decryption, age, repetition, in this order.
// Only a call that passes all six is accepted. It asks nothing of Akool, so a forged call costs no request; and since Akool's
// signature covers no secret, an accepted callback is a reason to read the video back, not yet the truth about it.

import type { JsonRecord } from '../akool/json';
import type { VideoId } from '../akool/video';
import { forgedMessages, malformedMessages, staleMessages, unreadableMessages } from '../messages/callbacks';
import { decryptPayload } from './decrypt';
import { parseEnvelope, type EnvelopeMessage } from './envelope';
import { judgeAge, type AgeLimit, type AgeOutcome } from './fresh';
import { deriveKeys, type CallbackCredential, type KeysOutcome } from './keys';
import { parsePayload, type PayloadMessage } from './payload';
import type { SeenCallbacks } from './seen';
import { verifySignature } from './verify';

export type MalformedReason = EnvelopeMessage | PayloadMessage;
export type ForgedReason = 'signature' | 'decryption';
export type StaleReason = Exclude<AgeOutcome, 'fresh'>;
export type Unreadable = Extract<KeysOutcome, { kind: 'unreadable' }>;

/** What to fill in before this credential can read a callback. */
export function unreadableSentence(unreadable: Unreadable): string {
	return unreadable.reason === 'client-id-missing'
		? unreadableMessages.noClientId()
		: unreadableMessages.keyLength(unreadable.keyBytes);
}

/** What became of a call. `message` is a sentence for the log and holds no secret. */
export type CallbackOutcome =
	| { kind: 'accepted'; id: VideoId; status: number; url: string | undefined; payload: JsonRecord }
	| { kind: 'repeated'; id: VideoId; status: number }
	| { kind: 'stale'; reason: StaleReason; message: string; id: VideoId; status: number }
	| { kind: 'forged'; reason: ForgedReason; message: string }
	| { kind: 'malformed'; reason: MalformedReason; message: string }
	| { kind: 'unreadable'; reason: Unreadable['reason']; message: string };

export interface CallbackCircumstances extends AgeLimit {
	/** What was dealt with before; undefined where repeated calls do no harm. */
	seen?: SeenCallbacks | undefined;
}

/**
 * Takes a call's body in any state, the credential's two fields, and the circumstances; gives what became of it.
 * Accepted ones are not remembered here: the caller does that once it has dealt with them. Throws nothing.
 * Vendor page: "Webhook".
 */
export function readCallback(
	body: unknown,
	credential: CallbackCredential,
	circumstances: CallbackCircumstances,
): CallbackOutcome {
	const shape = parseEnvelope(body);
	if (shape.kind === 'malformed') return malformed(shape.reason);
	const { envelope } = shape;

	const derived = deriveKeys(credential);
	if (derived.kind === 'unreadable')
		return { kind: 'unreadable', reason: derived.reason, message: unreadableSentence(derived) };
	const { keys } = derived;

	if (verifySignature(envelope, keys.clientId) === 'does-not-fit') return forged('signature');

	const decrypted = decryptPayload(envelope.dataEncrypt, keys);
	if (decrypted.kind === 'undecipherable') return forged('decryption');
	const news = parsePayload(decrypted.content);
	if (news.kind === 'malformed') return malformed(news.reason);
	const { id, status, url, raw } = news.payload;

	const age = judgeAge(Number(envelope.timestamp), circumstances);
	if (age !== 'fresh') return { kind: 'stale', reason: age, message: staleMessages[age](), id, status };

	if (circumstances.seen?.has(id, status) === true) return { kind: 'repeated', id, status };
	return { kind: 'accepted', id, status, url, payload: raw };
}

function malformed(reason: MalformedReason): CallbackOutcome {
	return { kind: 'malformed', reason, message: malformedMessages[reason]() };
}

function forged(reason: ForgedReason): CallbackOutcome {
	return { kind: 'forged', reason, message: forgedMessages[reason]() };
}
