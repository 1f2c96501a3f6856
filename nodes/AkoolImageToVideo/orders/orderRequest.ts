// A request that costs credits, as operations give it to the run.

import type { JsonRecord } from '../akool/json';

export type SpendingEndpoint = 'create' | 'createBatch' | 'updateAudio';

/** A picture of the workflow: its address ends by itself, and is another one each time it is made. */
export interface OwnPicture {
	/** What stands for the picture itself. */
	key: string;
	freshUrl(): string;
}

/** One request that costs credits, for one item. */
export interface SpendRequest {
	itemIndex: number;
	/** Tells the requests of one item apart, whatever their parameters come out as on another try. */
	place: string;
	endpoint: SpendingEndpoint;
	body: JsonRecord;
	/** Undefined where the picture has an address of its own. */
	ownPicture: OwnPicture | undefined;
	/** How many videos it asks for. */
	videoCount: number;
	/** Further items that ask for the very same, and share what comes of it. */
	alsoFor: number[];
}

/** All items that a request is for. */
export function itemsOf({ itemIndex, alsoFor }: SpendRequest): number[] {
	return [itemIndex, ...alsoFor];
}
