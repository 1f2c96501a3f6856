// What came of an item's orders: the videos to wait for, and the messages for the user.

import type { AkoolVideo } from '../akool/video';
import type { UserMessage } from '../messages/userMessage';
import { videoMessages } from '../messages/videos';
import { videosOf } from './keptVideo';
import type { KeptOrder } from './ledgerSchema';

export interface OrderedVideo {
	video: AkoolVideo;
	orderKey: string;
}

export interface OrderMessage {
	message: UserMessage;
	/** Undefined where the ledger has no order for it. */
	orderKey: string | undefined;
	/** False where the run continues: a part of a batch was not created, or the budget is used up. */
	endsRun: boolean;
}

export interface OrderResult {
	itemIndex: number;
	videos: OrderedVideo[];
	messages: OrderMessage[];
}

/** A result without videos. @param endsRun false where the run continues, even without Continue On Fail */
export function messageOnly(itemIndex: number, message: UserMessage, orderKey?: string, endsRun = true): OrderResult {
	return { itemIndex, videos: [], messages: [{ message, orderKey, endsRun }] };
}

/** The result of an accepted order. @param isMeant which of its videos belong to the item */
export function createdResult(
	itemIndex: number,
	order: KeptOrder,
	isMeant: (video: AkoolVideo) => boolean = () => true,
): OrderResult {
	const { key: orderKey, shortfalls, asked, videos } = order;
	return {
		itemIndex,
		videos: videosOf(order)
			.filter(isMeant)
			.map((video) => ({ video, orderKey })),
		messages: shortfalls.map((reason) => ({
			message: videoMessages.notCreated(reason, videos.length, asked),
			orderKey,
			endsRun: false,
		})),
	};
}
