// What an operation wants to order for an item.

import type { JsonRecord } from '../akool/json';
import type { ImageToCheck } from '../images/imageToCheck';
import type { OwnFile } from '../images/ownFile';

export const SPENDING_ENDPOINTS = ['create', 'createBatch', 'updateAudio'] as const;

export type SpendingEndpoint = (typeof SPENDING_ENDPOINTS)[number];

/** One request that costs credits, for one item. */
export interface OrderRequest {
	itemIndex: number;
	/** Identifies the order among those of its item, also when its parameters change on a retry: the video's ID for Update Audio, otherwise empty. */
	place: string;
	endpoint: SpendingEndpoint;
	body: JsonRecord;
	/** Files of the workflow: each needs a signed link when the order is sent. */
	ownFiles: readonly OwnFile[];
	/** Images to check before the order is sent. */
	images: readonly ImageToCheck[];
	/** How many videos it orders. */
	videoCount: number;
}
