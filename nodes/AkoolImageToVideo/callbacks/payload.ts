// What a decrypted payload says: which video, which status. No kind of job is read out of it: Akool documents no `type` for
// Image to Video. It is a hint that a video changed, and what Akool says when read back is what counts.

import { numberOf, textOf, type JsonRecord } from '../akool/json';
import { isVideoId, type VideoId } from '../akool/video';

/** One callback's news. */
export interface CallbackPayload {
	id: VideoId;
	/** A whole number as received. It may be one that no page documents: whoever acts on it decides, and never takes it for done. */
	status: number;
	/** As received and not looked at; sent with status 3. */
	url: string | undefined;
	raw: JsonRecord;
}

export type PayloadMessage = 'payload-id' | 'payload-status';

export type PayloadOutcome =
	{ kind: 'payload'; payload: CallbackPayload } | { kind: 'malformed'; reason: PayloadMessage };

/**
 * Takes the decrypted JSON object; gives its news, or the field that is not there or not what it should be. Throws nothing.
 * Vendor page: "Webhook" (`_id`, `status`, `url`).
 */
export function parsePayload(raw: JsonRecord): PayloadOutcome {
	const id = textOf(raw, '_id');
	if (id === undefined || !isVideoId(id)) return { kind: 'malformed', reason: 'payload-id' };
	const status = numberOf(raw, 'status');
	if (status === undefined || !Number.isSafeInteger(status)) return { kind: 'malformed', reason: 'payload-status' };
	return { kind: 'payload', payload: { id, status, url: textOf(raw, 'url'), raw } };
}
