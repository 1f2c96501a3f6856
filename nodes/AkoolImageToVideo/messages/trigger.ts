// What the trigger says when it cannot work as it is set, and what it says of a file that it could not download.

import type { VideoId } from '../akool/video';
import { define, parameterMessage } from './define';

const ID: VideoId = '6891abe782f7cd2a890c44ba';

export const triggerMessages = {
	noEvent: define([], () =>
		parameterMessage(
			'Trigger On',
			'is empty',
			'Choose events from the list, or have the expression give one or more of completed, failed and progress, as a list or as a text with commas between.',
		),
	),

	expressionFails: define(['ExpressionError: Referenced node does not exist'], (cause: string) => ({
		title: 'The settings of the trigger cannot be read',
		description: `An expression in them could not be evaluated: ${cause}`,
	})),

	fileMissing: define(
		[ID, 'The host of the file answered with HTTP status 404.'],
		(id: VideoId, reason: string) => `the workflow starts without the file of video ${id}. ${reason}`,
	),
};
