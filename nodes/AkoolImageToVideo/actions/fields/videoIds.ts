// The field Video IDs, and how it is read for all items.

import type { INodeProperties } from 'n8n-workflow';

import { isRecord, textOf } from '../../akool/json';
import { parseVideo, type VideoId } from '../../akool/video';
import { parseVideoIds } from '../../akool/videoIds';
import type { Deliveries, Delivery } from '../../items/delivery';
import { deliver } from '../../items/toItems';
import type { ItemResult } from '../../items/itemResult';
import type { NamedIds } from '../../waiting/lookUp';
import type { Run } from '../../orders/run';
import { inputMessages } from '../../messages/inputs';
import { parametersOf, readPerItem, UnusableValue, valueOf } from '../parameters';
import { readText } from '../values/text';
import { readDelivery, type Downloading } from './delivery';
import { LIMIT_OF_A_TOOL, toolNotice } from './toolNotice';

const videoIds: INodeProperties = {
	displayName: 'Video IDs',
	name: 'videoIds',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'id', value: '={{ $json._id }}' },
	description:
		'IDs: one, several separated by commas, or a list. Create returns the ID as _id. To choose one of the recent videos, set the field to Fixed.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a video...',
			typeOptions: { searchListMethod: 'searchVideos', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 6891abe782f7cd2a890c44ba' },
	],
};

export const videoIdsFields: INodeProperties[] = [toolNotice(`'${videoIds.displayName}'`), videoIds];

/** The same fields for an operation that costs credits. */
export const videoIdsToSpendOnFields: INodeProperties[] = [
	toolNotice(`'${videoIds.displayName}'`, LIMIT_OF_A_TOOL),
	videoIds,
];

/** The ID of an item that this node has returned: whatever form Akool gave it, Akool knows the video by it. */
function ownIdOf(json: unknown): VideoId | undefined {
	return textOf(json, 'status_name') === undefined ? undefined : parseVideo(json)?.id;
}

/** The IDs that an item names. */
export function readVideoIds(run: Run, itemIndex: number): VideoId[] {
	const parameters = parametersOf(run, itemIndex);
	const given = parameters.any(videoIds);
	const located = isRecord(given) && '__rl' in given ? given.value : given;
	// An expression that n8n did not evaluate is named as such.
	const value = typeof located === 'string' ? valueOf(readText(videoIds.displayName, located)) : located;
	const ownId = ownIdOf(run.items[itemIndex]?.json);
	if (ownId !== undefined && value === ownId) return [ownId];
	const outcome = parseVideoIds(value);
	switch (outcome.kind) {
		case 'ids':
			return outcome.ids;
		case 'empty': {
			const json = run.items[itemIndex]?.json;
			const error = textOf(json, 'error') ?? textOf(json?.error, 'message');
			if (error !== undefined) throw new UnusableValue(inputMessages.errorInsteadOfId(videoIds.displayName, error));
			return parameters.required<VideoId[]>(undefined, videoIds, inputMessages.whatAnIdIs());
		}
		case 'link':
			throw new UnusableValue(inputMessages.linkInsteadOfId(videoIds.displayName, outcome.text));
		case 'notAnId':
			throw new UnusableValue(inputMessages.notAnId(videoIds.displayName, outcome.text));
	}
}

/**
 * Reads the video IDs of each item; items without valid IDs become messages.
 *
 * @throws NodeOperationError for those, before anything is sent, unless On Error is one of the Continue choices
 */
export async function readNamedIds(
	run: Run,
	downloading: Downloading,
): Promise<{ named: NamedIds[]; messages: ItemResult[]; deliveries: Deliveries }> {
	const deliveries = new Map<number, Delivery>();
	const { values: named, messages } = await readPerItem(run, (itemIndex) => {
		deliveries.set(itemIndex, readDelivery(run, itemIndex, downloading));
		return { itemIndex, ids: readVideoIds(run, itemIndex) };
	});
	if (messages.length > 0 && !run.continueOnFail) deliver(run, messages);
	return { named, messages, deliveries };
}
