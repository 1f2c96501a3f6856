// Get Many: the account's recent videos, even those of no stored execution. The vendor does not document this list, so if it does not
// answer, the message says so and what to do instead.

import type { INodeProperties } from 'n8n-workflow';

import { statusName } from '../../akool/video';
import { addHint } from '../../items/hints';
import { deliver } from '../../items/toItems';
import type { ItemResult } from '../../items/itemResult';
import { videoJson } from '../../items/videoJson';
import { listMessages } from '../../messages/lists';
import { readRecentVideos } from '../../transport/recentVideos';
import { limit } from '../fields/getMany';
import { optionsField } from '../fields/options';
import { outputAtTopLevel, outputFields, readOutputForm } from '../fields/output';
import { fieldsOf, type Operation } from '../operation';
import { parametersOf, UnusableValue, valuesOfRun } from '../parameters';

const state: INodeProperties = {
	displayName: 'State',
	name: 'state',
	type: 'options',
	options: [
		{ name: 'Any', value: 'any' },
		{ name: 'Completed', value: 'completed' },
		{ name: 'Failed', value: 'failed' },
		{ name: 'Processing', value: 'processing' },
		{ name: 'Queued', value: 'queued' },
	],
	default: 'any',
	description: 'Which videos to return',
};

const fields: INodeProperties[] = [limit, state, ...outputAtTopLevel, optionsField(outputFields)];

export const getAllVideos: Operation = {
	fields: fieldsOf('video', 'getAll', fields),

	async execute(run) {
		const parameters = valuesOfRun(run, parametersOf);
		const wanted = parameters.choice(state) ?? 'any';
		const most = parameters.required(parameters.number(limit, { isWhole: true }), limit, 'Enter a number.');
		const recent = await readRecentVideos(
			run.context,
			most,
			({ status }) => wanted === 'any' || statusName(status) === wanted,
		);
		if (recent.kind === 'notListed') throw new UnusableValue(listMessages.videosNotListed(recent.why));
		if (recent.cutShort !== undefined) addHint(run, recent.cutShort, 'warning');
		const form = readOutputForm(run);
		const results = recent.videos.map((video): ItemResult => ({
			kind: 'record',
			itemIndex: undefined,
			json: videoJson(video, form),
		}));
		return deliver(run, results);
	},
};
