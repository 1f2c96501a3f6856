// What happens when a parked execution is called: all videos that it waits for are read with one request, and it goes on once none is unfinished, or where
// Akool shows none on its way for as long as a call is held. What a call says is only a reason to look. Rules that must not regress: where n8n's secret
// address has let a call in, one that cannot be verified is a reason to look too, so that one delivery is enough whatever the credential; a call that is late,
// held back, repeated or forged changes nothing; and nothing is thrown, since that would end the execution. How it goes on stands in parkedCall.ts, what this
// process knows of earlier calls in parkings.ts, how n8n stores it in n8n/parkedExecution.ts.

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
import { goOn, look, parkedCall, type ParkedCall } from './parkedCall';
import { LOOK_INTERVAL_MS, type Parking } from './parkings';
import { answerVisitor } from './visitor';

/** Older callbacks may be replays; they are no more than a reason to look. */
const MAX_AGE_MINUTES = 24 * 60;
const FIRST_FINAL_STATUS = 3;

type Judgement =
	/** It is verified, and says that this video is finished. */
	| { kind: 'verified'; called: VideoId }
	/** It cannot be verified: a reason to look, no more. */
	| { kind: 'unverified'; message: string; level: LogLevel }
	| { kind: 'ignored'; ending: CallbackEnding; message: string };

/** Whether a call that is not accepted is from somebody who knows both keys: it decrypts, and what it says is not understood. */
function isReadable(outcome: CallbackOutcome): boolean {
	return outcome.kind === 'refused' && (outcome.reason === 'payload-id' || outcome.reason === 'payload-status');
}

/** Says what a call is worth. Whoever knows the secret address may have a look made, at most one in five seconds. */
function judge({ context, state, parking }: ParkedCall, account: AkoolAccount): Judgement {
	const outcome = readCallback(context.getBodyData(), account, { nowMs: clock.now(), maxAgeMinutes: MAX_AGE_MINUTES });
	switch (outcome.kind) {
		case 'accepted': {
			const { id, status, payload } = outcome;
			if (!parking.awaited.includes(id)) {
				// Akool documents where an ID stands, but not that it stands nowhere else: of several videos, or beside one of the callback's own.
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

/** Holds a call until Akool's results have caught up with it, and looks every five seconds; a caller who hangs up is not needed for that. */
async function hold(
	call: ParkedCall,
	account: AkoolAccount,
	called: VideoId | undefined,
): Promise<IWebhookResponseData> {
	const { context, parking } = call;
	if (parking.extendHeld(called)) return answerCall(context, 'callAgain', waitingMessages.heldAlready());
	const held = parking.hold(called);
	let isAtAnEnd = true;
	try {
		for (let pauseMs = parking.untilNextLookMs(); ; pauseMs = LOOK_INTERVAL_MS) {
			await clock.sleep(pauseMs, undefined);
			if (parking.isClaimed()) return answerCall(context, 'done', waitingMessages.wentOn());
			const seen = await look(call, account);
			const finished = seen?.finished;
			if (finished?.size === parking.awaited.length) return await goOn(call, {});
			isAtAnEnd &&= seen?.isAtAnEnd === true;
			// No further call will come: the run that goes on asks for a while, and then says what it has seen.
			if (isAtAnEnd && clock.now() >= held.untilMs) return await goOn(call, {});
			// It was looked at for as long as results lag. One that says which video it is about comes again, the others would do so for ever.
			const isOver = clock.now() >= held.untilMs || parking.held !== held;
			if (isOver && called === undefined && finished !== undefined)
				return answerCall(context, 'done', progressSentence(parking));
			const hasCaughtUp = held.called !== undefined && [...held.called].every((id) => finished?.has(id) === true);
			if (hasCaughtUp && !isAtAnEnd) return answerCall(context, 'done', progressSentence(parking));
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
	const judgement = judge(call, account);
	if (judgement.kind === 'ignored') return answerCall(context, judgement.ending, judgement.message);
	if (judgement.kind === 'unverified') {
		logCall(context, waitingMessages.unverified(judgement.message), judgement.level);
		return await hold(call, account, undefined);
	}
	const seen = await look(call, account);
	if (seen?.finished.size === parking.awaited.length) return await goOn(call, {});
	if (seen?.finished.has(judgement.called) === true && !seen.isAtAnEnd)
		return answerCall(context, 'done', progressSentence(parking));
	return await hold(call, account, judgement.called);
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
