// What is said of files: videos that are downloaded, and images of effects.

import type { VideoId } from '../akool/video';

export const fileMessages = {
	notDownloaded: (id: VideoId, reason: string) => ({
		title: `The file of video ${id} could not be downloaded`,
		description: `${reason} The video itself is finished: use Download with its ID, within seven days of its creation.`,
	}),

	/** Beside items that leave without the file that was wanted. */
	filesMissing: (ids: readonly VideoId[]) => {
		const [these, their] =
			ids.length === 1 ? ['This video was returned', 'its item'] : ['These videos were returned', 'their items'];
		return `${these} without a file: ${ids.join(', ')}. The field 'download_error' of ${their} says why. Download fetches the files later, within seven days of their creation.`;
	},

	noLink: () => 'Akool gave no link to it.',

	stopped: () => 'The execution was stopped.',

	/** The page of all effects. */
	galleryTitle: (effects: number) => `${effects} Akool ${effects === 1 ? 'effect' : 'effects'}`,

	galleryHowTo: () =>
		"Choose an effect by its name in the Akool node: set 'Animate With' to Effect. For an expression or a sheet, use its code, below the name.",

	galleryPreview: () => 'Play preview',

	thumbnailsMissing: (names: readonly string[]) =>
		`Some thumbnails could not be downloaded, so these effects have none: ${names.join(', ')}`,
};
