// Handles one call to the trigger: only a verified, recent, new and selected event that Akool confirms starts the workflow. Rules that must not regress: a call
// that could not be handled is answered so that Akool calls again, a forged one costs no request, and no event is marked as handled without a start.

import type { IBinaryData, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { AkoolAccount } from '../akool/account';
import { isCompleted, isFinal, type AkoolVideo } from '../akool/video';
import { answerCall, logCall, type CallbackEnding } from '../callbacks/answer';
import { readBack } from '../callbacks/confirm';
import { readCallback, type CallbackOutcome } from '../callbacks/readCallback';
import { clock } from '../clock';
import { sourceOf } from '../items/downloads';
import { cleanFileName, named } from '../items/fileNames';
import { videoJson } from '../items/videoJson';
import { causeOf } from '../messages/causes';
import { callbackMessages } from '../messages/callbacks';
import { triggerMessages } from '../messages/trigger';
import { accountOf } from '../transport/credentials';
import { fetchFile, VIDEO_FILE } from '../transport/downloadFile';
import { claim, hasStarted, remember, seenBy } from './deduplication';
import { eventOf, readTriggerSettings, type TriggerSettings } from './settings';

type AcceptedCall = Extract<CallbackOutcome, { kind: 'accepted' }>;

/** The video as the call itself describes it, if Verify with Akool is off. */
function videoOfCall({ id, status, url, payload }: AcceptedCall): AkoolVideo {
	return { id, status, videoUrl: url, createTimeMs: undefined, deductionCredit: undefined, raw: payload };
}

type Confirmation =
	{ kind: 'confirmed'; video: AkoolVideo } | { kind: 'ended'; ending: CallbackEnding; message: string };

function ended(ending: CallbackEnding, message: string): Confirmation {
	return { kind: 'ended', ending, message };
}

/** Akool's own answer about the video of a call. A call ahead of Akool's results is asked to come again; one behind them is done. */
async function confirm(
	context: IWebhookFunctions,
	account: AkoolAccount,
	call: AcceptedCall,
	settings: TriggerSettings,
): Promise<Confirmation> {
	if (!settings.verifyByReading) return { kind: 'confirmed', video: videoOfCall(call) };
	const back = await readBack(context, account, [call.id]);
	if (back.kind === 'notReadBack') return ended('callAgain', callbackMessages.notReadBack(call.id));
	const video = back.videos.get(call.id);
	if (video === undefined) return ended('refused', callbackMessages.unknownVideo(call.id));
	const callIsFinal = eventOf(call.status) !== 'progress';
	if (callIsFinal && !isFinal(video)) return ended('callAgain', callbackMessages.notFinished(call.id));
	if (!callIsFinal && isFinal(video)) return ended('done', callbackMessages.finishedMeanwhile(call.id));
	// Otherwise this call would count as an earlier event of the video.
	if (video.status !== undefined && video.status < call.status)
		return ended('callAgain', callbackMessages.resultsBehind(call.id));
	return { kind: 'confirmed', video };
}

function fileNamed(binary: IBinaryData, wanted: string | undefined): IBinaryData {
	const fileName = wanted === undefined ? undefined : cleanFileName(wanted);
	return fileName === undefined ? binary : named(binary, fileName);
}

/**
 * The item of a video, with its file if selected. A file that its host does not show yet is waited for some minutes, even if the caller
 * hangs up; calls that come meanwhile are asked to come again. If the file cannot be had, the workflow starts without it and can download it later.
 */
async function itemOf(
	context: IWebhookFunctions,
	video: AkoolVideo,
	{ binaryField, fileName, output }: TriggerSettings,
): Promise<INodeExecutionData> {
	const item: INodeExecutionData = { json: videoJson(video, output) };
	if (binaryField === undefined || !isCompleted(video) || video.videoUrl === undefined) return item;
	const outcome = await fetchFile(context, VIDEO_FILE, sourceOf(video, video.videoUrl));
	if (outcome.kind === 'stored') return { ...item, binary: { [binaryField]: fileNamed(outcome.binary, fileName) } };
	const reason = outcome.kind === 'canceled' ? '' : outcome.reason;
	logCall(context, triggerMessages.fileMissing(video.id, reason), 'warn');
	return { json: { ...item.json, download_error: reason } };
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
	if (!isAskedFor(status, settings)) return answerCall(context, 'done', callbackMessages.notAskedFor(status));
	const item = await itemOf(context, video, settings);
	// No await from here on, since two calls about the same event would both find it new.
	if (!isTest(context) && hasStarted(context, video.id, status))
		return answerCall(context, 'done', callbackMessages.repeated());
	if (!isTest(context)) remember(context, video.id, status);
	return { workflowData: [[item]], webhookResponse: {} };
}

/** While the editor listens, the same call may come any number of times. */
function isTest(context: IWebhookFunctions): boolean {
	return context.getMode() === 'manual';
}

async function handle(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const read = readTriggerSettings(context);
	if (read.kind === 'unusable') return answerCall(context, 'callAgain', `${read.title}. ${read.description}`, 'error');
	const { settings } = read;
	const account = await accountOf(context);
	const outcome = readCallback(context.getBodyData(), account, {
		nowMs: clock.now(),
		maxAgeMinutes: settings.maxAgeMinutes,
		seen: isTest(context) ? undefined : seenBy(context),
	});
	switch (outcome.kind) {
		case 'malformed':
			return answerCall(context, 'malformed', outcome.message);
		case 'refused':
			return answerCall(context, 'refused', outcome.message);
		case 'unreadable':
			return answerCall(context, 'refused', outcome.message, 'error');
		case 'repeated':
			return answerCall(context, 'done', callbackMessages.repeated());
		case 'accepted': {
			const { id, status } = outcome;
			if (!isAskedFor(status, settings)) return answerCall(context, 'done', callbackMessages.notAskedFor(status));
			const release = claim(context, id, status);
			if (release === undefined) return answerCall(context, 'callAgain', callbackMessages.beingHandled());
			try {
				return await startWith(context, account, outcome, settings);
			} finally {
				release();
			}
		}
	}
}

/** Answers a call to the trigger, and starts the workflow where an event is new. Never throws. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await handle(context);
	} catch (cause) {
		return answerCall(context, 'callAgain', callbackMessages.notHandled(causeOf(cause)), 'error');
	}
}
