// The result of one item. Operations return these, and `deliver` turns them into items or an error.

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { AkoolVideo } from '../akool/video';
import type { UserMessage } from '../messages/userMessage';
import type { Delivery } from './delivery';

export type ItemResult =
	/** A video in its current state; `timedOut` if the wait ended before it was finished. */
	| {
			kind: 'video';
			itemIndex: number;
			video: AkoolVideo;
			timedOut: boolean;
			/** The key of its order, so that a timed-out item that comes back to the node is waited for and not ordered again. */
			orderKey?: string | undefined;
			delivery: Delivery;
			binary?: INodeExecutionData['binary'];
			/** Why its file is missing, if one was wanted. */
			downloadError?: string | undefined;
	  }
	/** Any other output. `itemIndex` is undefined for output that belongs to all items. */
	| { kind: 'record'; itemIndex: number | undefined; json: IDataObject; binary?: INodeExecutionData['binary'] }
	/** An item that was finished before the execution was parked, and is returned unchanged. */
	| { kind: 'settled'; itemIndex: number; item: INodeExecutionData }
	/**
	 * An error, with its video if there is one, so that a paid video keeps its ID. It ends the run unless On Error is one of the Continue
	 * choices, or `endsRun` is false: then it is always returned as an item.
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

/** The error of an item. */
export type ItemError = Extract<ItemResult, { kind: 'error' }>;
