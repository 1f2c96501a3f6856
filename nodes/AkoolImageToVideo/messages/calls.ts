// What is said of a request to Akool that did not succeed. For one that spends, an unknown outcome is named as such: a video may exist.

import { NOT_KNOWN_CODE, TOO_FREQUENT_CODE } from '../akool/codes';
import type { Endpoint } from '../akool/endpoints';
import { HTTP_UNAUTHORIZED } from '../akool/httpStatus';
import { shortened } from '../akool/text';
import type { VideoId } from '../akool/video';
import type { UnsuccessfulOutcome } from '../transport/outcome';
import { codeMessage } from './codes';
import { nothingCharged, parameterMessage, withCharged, type UserMessage } from './userMessage';

function akoolsWords(code: number | undefined, msg: string): string {
	const words = msg === '' ? 'No message from Akool' : `Akool's message: "${msg}"`;
	return code === undefined ? `${words}.` : `${words} (code ${code}).`;
}

/** What a request names by an ID or a code. */
export interface Named {
	effect?: string | undefined;
	videoId?: VideoId | undefined;
}

/** What is said of a code where the request names the one thing that it can be about. */
function namedMessage(code: number | undefined, { effect, videoId }: Named): UserMessage | undefined {
	if (code !== NOT_KNOWN_CODE) return undefined;
	if (effect !== undefined)
		return parameterMessage(
			'Effect',
			`is "${shortened(effect)}", which Akool does not know`,
			'Choose the effect from the list, or enter the effect_code that Get Many of the resource Effect returns.',
		);
	if (videoId === undefined) return undefined;
	return {
		title: codeMessage(code).title,
		description: `This is about video ${videoId}. Check the ID and the credential: only the account that created a video sees it, and Akool deletes it after seven days.`,
	};
}

export const callMessages = {
	/** Akool answered with a code other than success. */
	apiError: (code: number | undefined, msg: string, doing: string, named: Named = {}): UserMessage => {
		const { title, description } = namedMessage(code, named) ?? codeMessage(code ?? TOO_FREQUENT_CODE);
		return { title, description: `${description}\n\nThis came up while ${doing}. ${akoolsWords(code, msg)}`, code };
	},

	httpError: (httpStatus: number, doing: string) => ({
		title: "The server at 'Base URL' doesn't support this request",
		description: `It answered with HTTP status ${httpStatus} while ${doing}. Check 'Base URL' in the credential, and any proxy in between.`,
	}),

	/** Somebody in front of Akool, such as a proxy: Akool itself answers in its own words. */
	unauthorized: (doing: string) => ({
		title: "The server at 'Base URL' did not accept the credential",
		description: `It answered with HTTP status 401 while ${doing}, without a message from Akool. Check 'API Key' and 'Base URL' in the credential, and any proxy in between.`,
	}),

	notSent: (reason: string, doing: string) => ({
		title: "Couldn't reach Akool",
		description: `Nothing was sent: ${reason}. This came up while ${doing}.\n\nCheck 'Base URL' in the credential and the internet connection of this n8n.`,
	}),

	noToken: (reason: string) => ({
		title: "Couldn't get an access token from Akool",
		description: reason,
	}),

	stopped: (doing: string) => ({
		title: 'The execution was stopped',
		description: `It was stopped while ${doing}.`,
	}),

	/** No readable answer to a request that costs nothing. */
	noAnswer: (reason: string, doing: string) => ({
		title: `Akool didn't return a valid response (while ${doing})`,
		description: `The request was sent, but ${reason}. Try again in a minute.`,
	}),

	/** No readable answer to a request that may have been charged. */
	outcomeUnknown: (reason: string) => ({
		title: 'Akool may have created this video: check before retrying',
		description: withCharged(
			`The request was sent, but ${reason}. A video may exist and may have been charged, so the request was not sent again.\n\nCompare the credit balance in your Akool account before you run this item again.`,
		),
	}),
};

function messageOf(
	outcome: Exclude<UnsuccessfulOutcome, { kind: 'unknown' }>,
	doing: string,
	named: Named,
): UserMessage {
	switch (outcome.kind) {
		case 'apiError':
		case 'rateLimited':
			return callMessages.apiError(outcome.code, outcome.msg, doing, named);
		case 'httpError':
			return outcome.httpStatus === HTTP_UNAUTHORIZED
				? callMessages.unauthorized(doing)
				: callMessages.httpError(outcome.httpStatus, doing);
		case 'notSent':
			return callMessages.notSent(outcome.reason, doing);
		case 'authFailed':
			return callMessages.noToken(outcome.reason);
		case 'canceled':
			return callMessages.stopped(doing);
	}
}

/** Why a request did not succeed, and for one that spends whether it may have been charged all the same. */
export function callMessage(
	outcome: UnsuccessfulOutcome,
	{ spends, purpose }: Endpoint,
	named: Named = {},
): UserMessage {
	if (outcome.kind === 'unknown')
		return spends ? callMessages.outcomeUnknown(outcome.reason) : callMessages.noAnswer(outcome.reason, purpose);
	const message = messageOf(outcome, purpose, named);
	return spends ? nothingCharged(message) : message;
}
