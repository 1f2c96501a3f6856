// Get: the status of videos, by their IDs. With Wait for Completion, it continues the wait of items that timed out.

import type { INodeProperties } from 'n8n-workflow';

import { knownById } from '../../akool/video';
import { withDeliveries } from '../../items/delivery';
import { finishVideos, type FinishOptions } from '../../waiting/finishVideos';
import { forEachId, lookUp } from '../../waiting/lookUp';
import type { Run } from '../../orders/run';
import { planWait, type WaitPlan, type WaitSettings } from '../../waiting/waitPlan';
import { readNamedIds, videoIdsFields } from '../fields/videoIds';
import { atTopLevel, concurrencyOption, optionsField } from '../fields/options';
import {
	downloadOnRequest,
	fileOptionsWithDownload,
	linkNotice,
	outputAtTopLevel,
	outputBinaryField,
	outputFields,
} from '../fields/output';
import { readHandling, waitOnRequest, waitOptions } from '../fields/waiting';
import { fieldsOf, type Operation } from '../operation';
import { UnusableValue } from '../parameters';

const fields: INodeProperties[] = [
	...videoIdsFields,
	waitOnRequest,
	downloadOnRequest,
	linkNotice,
	atTopLevel(outputBinaryField),
	...outputAtTopLevel,
	optionsField([...waitOptions, concurrencyOption, ...fileOptionsWithDownload, ...outputFields]),
];

function planOf(run: Run, wait: WaitSettings): WaitPlan {
	const outcome = planWait(run, wait, undefined, false);
	if (outcome.kind === 'refused') throw new UnusableValue(outcome.message);
	return outcome.plan;
}

export const get: Operation = {
	fields: fieldsOf('video', 'get', fields),

	/** Vendor page: "Get Image to Video Results". */
	async execute(run) {
		const { wait, concurrency } = readHandling(run);
		const { named, messages, deliveries } = await readNamedIds(run, 'ifWanted');
		const options: FinishOptions = { concurrency, plan: undefined, justCreated: false };
		if (wait === undefined) {
			const { videos, missing } = await lookUp(run, named);
			return await finishVideos(run, withDeliveries(videos, deliveries), [...messages, ...missing], options);
		}
		const videos = forEachId(named, (itemIndex, id) => ({ itemIndex, video: knownById(id) }));
		return await finishVideos(run, withDeliveries(videos, deliveries), messages, {
			...options,
			plan: planOf(run, wait),
		});
	},
};
