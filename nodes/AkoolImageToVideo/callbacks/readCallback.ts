// A callback's way in, the only one: shape, credential, signature, decryption, age, repetition, in this order.
// Only a call that passes all six is accepted. It asks nothing of Akool, so a forged call costs no request; and since Akool's
// signature covers no secret, an accepted callback is a reason to read the video back, not yet the truth about it.

import type { JsonRecord } from '../akool/json';
import type { VideoId } from '../akool/video';
import { decryptPayload } from './decrypt';
import { parseEnvelope } from './envelope';
import { judgeAge, type AgeLimit } from './fresh';
import { deriveKeys, type CallbackCredential } from './keys';
import { parsePayload } from './payload';
import type { SeenCallbacks } from './seen';
import {
	FORGED_SENTENCES,
	MALFORMED_SENTENCES,
	STALE_SENTENCES,
	unreadableSentence,
	type ForgedReason,
	type MalformedReason,
	type StaleReason,
	type Unreadable,
} from './sentences';
import { verifySignature } from './verify';

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
	if (age !== 'fresh') return { kind: 'stale', reason: age, message: STALE_SENTENCES[age], id, status };

	if (circumstances.seen?.has(id, status) === true) return { kind: 'repeated', id, status };
	return { kind: 'accepted', id, status, url, payload: raw };
}

function malformed(reason: MalformedReason): CallbackOutcome {
	return { kind: 'malformed', reason, message: MALFORMED_SENTENCES[reason] };
}

function forged(reason: ForgedReason): CallbackOutcome {
	return { kind: 'forged', reason, message: FORGED_SENTENCES[reason] };
}
