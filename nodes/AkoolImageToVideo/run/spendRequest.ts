// A request that costs credits, as operations give it to the run.

import type { JsonRecord } from '../akool/json';

export type SpendingEndpoint = 'create' | 'createBatch' | 'updateAudio';

/** One request that costs credits, for one item. */
export interface SpendRequest {
	itemIndex: number;
	/** Tells the requests of one item apart, whatever their parameters come out as on another try. */
	place: string;
	endpoint: SpendingEndpoint;
	body: JsonRecord;
	/** What stands for the picture, where its address is another one on each try; undefined where the address itself does. */
	pictureKey: string | undefined;
	/** How many videos it asks for. */
	videoCount: number;
}
