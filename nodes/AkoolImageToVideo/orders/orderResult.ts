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
	/** Undefined where nothing was written down. */
	orderKey: string | undefined;
	/** False where the other videos go on: the rest of a batch was not created, or the budget allows no more. */
	endsRun: boolean;
}

export interface OrderResult {
	itemIndex: number;
	videos: OrderedVideo[];
	messages: OrderMessage[];
}

/** A message in the place of videos. @param endsRun false where the other videos go on, also without Continue On Fail */
export function messageOnly(itemIndex: number, message: UserMessage, orderKey?: string, endsRun = true): OrderResult {
	return { itemIndex, videos: [], messages: [{ message, orderKey, endsRun }] };
}

/** What came of an order that Akool accepted. @param isMeant of its videos, those that the item is about */
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
