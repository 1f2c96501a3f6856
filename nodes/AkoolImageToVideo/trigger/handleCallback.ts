// Takes in one call: only what is genuine, fresh, new, asked for and confirmed by Akool starts the workflow. Whatever could not be dealt with
// is answered so that Akool calls again; a forged call costs no request.

import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { clock } from '../clock';
import type { AkoolAccount } from '../akool/account';
import { isCompleted, isFinal, type AkoolVideo } from '../akool/video';
import { answerCall } from '../callbacks/answerCallback';
import { videoJson } from '../items/videoJson';
import { callbackMessages } from '../messages/callbacks';
import { sourceOf } from '../items/downloads';
import { fetchFile, VIDEO_FILE_OF_CALL } from '../transport/downloadFile';
import { sharedAccountOf } from '../transport/sharedAccount';
import type { CallbackEnding } from '../callbacks/answers';
import { readBack } from '../callbacks/confirm';
import { readCallback, type CallbackOutcome } from '../callbacks/readCallback';
import { eventOf, readTriggerSettings, type TriggerSettings } from './description';
import { claim, hasStarted, remember, seenBy } from './deduplication';

type AcceptedCall = Extract<CallbackOutcome, { kind: 'accepted' }>;

/** A video as the call itself describes it, for those who chose not to read it back. */
function videoOfCall({ id, status, url, payload }: AcceptedCall): AkoolVideo {
	return { id, status, videoUrl: url, createTimeMs: undefined, deductionCredit: undefined, raw: payload };
}

type Confirmation =
	{ kind: 'confirmed'; video: AkoolVideo } | { kind: 'ended'; ending: CallbackEnding; message: string };

function ended(ending: CallbackEnding, message: string): Confirmation {
	return { kind: 'ended', ending, message };
}

/** What Akool says about the video of a call. A call that is ahead of Akool is asked to come again, one that lags behind tells nothing new. */
async function confirm(
	context: IWebhookFunctions,
	account: AkoolAccount,
	call: AcceptedCall,
	settings: TriggerSettings,
): Promise<Confirmation> {
	if (!settings.verifyByReading) return { kind: 'confirmed', video: videoOfCall(call) };
	const back = await readBack(context, account, [call.id]);
	if (back.kind === 'notReadBack') return ended('notReadBack', callbackMessages.notReadBack(call.id));
	const video = back.videos.get(call.id);
	if (video === undefined) return ended('forged', callbackMessages.unknownVideo(call.id));
	const callIsFinal = eventOf(call.status) !== 'progress';
	if (callIsFinal && !isFinal(video)) return ended('notReadBack', callbackMessages.notFinished(call.id));
	if (!callIsFinal && isFinal(video)) return ended('notAskedFor', callbackMessages.finishedMeanwhile(call.id));
	return { kind: 'confirmed', video };
}

type FileTaken = { kind: 'taken'; binary: INodeExecutionData['binary'] } | { kind: 'ended'; message: string };

/** The file of a completed video, where it was asked for. One that is gone for good does not keep the news back. */
async function takeFile(
	context: IWebhookFunctions,
	video: AkoolVideo,
	binaryField: string | undefined,
): Promise<FileTaken> {
	if (binaryField === undefined || !isCompleted(video) || video.videoUrl === undefined)
		return { kind: 'taken', binary: undefined };
	const outcome = await fetchFile(context, VIDEO_FILE_OF_CALL, sourceOf(video, video.videoUrl));
	if (outcome.kind === 'stored') return { kind: 'taken', binary: { [binaryField]: outcome.binary } };
	if (outcome.kind !== 'gone' && outcome.kind !== 'refused')
		return { kind: 'ended', message: callbackMessages.fileNotDownloaded(video.id) };
	context.logger.warn(`${context.getNode().name}: ${callbackMessages.fileGone(video.id, outcome.reason)}`);
	return { kind: 'taken', binary: undefined };
}

function isAskedFor(status: number, { events }: TriggerSettings): boolean {
	const event = eventOf(status);
	return event !== undefined && events.includes(event);
}

async function startWith(
	context: IWebhookFunctions,
	account: AkoolAccount,
	call: AcceptedCall,
	settings: TriggerSettings,
): Promise<IWebhookResponseData> {
	const confirmation = await confirm(context, account, call, settings);
	if (confirmation.kind === 'ended') return answerCall(context, confirmation.ending, confirmation.message);
	const { video } = confirmation;
	const status = video.status ?? call.status;
	if (!isAskedFor(status, settings)) return answerCall(context, 'notAskedFor', callbackMessages.notAskedFor(status));
	const file = await takeFile(context, video, settings.binaryField);
	if (file.kind === 'ended') return answerCall(context, 'notReadBack', file.message);
	const item: INodeExecutionData = { json: videoJson(video, settings.output) };
	if (file.binary !== undefined) item.binary = file.binary;
	// Nothing may be awaited from here on: two calls about the same news would both find it new.
	if (!isTest(context) && hasStarted(context, video.id, status))
		return answerCall(context, 'repeated', callbackMessages.repeated());
	if (!isTest(context)) remember(context, video.id, status);
	return { workflowData: [[item]], webhookResponse: {} };
}

/** Whoever listens in the editor may send the same call as often as they like. */
function isTest(context: IWebhookFunctions): boolean {
	return context.getMode() === 'manual';
}

async function deal(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const account = await sharedAccountOf(context);
	const settings = readTriggerSettings(context);
	const circumstances = {
		nowMs: clock.now(),
		maxAgeMinutes: settings.maxAgeMinutes,
		seen: isTest(context) ? undefined : seenBy(context),
	};
	const outcome = readCallback(context.getBodyData(), account, circumstances);
	if (outcome.kind === 'repeated') return answerCall(context, 'repeated', callbackMessages.repeated());
	if (outcome.kind !== 'accepted') {
		return answerCall(context, outcome.kind, outcome.message, outcome.kind === 'unreadable' ? 'error' : 'debug');
	}
	if (!isAskedFor(outcome.status, settings))
		return answerCall(context, 'notAskedFor', callbackMessages.notAskedFor(outcome.status));

	const letGo = claim(context, outcome.id, outcome.status);
	if (letGo === undefined) return answerCall(context, 'notReadBack', callbackMessages.beingHandled());
	try {
		return await startWith(context, account, outcome, settings);
	} finally {
		letGo();
	}
}

/** Answers a call to the trigger, and starts the workflow where it has news. Never throws. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await deal(context);
	} catch {
		return answerCall(context, 'notReadBack', callbackMessages.notHandled());
	}
}
