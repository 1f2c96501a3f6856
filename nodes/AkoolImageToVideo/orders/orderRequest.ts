// What an operation asks to be bought for an item.

import type { JsonRecord } from '../akool/json';
import type { ImageToCheck } from '../images/imageToCheck';
import type { OwnFile } from '../images/ownFile';

export const SPENDING_ENDPOINTS = ['create', 'createBatch', 'updateAudio'] as const;

export type SpendingEndpoint = (typeof SPENDING_ENDPOINTS)[number];

/** One request that costs credits, for one item. */
export interface OrderRequest {
	itemIndex: number;
	/** Tells the orders of one item apart, whatever their parameters come out as on another try: the video, for Update Audio; else empty. */
	place: string;
	endpoint: SpendingEndpoint;
	body: JsonRecord;
	/** What has no address of its own. */
	ownFiles: readonly OwnFile[];
	/** What is to be looked at before the order is sent. */
	images: readonly ImageToCheck[];
	/** How many videos it asks for. */
	videoCount: number;
}
