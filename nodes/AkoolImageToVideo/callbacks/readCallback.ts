// Verifies a callback: shape, credential, signature, decryption, age and repetition, in this order.
// Only a call that passes all six is accepted. No request is sent to Akool, so a forged callback costs none; and since Akool's
// signature covers no secret, an accepted callback is only a reason to read the video from Akool.
// Rule that must not regress: everything wrong in or with the envelope gives the same kind, `refused`, so that no answer helps a forger.

import type { JsonRecord } from '../akool/json';
import type { VideoId } from '../akool/video';
import { malformedMessages, refusalMessages, unreadableMessages } from '../messages/callbacks';
import { decryptPayload } from './decrypt';
import { judgeAge, parseEnvelope, parsePayload, type AgeLimit, type AgeOutcome, type PayloadFlaw } from './parse';
import type { SeenCallbacks } from './seen';
import { deriveKeys, verifySignature, type CallbackCredential, type KeysOutcome } from './verify';

export type RefusalReason = 'shape' | 'signature' | 'decryption' | PayloadFlaw | Exclude<AgeOutcome, 'fresh'>;

/** The outcome of a call. `message` is for the log and holds no secret. */
export type CallbackOutcome =
	| { kind: 'accepted'; id: VideoId; status: number; url: string | undefined; payload: JsonRecord }
	| { kind: 'repeated'; id: VideoId; status: number }
	/** Not even an envelope. */
	| { kind: 'malformed'; message: string }
	| { kind: 'refused'; reason: RefusalReason; message: string }
	/** The credential cannot read any callback. */
	| { kind: 'unreadable'; message: string };

export interface CallbackCircumstances extends AgeLimit {
	/** Callbacks that were handled before; undefined where repeated ones are accepted. */
	seen?: SeenCallbacks | undefined;
}

type Unreadable = Extract<KeysOutcome, { kind: 'unreadable' }>;

/** What to fill in before this credential can read a callback. */
export function unreadableMessage(unreadable: Unreadable): string {
	return unreadable.reason === 'client-id-missing'
		? unreadableMessages.noClientId()
		: unreadableMessages.keyLength(unreadable.keyBytes);
}

function refused(reason: Exclude<RefusalReason, 'shape'>): CallbackOutcome {
	return { kind: 'refused', reason, message: refusalMessages[reason]() };
}

/**
 * Verifies a call's body, in whatever form, and returns the outcome.
 * Accepted callbacks are not remembered here: the caller does that once it has handled them. Never throws.
 * Vendor page: "Webhook".
 */
export function readCallback(
	body: unknown,
	credential: CallbackCredential,
	circumstances: CallbackCircumstances,
): CallbackOutcome {
	const shape = parseEnvelope(body);
	if (shape.kind === 'malformed') return { kind: 'malformed', message: malformedMessages[shape.reason]() };
	if (shape.kind === 'wrongShape')
		return { kind: 'refused', reason: 'shape', message: malformedMessages[shape.reason]() };
	const { envelope } = shape;

	const derived = deriveKeys(credential);
	if (derived.kind === 'unreadable') return { kind: 'unreadable', message: unreadableMessage(derived) };
	const { keys } = derived;

	if (verifySignature(envelope, keys.clientId) === 'does-not-fit') return refused('signature');

	const decrypted = decryptPayload(envelope.dataEncrypt, keys);
	if (decrypted.kind === 'undecipherable') return refused('decryption');
	const said = parsePayload(decrypted.content);
	if (said.kind === 'malformed') return refused(said.reason);
	const { id, status, url, raw } = said.payload;

	const age = judgeAge(Number(envelope.timestamp), circumstances);
	if (age !== 'fresh') return refused(age);

	if (circumstances.seen?.has(id, status) === true) return { kind: 'repeated', id, status };
	return { kind: 'accepted', id, status, url, payload: raw };
}
