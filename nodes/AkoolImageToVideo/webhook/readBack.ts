// Akool's own word on a video that somebody called about. A callback's signature covers no secret, so what is read here is what counts.
// Calls that come together are looked up together: one request serves all that arrive within a moment.

import type { AkoolVideo, VideoId } from '../akool/video';
import type { AkoolContext } from '../transport/context';
import { pause } from '../transport/pause';
import { readResults } from '../transport/results';

export type ReadBack =
	| { kind: 'known'; video: AkoolVideo }
	/** Akool has no such video in this account. */
	| { kind: 'unknown' }
	/** Akool could not be asked. */
	| { kind: 'notReadBack' };

const READ_BACK_ATTEMPTS = 2;
/** How long a look waits for company; nothing beside the time that a request to Akool takes. */
const GATHERING_MS = 15;

interface Gathering {
	ids: Set<VideoId>;
	videos: Promise<ReadonlyMap<VideoId, AkoolVideo>>;
}

/** The looks that are still being gathered, by account. */
const gatherings = new Map<string, Gathering>();

async function lookTogether(context: AkoolContext, accountKey: string, ids: Set<VideoId>): Promise<ReadonlyMap<VideoId, AkoolVideo>> {
	await pause(GATHERING_MS, undefined);
	gatherings.delete(accountKey);
	return await readResults(context, [...ids], READ_BACK_ATTEMPTS);
}

/**
 * Reads one video back from Akool. Never throws.
 *
 * @param accountKey tells accounts apart; looks of the same account are made together
 */
export async function readBack(context: AkoolContext, accountKey: string, id: VideoId): Promise<ReadBack> {
	let gathering = gatherings.get(accountKey);
	if (gathering === undefined) {
		const ids = new Set<VideoId>();
		gathering = { ids, videos: lookTogether(context, accountKey, ids) };
		gatherings.set(accountKey, gathering);
	}
	gathering.ids.add(id);
	try {
		const video = (await gathering.videos).get(id);
		return video === undefined ? { kind: 'unknown' } : { kind: 'known', video };
	} catch {
		return { kind: 'notReadBack' };
	}
}
