// Answers a person who opens the address of a parked execution with its progress, from at most one status request in five seconds. If all videos are
// finished, the execution resumes, which helps if the last callback was lost. An address without a secret (n8n 2.8) shows no page.

import type { IWebhookResponseData } from 'n8n-workflow';

import { answerCall, ANSWER_STATUS_CODES, logCall } from '../callbacks/answer';
import { clock } from '../clock';
import { causeOf } from '../messages/causes';
import { waitingMessages } from '../messages/waiting';
import { accountOf } from '../transport/credentials';
import { resumeExecution, pollParked, type ParkedCall } from './parkedCall';
import { progressPage, type PageContent } from './progressPage';

/** The page loads only images and runs no script, and its secret address is not sent as a referrer. */
const HEADERS = {
	'Cache-Control': 'no-store',
	'Content-Security-Policy':
		"default-src 'none'; style-src 'unsafe-inline'; img-src https: http:; frame-ancestors 'none'",
	'Referrer-Policy': 'no-referrer',
	'X-Robots-Tag': 'noindex',
};

const NOT_SEEN = { state: undefined, imageUrl: undefined, prompt: undefined, createTimeMs: undefined };

function show({ context, state, parking }: ParkedCall, content: Pick<PageContent, 'sentence' | 'isWaiting'>): string {
	context.getResponseObject().set(HEADERS);
	const { progress, awaited } = parking;
	const unseen = awaited.map((id) => ({ ...NOT_SEEN, id }));
	const { parkedAtMs, endMs } = state;
	return progressPage({
		...content,
		progress,
		videos: progress?.videos ?? unseen,
		nowMs: clock.now(),
		parkedAtMs,
		endMs,
	});
}

function answerWithPage(call: ParkedCall, content: Pick<PageContent, 'sentence' | 'isWaiting'>): IWebhookResponseData {
	call.context.getResponseObject().status(ANSWER_STATUS_CODES.done).type('html').send(show(call, content));
	return { noWebhookResponse: true };
}

/** The sentence for a visitor; `isFinished` where all videos are finished. */
async function sentenceFor(call: ParkedCall): Promise<{ isFinished: boolean; sentence: string }> {
	const { context, parking } = call;
	if (parking.untilNextPollMs() === 0) {
		try {
			const seen = await pollParked(call, await accountOf(context));
			if (seen?.finished.size === parking.awaited.length)
				return { isFinished: true, sentence: waitingMessages.goesOn(parking.awaited.length) };
		} catch (cause) {
			logCall(context, waitingMessages.credentialLost(causeOf(cause)), 'error');
			return { isFinished: false, sentence: waitingMessages.visitorCannotBeTold() };
		}
	}
	const { progress } = parking;
	return {
		isFinished: false,
		sentence:
			progress === undefined
				? waitingMessages.visitorCannotBeTold()
				: waitingMessages.progress(progress.finished, progress.total),
	};
}

/** Answers a visitor, and resumes the execution where all its videos are finished. */
export async function answerVisitor(call: ParkedCall): Promise<IWebhookResponseData> {
	const { context, state, parking } = call;
	if (!state.isAddressSecret) return answerCall(context, 'notFound', waitingMessages.noPageHere());
	if (parking.isClaimed()) return answerWithPage(call, { sentence: waitingMessages.wentOn(), isWaiting: false });
	const { isFinished, sentence } = await sentenceFor(call);
	if (!isFinished) return answerWithPage(call, { sentence, isWaiting: true });
	return await resumeExecution(call, show(call, { sentence, isWaiting: false }));
}
