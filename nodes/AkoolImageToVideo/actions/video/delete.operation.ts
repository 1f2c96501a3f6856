// Delete: removes videos at Akool for good. Akool answers "Delete successfully" even where it deleted nothing, so each ID is searched in
// what the answer lists.

import type { INodeProperties } from 'n8n-workflow';
import { chunk } from 'lodash';

import { parseDelete } from '../../akool/answers';
import { idsBody } from '../../akool/bodies';
import { ENDPOINTS, IDS_PER_REQUEST } from '../../akool/endpoints';
import type { VideoId } from '../../akool/video';
import { deliver } from '../../items/toItems';
import type { ItemResult } from '../../items/itemResult';
import { allIds, forEachId } from '../../waiting/lookUp';
import type { Run } from '../../orders/run';
import { callWithRetry } from '../../transport/client';
import { callMessage } from '../../messages/calls';
import { videoMessages } from '../../messages/videos';
import { CallFailure } from '../../transport/outcome';
import { readNamedIds, videoIdsFields } from '../fields/videoIds';
import { fieldsOf, type Operation } from '../operation';

const fields: INodeProperties[] = [
	{
		displayName: 'Deleted videos cannot be brought back. Download them first if you still need them.',
		name: 'deleteNotice',
		type: 'notice',
		default: '',
	},
	...videoIdsFields,
];

/** For each ID, why it was not deleted, or undefined if it was. Deleted videos are reported even if a later request fails. */
async function deleteAll(run: Run, ids: readonly VideoId[]): Promise<Map<VideoId, string | undefined>> {
	const reasons = new Map<VideoId, string | undefined>();
	for (const part of chunk(ids, IDS_PER_REQUEST)) {
		const outcome = await callWithRetry(run.context, 'delete', { body: idsBody(part) });
		if (outcome.kind !== 'success') {
			if (reasons.size === 0) throw new CallFailure(outcome, ENDPOINTS.delete);
			for (const id of part) reasons.set(id, callMessage(outcome, ENDPOINTS.delete).title);
			continue;
		}
		const { deleted, refused } = parseDelete(outcome.data);
		for (const id of part) reasons.set(id, deleted.has(id) ? undefined : (refused.get(id) ?? ''));
	}
	return reasons;
}

export const deleteVideos: Operation = {
	fields: fieldsOf('video', 'delete', fields),

	/** Vendor page: "Delete Videos". */
	async execute(run) {
		const { named, messages } = await readNamedIds(run, 'never');
		const reasons = await deleteAll(run, allIds(named));
		const results = forEachId(named, (itemIndex, id): ItemResult => {
			const reason = reasons.get(id);
			if (reason === undefined) return { kind: 'record', itemIndex, json: { _id: id, deleted: true } };
			return { kind: 'error', itemIndex, message: videoMessages.notDeleted(id, reason) };
		});
		return deliver(run, [...messages, ...results]);
	},
};
