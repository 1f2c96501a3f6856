// Reads videos by the IDs that items name: one request for all, and each video once.

import { uniq } from 'lodash';

import type { VideoId } from '../akool/video';
import { absenceMessage } from '../messages/videos';
import { readResults } from '../transport/results';
import type { VideoOfItem } from './finishVideos';
import type { ItemResult } from '../items/itemResult';
import type { Run } from '../orders/run';

/** The IDs that one item named. */
export interface NamedIds {
	itemIndex: number;
	ids: readonly VideoId[];
}

/** All IDs of a run, each once. */
export function allIds(named: readonly NamedIds[]): VideoId[] {
	return uniq(named.flatMap(({ ids }) => ids));
}

/** One entry for each ID that an item named. */
export function forEachId<T>(named: readonly NamedIds[], make: (itemIndex: number, id: VideoId) => T): T[] {
	return named.flatMap(({ itemIndex, ids }) => ids.map((id) => make(itemIndex, id)));
}

export interface LookedUp {
	videos: VideoOfItem[];
	missing: ItemResult[];
}

/**
 * Reads the named videos once. Vendor page: "Get Image to Video Results".
 *
 * @throws CallFailure where Akool refuses all IDs or cannot be reached
 */
export async function lookUp(run: Run, named: readonly NamedIds[]): Promise<LookedUp> {
	const { videos: found, refused } = await readResults(run.context, allIds(named));
	const looked: LookedUp = { videos: [], missing: [] };
	forEachId(named, (itemIndex, id) => {
		const video = found.get(id);
		if (video === undefined)
			looked.missing.push({ kind: 'error', itemIndex, message: absenceMessage(id, refused.get(id)) });
		else looked.videos.push({ itemIndex, video });
	});
	return looked;
}
