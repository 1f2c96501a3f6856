// Update Audio: another sound for a finished video. Akool makes a new video with an ID of its own and charges it, so this spends like a
// create; but Akool takes no callback address here, so it is waited for by polling.

import { updateAudioBody } from '../../akool/bodies';
import { sayHint } from '../../items/hints';
import { orderMessages } from '../../messages/orders';
import { withOwnFiles } from '../../images/ownFile';
import type { Run } from '../../orders/run';
import type { SpendRequest } from '../../orders/orderRequest';
import { readAudio, updateAudioFields } from '../fields/audio';
import { spend, spendingFields } from '../fields/spending';
import { readVideoIds, videoIdsToSpendOnFields } from '../fields/videoIds';
import { fieldsOf, type Operation } from '../operation';

async function readRequests(run: Run, itemIndex: number): Promise<SpendRequest[]> {
	const { audioType, audioUrl, ownFiles } = await readAudio(run, itemIndex, false);
	return readVideoIds(run, itemIndex).map((id) => ({
		itemIndex,
		place: id,
		endpoint: 'updateAudio',
		body: updateAudioBody(id, audioType, audioUrl),
		ownFiles,
		images: [],
		videoCount: 1,
		alsoFor: [],
	}));
}

/** The orders of a run so far: several items that each name all videos still order each of them once, and share what comes of it. */
class Orders {
	private readonly known = new Map<string, SpendRequest>();

	hasRepeated = false;

	/** Gives true for an order that is not there yet; one that is, becomes the item's as well. */
	add(request: SpendRequest): boolean {
		// The same file has another signed link in each order.
		const order = JSON.stringify(withOwnFiles(request.body, request.ownFiles, ({ key }) => key));
		const known = this.known.get(order);
		if (known === undefined) this.known.set(order, request);
		else known.alsoFor.push(request.itemIndex);
		this.hasRepeated ||= known !== undefined;
		return known === undefined;
	}
}

export const updateAudio: Operation = {
	fields: fieldsOf('video', 'updateAudio', spendingFields([...videoIdsToSpendOnFields, ...updateAudioFields], [])),

	/** Vendor page: "Update Video Audio". */
	async execute(run) {
		const orders = new Orders();
		const items = await spend(run, async (itemIndex) =>
			(await readRequests(run, itemIndex)).filter((request) => orders.add(request)),
		);
		if (orders.hasRepeated) sayHint(run, orderMessages.orderedOnce());
		return items;
	},
};
