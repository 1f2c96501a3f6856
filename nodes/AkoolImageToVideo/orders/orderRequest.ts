// A request that costs credits, as operations give it to the run.

import type { JsonRecord } from '../akool/json';
import type { ImageToCheck } from '../images/imageToCheck';
import type { OwnFile } from '../images/ownFile';

export type SpendingEndpoint = 'create' | 'createBatch' | 'updateAudio';

/** One request that costs credits, for one item. */
export interface SpendRequest {
	itemIndex: number;
	/** Tells the requests of one item apart, whatever their parameters come out as on another try. */
	place: string;
	endpoint: SpendingEndpoint;
	body: JsonRecord;
	/** What has no address of its own. */
	ownFiles: readonly OwnFile[];
	/** What is to be looked at before the order is sent. */
	images: readonly ImageToCheck[];
	/** How many videos it asks for. */
	videoCount: number;
	/** Further items that ask for the very same, and share what comes of it. */
	alsoFor: number[];
}

/** All items that a request is for. */
export function itemsOf({ itemIndex, alsoFor }: SpendRequest): number[] {
	return [itemIndex, ...alsoFor];
}
