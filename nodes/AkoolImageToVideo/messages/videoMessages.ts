// What went wrong, in words for the user: what happened, what to do. The one place where messages about calls, values and videos are
// written; titles avoid the words that n8n's guidelines forbid, and no text here ever quotes a request, which carries the key.

export type { UserMessage } from './define';

import { codeFact, TOO_FREQUENT_CODE } from '../akool/codes';
import type { Endpoint } from '../akool/endpoints';
import { HTTP_UNAUTHORIZED } from '../akool/httpStatus';
import { failureReason, type AkoolVideo, type VideoId } from '../akool/video';
import type { UserMessage } from './define';
import type { CallFailure, UnsuccessfulOutcome } from '../transport/outcome';

function akoolsWords(code: number | undefined, msg: string): string {
	const words = msg === '' ? 'no words' : `"${msg}"`;
	return code === undefined ? `Akool’s answer: ${words}.` : `Akool’s answer: code ${code}, ${words}.`;
}

/** Why a call did not succeed. For a call that spends, an unclear end is told as what it is: a video may exist. */
export function callMessage(outcome: UnsuccessfulOutcome, endpoint: Endpoint): UserMessage {
	switch (outcome.kind) {
		case 'refused':
		case 'busy': {
			const { title, advice } = codeFact(outcome.code ?? TOO_FREQUENT_CODE);
			const words = akoolsWords(outcome.code, outcome.msg);
			return {
				title,
				description: `${advice} This came up when Akool was asked to ${endpoint.purpose}. ${words}`,
				code: outcome.code,
			};
		}
		case 'rejected':
			if (outcome.httpStatus === HTTP_UNAUTHORIZED) {
				return {
					title: `The server did not accept the credential to ${endpoint.purpose}`,
					description:
						'It answered with HTTP status 401, without a word of Akool’s. Check the API Key and the Base URL in the credential, and any proxy in between.',
				};
			}
			return {
				title: `The server does not offer what is needed to ${endpoint.purpose}`,
				description: `It answered with HTTP status ${outcome.httpStatus}. Check the Base URL in the credential, and any proxy in between.`,
			};
		case 'notSent':
			return {
				title: `Akool cannot be reached to ${endpoint.purpose}`,
				description: `Nothing was sent: ${outcome.reason}. Check the Base URL in the credential and this machine’s way to the internet.`,
			};
		case 'noToken':
			return { title: 'The credential gives no access token', description: outcome.reason };
		case 'cancelled':
			return {
				title: 'The execution was stopped',
				description: `It was stopped before Akool could ${endpoint.purpose}.`,
			};
		case 'unclear':
			return endpoint.spends ? unclearSpendMessage(outcome.reason) : unclearReadMessage(outcome.reason, endpoint);
	}
}

function unclearReadMessage(reason: string, endpoint: Endpoint): UserMessage {
	return {
		title: `Akool gave no usable answer when asked to ${endpoint.purpose}`,
		description: `What happened: ${reason}. Nothing was spent. Try again in a minute.`,
	};
}

function unclearSpendMessage(reason: string): UserMessage {
	return {
		title: 'It is not known whether Akool created the video',
		description: `The request was sent, but ${reason}. A video may exist and may have been charged, so the request was not sent again. Compare the credit balance in your Akool account before you run this item again.`,
	};
}

/** A value that cannot be used, found before anything was sent. */
export function inputMessage(parameter: string, what: string, advice: string): UserMessage {
	return { title: `'${parameter}' ${what}`, description: advice };
}

/** A video that Akool finished without a result. The credits are Akool's to give back. */
export function failedVideoMessage(video: AkoolVideo): UserMessage {
	const reason = failureReason(video);
	const why = reason === undefined ? 'Akool gave no reason.' : `Akool’s reason: ${reason}.`;
	return {
		title: `Akool could not make video ${video.id}`,
		description: `${why} Check the picture: opened in a private browser window, its address must show a PNG or JPEG with a clear subject and nothing around it, which no share link does.`,
	};
}

/** A look at the results that has no row for an ID, or that Akool refuses because of it. */
export function absenceMessage(id: VideoId, refusal?: CallFailure): UserMessage {
	if (refusal !== undefined) {
		const message = callMessage(refusal.outcome, refusal.endpoint);
		return { ...message, description: `This is about video ${id}. ${message.description}` };
	}
	return {
		title: `Akool has no video ${id}`,
		description:
			'Check the ID and the credential: only the account that created a video sees it, and Akool deletes it after seven days.',
	};
}

/** A state that no page of the vendor's lists, seen several times in a row. */
export function unknownStatusMessage(video: AkoolVideo): UserMessage {
	return {
		title: `Akool reports an unknown status for video ${video.id}: ${String(video.raw.status)}`,
		description:
			'Known are 1 (queued), 2 (processing), 3 (completed) and 4 (failed). Look the video up later with the operation Get.',
	};
}

/** A file was wanted of a video that has none (yet). */
export function notCompletedMessage(video: AkoolVideo, stateName: string): UserMessage {
	return {
		title: `Video ${video.id} is not completed, so there is no file to download`,
		description: `Its status is ${stateName}. Use Get with Wait for Completion, or try again later.`,
	};
}

/** A part of a batch that Akool did not make; the others were made and charged. */
export function notMadeMessage(reason: string, made: number, asked: number): UserMessage {
	return {
		title: `Akool made ${made} of ${asked} videos`,
		description: `Its reason for what is missing: ${reason === '' ? 'none was given' : reason}.`,
	};
}

/** A file that did not arrive. */
export function fileMessage(id: VideoId, reason: string): UserMessage {
	return {
		title: `The file of video ${id} could not be downloaded`,
		description: `${reason} The video itself is finished: run Download with its ID, within seven days of its creation.`,
	};
}

/** A video that Akool left where it is. */
export function notDeletedMessage(id: VideoId, reason: string): UserMessage {
	return {
		title: `Akool did not delete video ${id}`,
		description: `Its reason: ${reason === '' ? 'none was given' : reason}. Videos in the making and those of other accounts cannot be deleted.`,
	};
}
