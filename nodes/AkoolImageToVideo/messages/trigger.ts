// What the trigger says when it cannot work as it is set, and what it says of a file that it could not download.

import type { VideoId } from '../akool/video';
import { parameterMessage } from './userMessage';

export const triggerMessages = {
	noEvent: () =>
		parameterMessage(
			'Trigger On',
			'is empty',
			'Choose events from the list, or have the expression give one or more of completed, failed and progress, as a list or as a text separated by commas.',
		),

	expressionFails: (cause: string) => ({
		title: 'The settings of the trigger cannot be read',
		description: `An expression in them could not be evaluated: ${cause}`,
	}),

	fileMissing: (id: VideoId, reason: string) => `the workflow starts without the file of video ${id}. ${reason}`,
};
