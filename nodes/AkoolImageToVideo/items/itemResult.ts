// How one item's share of a run ended. Operations give these, `deliver` turns them into items or into an error; nothing is thrown between.

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { AkoolVideo } from '../akool/video';
import type { UserMessage } from '../messages/userMessage';
import type { Delivery } from './delivery';

export type ItemResult =
	/** A video as it stands now; `timedOut` when the wait ended before Akool had finished it. */
	| {
			kind: 'video';
			itemIndex: number;
			video: AkoolVideo;
			timedOut: boolean;
			/** The order that it came of: given back to the node, a timed-out item is waited for and not ordered again. */
			orderKey?: string | undefined;
			delivery: Delivery;
			binary?: INodeExecutionData['binary'];
			/** Why its file is not there, where one was wanted. */
			downloadError?: string | undefined;
	  }
	/** Anything else that an operation lists. `itemIndex` is undefined for what belongs to all items alike. */
	| { kind: 'record'; itemIndex: number | undefined; json: IDataObject; binary?: INodeExecutionData['binary'] }
	/** An item that was ready before the execution was parked, and leaves as it is. */
	| { kind: 'settled'; itemIndex: number; item: INodeExecutionData }
	/**
	 * What did not work out, with the video it is about where there is one: a video that was paid for keeps its ID. It ends the run unless the
	 * user chose otherwise, or `endsRun` is false: then it always leaves as an item beside the others.
	 */
	| {
			kind: 'error';
			itemIndex: number;
			message: UserMessage;
			video?: AkoolVideo;
			orderKey?: string | undefined;
			/** How the video is shown; undefined: Simplified. */
			delivery?: Delivery | undefined;
			endsRun?: false;
	  };

/** What did not work out of an item. */
export type ItemError = Extract<ItemResult, { kind: 'error' }>;
