// Download: the files of finished videos, by their IDs. Unfinished ones are reported, not waited for.

import type { INodeProperties } from 'n8n-workflow';

import { isCompleted, statusName } from '../../akool/video';
import { finishVideos } from '../../waiting/finishVideos';
import { withDeliveries } from '../../items/delivery';
import type { ItemResult } from '../../items/itemResult';
import { lookUp } from '../../waiting/lookUp';
import { videoMessages } from '../../messages/videos';
import { readNamedIds, videoIdsFields } from '../fields/videoIds';
import { concurrencyOption, optionsField, readConcurrency } from '../fields/options';
import { fileNameOption, outputAtTopLevel, outputBinaryField, outputFields } from '../fields/output';
import { fieldsOf, type Operation } from '../operation';

const fields: INodeProperties[] = [
	...videoIdsFields,
	outputBinaryField,
	...outputAtTopLevel,
	optionsField([concurrencyOption, fileNameOption, ...outputFields]),
];

export const download: Operation = {
	fields: fieldsOf('video', 'download', fields),

	/** Vendor page: "Get Image to Video Results". */
	async execute(run) {
		const concurrency = readConcurrency(run);
		const { named, messages, deliveries } = await readNamedIds(run, 'always');
		const { videos: found, missing } = await lookUp(run, named);
		const videos = withDeliveries(found, deliveries);
		const unfinished: ItemResult[] = videos
			.filter(({ video }) => !isCompleted(video))
			.map(({ itemIndex, video, delivery }) => ({
				kind: 'error',
				itemIndex,
				video,
				delivery,
				message: videoMessages.notCompleted(video.id, statusName(video.status)),
			}));
		const finished = videos.filter(({ video }) => isCompleted(video));
		return await finishVideos(run, finished, [...messages, ...missing, ...unfinished], {
			plan: undefined,
			concurrency,
			justCreated: false,
			fileRequired: true,
		});
	},
};
