// A request that costs credits, as operations give it to the run.

import type { JsonRecord } from '../akool/json';

export type SpendingEndpoint = 'create' | 'createBatch' | 'updateAudio';

/** One request that costs credits, for one item. */
export interface SpendRequest {
	itemIndex: number;
	endpoint: SpendingEndpoint;
	body: JsonRecord;
	/** How many videos it asks for. */
	videoCount: number;
}
