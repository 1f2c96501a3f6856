// What is said of files: videos that are downloaded, and images of effects.

import type { VideoId } from '../akool/video';
import { define } from './define';

export const fileMessages = {
	notDownloaded: define(
		['6891abe782f7cd2a890c44ba', 'The host of the file answered with HTTP status 404.'],
		(id: VideoId, reason: string) => ({
			title: `The file of video ${id} could not be downloaded`,
			description: `${reason} The video itself is finished: use Download with its ID, within seven days of its creation.`,
		}),
	),

	/** Beside items that leave without the file that was wanted. */
	filesMissing: define([['6891abe782f7cd2a890c44ba']], (ids: readonly VideoId[]) => {
		const [these, their] =
			ids.length === 1 ? ['This video was returned', 'its item'] : ['These videos were returned', 'their items'];
		return `${these} without a file: ${ids.join(', ')}. The field 'download_error' of ${their} says why. Download fetches the files later, within seven days of their creation.`;
	}),

	noLink: define([], () => 'Akool gave no link to it.'),

	stopped: define([], () => 'The execution was stopped.'),

	/** The page of all effects. */
	galleryTitle: define([24], (effects: number) => `${effects} Akool ${effects === 1 ? 'effect' : 'effects'}`),

	galleryHowTo: define(
		[],
		() =>
			"Choose an effect by its name in the Akool node: add the option 'Effect'. Its code, below the name, is what an expression or a sheet holds.",
	),

	galleryPreview: define([], () => 'Play preview'),

	thumbnailsMissing: define(
		[['Squish', 'Samurai']],
		(names: readonly string[]) =>
			`Some thumbnails could not be downloaded, so these effects have none: ${names.join(', ')}`,
	),
};
