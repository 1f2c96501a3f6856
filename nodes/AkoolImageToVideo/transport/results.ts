// One look at any number of videos: one request for up to 100 of them. Rows come back by ID; an ID without a row is simply not there.

import chunk from 'lodash/chunk';

import { parseResults } from '../akool/answers';
import { idsBody } from '../akool/bodies';
import { IDS_PER_REQUEST } from '../akool/endpoints';
import type { AkoolVideo, VideoId } from '../akool/video';
import { readFromAkool } from './akool';
import type { AkoolContext } from './context';

/**
 * Reads the present state of videos.
 *
 * @throws CallFailure when Akool refuses or cannot be reached
 */
export async function readResults(
	context: AkoolContext,
	ids: readonly VideoId[],
	maxAttempts?: number,
): Promise<Map<VideoId, AkoolVideo>> {
	const found = new Map<VideoId, AkoolVideo>();
	for (const part of chunk(ids, IDS_PER_REQUEST)) {
		const data = await readFromAkool(context, 'results', { body: idsBody(part) }, maxAttempts);
		for (const [id, video] of parseResults(data)) found.set(id, video);
	}
	return found;
}
