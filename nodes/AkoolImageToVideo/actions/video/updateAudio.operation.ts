// Update Audio: another sound for a finished video. Akool makes a new video with an ID of its own and charges it, so this spends like a
// create; but Akool takes no callback address here, so it is waited for by polling.

import type { INodeProperties } from 'n8n-workflow';

import { updateAudioBody } from '../../akool/bodies';
import { produceVideos } from '../../run/produce';
import type { Run } from '../../run/run';
import type { SpendRequest } from '../../run/spend';
import { readAudio, updateAudioFields } from '../fields/audio';
import { budgetOptions, creditsNotice, readLimits } from '../fields/creating';
import { videoIdsField } from '../fields/videoIds';
import {
	concurrencyOption,
	downloadAfterWaiting,
	optionsField,
	outputBinaryFieldAfterWaiting,
	outputField,
	readHandling,
	waitByDefault,
	waitOptions,
} from '../fields/waiting';
import { fieldsOf, type Operation } from '../operation';
import { readPerItem, videoIdsParameter } from '../parameters';

const fields: INodeProperties[] = [
	creditsNotice,
	videoIdsField,
	...updateAudioFields,
	waitByDefault,
	downloadAfterWaiting,
	outputBinaryFieldAfterWaiting,
	outputField,
	optionsField([...waitOptions, ...budgetOptions, concurrencyOption]),
];

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
	fields: fieldsOf('video', 'updateAudio', fields),

	/** Vendor page: "Update Video Audio". */
	async execute(run) {
		const { values, faults } = await readPerItem(run, (itemIndex) => readRequests(run, itemIndex));
		return await produceVideos(run, values.flat(), faults, { limits: readLimits(run), ...readHandling(run, false) });
	},
};
