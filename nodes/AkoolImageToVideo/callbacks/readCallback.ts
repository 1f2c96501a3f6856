// A callback's way in, the only one: shape, credential, signature, decryption, age, repetition, in this order.
// Only a call that passes all six is accepted. It asks nothing of Akool, so a forged callback costs no request; and since Akool's
// signature covers no secret, an accepted callback is a reason to read the video back, not yet the truth about it.
// Rule that must not regress: all that an envelope hides or gets wrong is one kind, `refused`, so that no answer tells a forger how near they came.

import type { JsonRecord } from '../akool/json';
import type { VideoId } from '../akool/video';
import { malformedMessages, refusalMessages, unreadableMessages } from '../messages/callbacks';
import { decryptPayload } from './decrypt';
import { judgeAge, parseEnvelope, parsePayload, type AgeLimit, type AgeOutcome, type PayloadFlaw } from './parse';
import type { SeenCallbacks } from './seen';
import { deriveKeys, verifySignature, type CallbackCredential, type KeysOutcome } from './verify';

export type RefusalReason = 'shape' | 'signature' | 'decryption' | PayloadFlaw | Exclude<AgeOutcome, 'fresh'>;

/** What became of a call. `message` is a sentence for the log and holds no secret. */
export type CallbackOutcome =
	| { kind: 'accepted'; id: VideoId; status: number; url: string | undefined; payload: JsonRecord }
	| { kind: 'repeated'; id: VideoId; status: number }
	/** Not even an envelope. */
	| { kind: 'malformed'; message: string }
	| { kind: 'refused'; reason: RefusalReason; message: string }
	/** The credential can read no callback at all. */
	| { kind: 'unreadable'; message: string };

export interface CallbackCircumstances extends AgeLimit {
	/** Callbacks that were handled before; undefined where repeated ones do no harm. */
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
 * Takes a call's body in any state, the credential's two fields, and the circumstances; gives what became of it.
 * Accepted ones are not remembered here: the caller does that once it has handled them. Throws nothing.
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
