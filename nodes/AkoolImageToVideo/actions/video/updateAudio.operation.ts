// Update Audio: other audio for a finished video. Akool creates a new video with an ID of its own and charges it, so this spends like a
// create; but Akool takes no callback address here, so it is waited for by polling.

import { updateAudioBody } from '../../akool/bodies';
import type { Run } from '../../orders/run';
import type { OrderRequest } from '../../orders/orderRequest';
import { readAudio, updateAudioFields } from '../fields/audio';
import { spend, spendingFields } from '../fields/spending';
import { readVideoIds, videoIdsToSpendOnFields } from '../fields/videoIds';
import { fieldsOf, type Operation } from '../operation';

async function readRequests(run: Run, itemIndex: number): Promise<OrderRequest[]> {
	const { audioType, audioUrl, ownFiles } = await readAudio(run, itemIndex, false);
	return readVideoIds(run, itemIndex).map((id) => ({
		itemIndex,
		place: id,
		endpoint: 'updateAudio',
		body: updateAudioBody(id, audioType, audioUrl),
		ownFiles,
		images: [],
		videoCount: 1,
	}));
}

export const updateAudio: Operation = {
	fields: fieldsOf('video', 'updateAudio', spendingFields([...videoIdsToSpendOnFields, ...updateAudioFields], [])),

	/** Vendor page: "Update Video Audio". */
	async execute(run) {
		return await spend(run, (itemIndex) => readRequests(run, itemIndex));
	},
};
