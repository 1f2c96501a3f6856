// Update Audio: another sound for a finished video. Akool makes a new video with an ID of its own and charges it, so this spends like a
// create; but Akool takes no callback address here, so it is waited for by polling.

import { updateAudioBody } from '../../akool/bodies';
import type { Run } from '../../run/run';
import type { SpendRequest } from '../../run/spendRequest';
import { readAudio, updateAudioFields } from '../fields/audio';
import { spend, spendingFields } from '../fields/spending';
import { videoIdsField } from '../fields/videoIds';
import { fieldsOf, type Operation } from '../operation';
import { videoIdsParameter } from '../parameters';

function readRequests(run: Run, itemIndex: number): SpendRequest[] {
	const { audioType, audioUrl } = readAudio(run, itemIndex, false);
	return videoIdsParameter(run, itemIndex).map((id) => ({
		itemIndex,
		endpoint: 'updateAudio',
		body: updateAudioBody(id, audioType, audioUrl),
		videoCount: 1,
	}));
}

export const updateAudio: Operation = {
	fields: fieldsOf('video', 'updateAudio', spendingFields([videoIdsField, ...updateAudioFields], [])),

	/** Vendor page: "Update Video Audio". */
	async execute(run) {
		return await spend(run, (itemIndex) => readRequests(run, itemIndex));
	},
};
