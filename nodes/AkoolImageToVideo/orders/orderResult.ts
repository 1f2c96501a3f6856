// What came of an item's orders, as it is handed on to whoever waits for the videos and tells the user.

import type { AkoolVideo } from '../akool/video';
import type { UserMessage } from '../messages/define';
import { connectionMessages } from '../messages/connection';
import { videoMessages } from '../messages/videos';
import { videosOf } from './keptVideo';
import type { KeptOrder } from './ledgerSchema';

export interface OrderedVideo {
	video: AkoolVideo;
	orderKey: string;
}

export interface ToldOrder {
	message: UserMessage;
	/** Undefined where nothing was written down. */
	orderKey: string | undefined;
	/** False for what was not created without anything having gone wrong: the rest of a batch, or what the budget no longer allows. */
	endsRun: boolean;
}

export interface OrderResult {
	itemIndex: number;
	videos: OrderedVideo[];
	told: ToldOrder[];
}

/** @param endsRun false for what leaves beside the videos in any case */
export function toldOnly(itemIndex: number, message: UserMessage, orderKey?: string, endsRun = true): OrderResult {
	return { itemIndex, videos: [], told: [{ message, orderKey, endsRun }] };
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
		told: shortfalls.map((reason) => ({
			message: videoMessages.notCreated(reason, videos.length, asked),
			orderKey,
			endsRun: false,
		})),
	};
}

/** Akool's reasons for what it did not create of an order, with one for what its answer does not speak of. */
export function shortfallsOf(asked: number, created: number, notCreated: readonly string[]): string[] {
	return created + notCreated.length < asked ? [...notCreated, connectionMessages.othersUntold()] : [...notCreated];
}
