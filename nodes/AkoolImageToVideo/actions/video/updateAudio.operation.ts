// Update Audio: another sound for a finished video. Akool makes a new video with an ID of its own and charges it, so this spends like a
// create; but Akool takes no callback address here, so it is waited for by polling.

import { updateAudioBody } from '../../akool/bodies';
import { sayHint } from '../../run/hints';
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
		place: id,
		endpoint: 'updateAudio',
		body: updateAudioBody(id, audioType, audioUrl),
		pictureKey: undefined,
		videoCount: 1,
	}));
}

/** Several items that each name all videos still order each of them once. */
function isFirstOrder(run: Run, ordered: Set<string>, { body, place }: SpendRequest): boolean {
	const order = JSON.stringify(body);
	if (ordered.has(order)) {
		sayHint(run, `Several items name video ${place}: it was ordered once.`);
		return false;
	}
	ordered.add(order);
	return true;
}

export const updateAudio: Operation = {
	fields: fieldsOf('video', 'updateAudio', spendingFields([videoIdsField, ...updateAudioFields], [])),

	/** Vendor page: "Update Video Audio". */
	async execute(run) {
		const ordered = new Set<string>();
		return await spend(run, (itemIndex) => readRequests(run, itemIndex).filter((request) => isFirstOrder(run, ordered, request)));
	},
};
