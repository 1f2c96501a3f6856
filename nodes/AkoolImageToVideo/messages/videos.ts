// What is said of videos: failed, not there, not finished, not deleted.

import { jsonText } from '../akool/json';
import { failureReason, type AkoolVideo, type VideoId } from '../akool/video';
import type { CallFailure } from '../transport/outcome';
import { callMessage } from './calls';
import type { UserMessage } from './userMessage';

function quoted(reason: string): string {
	return reason === '' ? 'Akool gave no reason.' : `Akool's reason: ${reason}.`;
}

export const videoMessages = {
	/** A video that Akool finished without a result. The credits are Akool's to give back. */
	failed: (video: AkoolVideo, isOrderedHere: boolean) => ({
		title: `Akool could not create video ${video.id}`,
		description: [
			quoted(failureReason(video) ?? ''),
			"Check the image: in a private browser window, its address must show a PNG or JPEG with a clear subject and nothing around it.\n\nSome models refuse sides outside 300 to 6000 pixels and a ratio outside 0.4 to 2.5, and Akool's moderation refuses some content.",
			...(isOrderedHere
				? [
						'To order another video, change the image or the prompt and retry this execution with the currently saved workflow. To order the same once more, run the workflow anew.',
					]
				: []),
		].join('\n\n'),
	}),

	/** A status request without a row for this ID. */
	notFound: (id: VideoId) => ({
		title: `Akool has no video ${id}`,
		description:
			'Check the ID and the credential: only the account that created a video sees it, and Akool deletes it after seven days.',
	}),

	/** Malformed rows instead of the requested one. */
	unreadableRow: (id: VideoId, rows: readonly string[]) => ({
		title: `Akool's answer about video ${id} cannot be read`,
		description: `In its place, Akool answers with: ${rows.join(', ')}. Look up the video later with Get.`,
	}),

	/** A state that no page of the vendor's lists, seen several times in a row. */
	unknownStatus: (video: AkoolVideo) => ({
		title: `Akool reports an unknown status for video ${video.id}: ${jsonText(video.raw.status)}`,
		description:
			'Known are 1 (queued), 2 (processing), 3 (completed) and 4 (failed). Look up the video later with Get.',
	}),

	/** A file was wanted of a video that has none (yet). */
	notCompleted: (id: VideoId, statusName: string) => ({
		title: `Video ${id} is not completed, so there is no file to download`,
		description: `Its status is ${statusName}. Use Get with 'Wait for Completion', or try again later.`,
	}),

	/** A part of a batch that Akool did not create; the others were created and charged. */
	notCreated: (reason: string, created: number, ordered: number) => ({
		title: `Akool created ${created} of ${ordered} videos`,
		description: `The others were not created. ${quoted(reason)}`,
	}),

	/** A video that Akool left where it is. */
	notDeleted: (id: VideoId, reason: string) => ({
		title: `Akool did not delete video ${id}`,
		description: `${quoted(reason)}\n\nIt may be deleted already. Videos that are being created and those of other accounts cannot be deleted.`,
	}),
};

/** A status request that has no row for an ID, or that Akool refuses because of it. */
export function absenceMessage(id: VideoId, refusal?: CallFailure, unreadable: readonly string[] = []): UserMessage {
	if (refusal === undefined)
		return unreadable.length > 0 ? videoMessages.unreadableRow(id, unreadable) : videoMessages.notFound(id);
	const message = callMessage(refusal.outcome, refusal.endpoint);
	return { ...message, description: `This is about video ${id}. ${message.description}` };
}
