// Answers calls to a parked execution: all awaited videos are read with one request, and the execution resumes once none is unfinished, or if Akool shows
// none in progress for as long as a call is held. A call only causes a status request; its content is never trusted. Rules that must not regress: at a secret
// address, an unverified call causes a status request too, so that one delivery is enough whatever the credential; a late, delayed, repeated or forged call
// changes nothing; and nothing is thrown, since that would end the execution. Resuming is in parkedCall.ts, the record of earlier calls in parkings.ts, and
// n8n's storage in n8n/parkedExecution.ts.

import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { AkoolAccount } from '../akool/account';
import { jsonText } from '../akool/json';
import type { VideoId } from '../akool/video';
import { answerCall, logCall, type CallbackEnding, type LogLevel } from '../callbacks/answer';
import { readCallback, type CallbackOutcome } from '../callbacks/readCallback';
import { clock } from '../clock';
import { causeOf } from '../messages/causes';
import { callbackMessages } from '../messages/callbacks';
import { waitingMessages } from '../messages/waiting';
import { accountOf } from '../transport/credentials';
import { resumeExecution, pollParked, parkedCall, type ParkedCall } from './parkedCall';
import { POLL_INTERVAL_MS, type Parking } from './parkings';
import { answerVisitor } from './visitor';

/** Older callbacks may be replays; they only cause a status request. */
const MAX_AGE_MINUTES = 24 * 60;
const FIRST_FINAL_STATUS = 3;

type Judgment =
	/** It is verified, and says that this video is finished. */
	| { kind: 'verified'; called: VideoId }
	/** It cannot be verified: it causes a status request, no more. */
	| { kind: 'unverified'; message: string; level: LogLevel }
	| { kind: 'ignored'; ending: CallbackEnding; message: string };

/** Whether a refused call comes from a sender who knows both keys: it decrypts, but its content is not understood. */
function isReadable(outcome: CallbackOutcome): boolean {
	return outcome.kind === 'refused' && (outcome.reason === 'payload-id' || outcome.reason === 'payload-status');
}

/** Judges a call. Anyone who knows the secret address can cause a status request, at most one in five seconds. */
function judge({ context, state, parking }: ParkedCall, account: AkoolAccount): Judgment {
	const outcome = readCallback(context.getBodyData(), account, { nowMs: clock.now(), maxAgeMinutes: MAX_AGE_MINUTES });
	switch (outcome.kind) {
		case 'accepted': {
			const { id, status, payload } = outcome;
			if (!parking.awaited.includes(id)) {
				// Undocumented callbacks may hold the video's ID in another field, among several or beside an ID of the callback itself.
				const text = jsonText(payload);
				if (parking.awaited.some((awaited) => text.includes(awaited)))
					return { kind: 'unverified', message: waitingMessages.namedElsewhere(), level: 'debug' };
				return { kind: 'ignored', ending: 'done', message: waitingMessages.notAwaited(id) };
			}
			if (status >= FIRST_FINAL_STATUS) return { kind: 'verified', called: id };
			return { kind: 'ignored', ending: 'done', message: waitingMessages.stillProcessing(id) };
		}
		case 'repeated':
			return { kind: 'ignored', ending: 'done', message: callbackMessages.repeated() };
		case 'unreadable':
			return { kind: 'unverified', message: outcome.message, level: 'debug' };
		default:
			return state.isAddressSecret || isReadable(outcome)
				? { kind: 'unverified', message: outcome.message, level: 'warn' }
				: { kind: 'ignored', ending: outcome.kind, message: outcome.message };
	}
}

/** Holds a call until Akool's results have caught up with it, and polls every five seconds, also if the caller hangs up. */
async function hold(
	call: ParkedCall,
	account: AkoolAccount,
	called: VideoId | undefined,
): Promise<IWebhookResponseData> {
	const { context, parking } = call;
	if (parking.extendHeld(called)) return answerCall(context, 'callAgain', waitingMessages.heldAlready());
	const held = parking.hold(called);
	let nothingPending = true;
	try {
		for (let pauseMs = parking.untilNextPollMs(); ; pauseMs = POLL_INTERVAL_MS) {
			await clock.sleep(pauseMs, undefined);
			if (parking.isClaimed()) return answerCall(context, 'done', waitingMessages.wentOn());
			const seen = await pollParked(call, account);
			const finished = seen?.finished;
			if (finished?.size === parking.awaited.length) return await resumeExecution(call, {});
			nothingPending &&= seen?.nothingPending === true;
			// No further callback will come, so the run resumes, polls for a while, and reports what it finds.
			if (nothingPending && clock.now() >= held.untilMs) return await resumeExecution(call, {});
			// Akool was polled for as long as results lag. A callback that names its video is answered 503, so that Akool repeats it; another would be repeated forever.
			const isOver = clock.now() >= held.untilMs || parking.held !== held;
			if (isOver && called === undefined && finished !== undefined)
				return answerCall(context, 'done', progressSentence(parking));
			const hasCaughtUp = held.called !== undefined && [...held.called].every((id) => finished?.has(id) === true);
			if (hasCaughtUp && !nothingPending) return answerCall(context, 'done', progressSentence(parking));
			if (isOver) return answerCall(context, 'callAgain', waitingMessages.resultsLag());
		}
	} finally {
		if (parking.held === held) parking.held = undefined;
	}
}

function progressSentence({ progress, awaited }: Parking): string {
	return waitingMessages.progress(progress?.finished ?? 0, awaited.length);
}

async function answerCallback(call: ParkedCall): Promise<IWebhookResponseData> {
	const { context, parking } = call;
	if (parking.isClaimed()) return answerCall(context, 'done', waitingMessages.wentOn());
	let account: AkoolAccount;
	try {
		account = await accountOf(context);
	} catch (cause) {
		return answerCall(context, 'callAgain', waitingMessages.credentialLost(causeOf(cause)), 'error');
	}
	const judgment = judge(call, account);
	if (judgment.kind === 'ignored') return answerCall(context, judgment.ending, judgment.message);
	if (judgment.kind === 'unverified') {
		logCall(context, waitingMessages.unverified(judgment.message), judgment.level);
		return await hold(call, account, undefined);
	}
	const seen = await pollParked(call, account);
	if (seen?.finished.size === parking.awaited.length) return await resumeExecution(call, {});
	if (seen?.finished.has(judgment.called) === true && !seen.nothingPending)
		return answerCall(context, 'done', progressSentence(parking));
	return await hold(call, account, judgment.called);
}

/** Answers a request for a parked execution, which stays parked unless all its videos are finished. Never throws. */
export async function resume(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const call = parkedCall(context);
		if (call.kind === 'answered') return call.response;
		return context.getRequestObject().method === 'GET' ? await answerVisitor(call) : await answerCallback(call);
	} catch (cause) {
		return answerCall(context, 'callAgain', callbackMessages.notHandled(causeOf(cause)), 'error');
	}
}
