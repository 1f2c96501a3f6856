// What happens when Akool calls a parked execution: the call is verified, all unfinished videos are read with one request, and the execution
// goes on once none is unfinished. What the call says is only a reason to look; unfinished, repeated, forged and foreign calls change nothing.

import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData, NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { AkoolAccount } from '../akool/account';
import { isCompleted, isFailed, isFinal, type AkoolVideo, type VideoId } from '../akool/video';
import { accountOf } from '../transport/context';
import { toNodeError, type PaidVideo } from '../transport/errors';
import { failedVideoFault, type Fault } from '../transport/faults';
import { readResults } from '../transport/results';
import { ANSWER_STATUS_CODES, type CallbackEnding } from '../webhook/answers';
import { readCallback } from '../webhook/readCallback';
import { Downloads } from './download';
import { videoJson } from './output';
import { awaitedIds, awaitedVideo, keptSettings, parkedItems, type ParkedSettings } from './parked';

/** Calls older than a day are replays. */
const MAX_AGE_MINUTES = 24 * 60;
const READ_BACK_ATTEMPTS = 2;

/** Executions that are being resumed in this process: a second call meanwhile is asked to come back. */
const underWay = new Set<string>();

interface Resumption {
	context: IWebhookFunctions;
	account: AkoolAccount;
	settings: ParkedSettings;
	continuesOnFail: boolean;
}

function answer(context: IWebhookFunctions, ending: CallbackEnding, message: string): IWebhookResponseData {
	context.logger.debug(`${context.getNode().name}: ${message}`);
	context.getResponseObject().status(ANSWER_STATUS_CODES[ending]).json({});
	return { noWebhookResponse: true };
}

type Judgement = { kind: 'look' } | { kind: 'ignore'; ending: CallbackEnding; message: string };

/**
 * Says whether a call is a reason to look. With a client ID it has to be genuine, about one of these videos, and about an end; without one
 * the secret address that it came to is the guard, and every call is a reason to look.
 */
function judge(context: IWebhookFunctions, account: AkoolAccount, awaited: readonly VideoId[]): Judgement {
	const outcome = readCallback(context.getBodyData(), account, { nowMs: Date.now(), maxAgeMinutes: MAX_AGE_MINUTES });
	switch (outcome.kind) {
		case 'unreadable':
			return { kind: 'look' };
		case 'repeated':
			return { kind: 'ignore', ending: 'repeated', message: 'Akool repeated a call' };
		case 'accepted': {
			const stranger = !awaited.includes(outcome.id);
			if (stranger) return { kind: 'ignore', ending: 'repeated', message: `Akool called about video ${outcome.id}, which is not waited for` };
			if (outcome.status >= 3) return { kind: 'look' };
			return { kind: 'ignore', ending: 'notAskedFor', message: `Akool called about video ${outcome.id}, which is still being made` };
		}
		default:
			return { kind: 'ignore', ending: outcome.kind, message: outcome.message };
	}
}

function continuesOnFail(context: IWebhookFunctions): boolean {
	const { continueOnFail, onError } = context.getNode();
	return continueOnFail === true || onError === 'continueRegularOutput' || onError === 'continueErrorOutput';
}

function faultItem(resumption: Resumption, item: INodeExecutionData, fault: Fault, video: AkoolVideo): INodeExecutionData {
	const { context, account, settings } = resumption;
	const error = toNodeError(fault, { node: context.getNode(), account, itemIndex: undefined, paid: [] });
	const json = { ...videoJson(video, settings.output, awaitedVideo(item)), error: fault.title, error_description: fault.description };
	return { ...item, json, error };
}

async function finishedItem(resumption: Resumption, item: INodeExecutionData, video: AkoolVideo, downloads: Downloads | undefined): Promise<INodeExecutionData> {
	const { settings } = resumption;
	if (isFailed(video) && settings.onVideoFailure === 'error') return faultItem(resumption, item, failedVideoFault(video), video);
	const download = await downloads?.of(video.id);
	if (download?.kind === 'fault') return faultItem(resumption, item, download.fault, video);
	const json = videoJson(video, settings.output, awaitedVideo(item));
	return { json, binary: download?.binary, pairedItem: item.pairedItem };
}

/** The items that leave the node: settled ones as they were parked, the others with what Akool says now. */
async function finishedItems(resumption: Resumption, items: readonly INodeExecutionData[], videos: ReadonlyMap<VideoId, AkoolVideo>): Promise<INodeExecutionData[]> {
	const { context, settings } = resumption;
	const downloads = settings.binaryField === undefined ? undefined : new Downloads(context, settings.binaryField, settings.concurrency);
	for (const video of videos.values()) if (isCompleted(video)) downloads?.start(video);
	return await Promise.all(
		items.map(async (item) => {
			const video = videos.get(awaitedVideo(item)?.id ?? '');
			return video === undefined ? item : await finishedItem(resumption, item, video, downloads);
		}),
	);
}

/** The error that ends the execution where an item did not work out and the node does not continue on fail. */
function endingError(resumption: Resumption, items: readonly INodeExecutionData[]): NodeApiError | NodeOperationError | undefined {
	const failed = items.find(({ error }) => error !== undefined);
	if (failed === undefined || resumption.continuesOnFail) return undefined;
	const paid: PaidVideo[] = items.flatMap(({ json }) => (typeof json._id === 'string' ? { id: json._id, deductionCredit: Number(json.deduction_credit ?? 0) } : []));
	const fault: Fault = { title: String(failed.json.error), description: String(failed.json.error_description) };
	return toNodeError(fault, { node: resumption.context.getNode(), account: resumption.account, itemIndex: undefined, paid });
}

type Ending = { kind: 'answered'; response: IWebhookResponseData } | { kind: 'ended'; error: NodeApiError | NodeOperationError };

async function lookAndGoOn(resumption: Resumption, items: readonly INodeExecutionData[]): Promise<Ending> {
	const { context } = resumption;
	const awaited = awaitedIds(items);
	const videos = await readResults(context, awaited, READ_BACK_ATTEMPTS);
	const unfinished = awaited.filter((id) => !isFinalVideo(videos.get(id)));
	if (unfinished.length > 0) {
		const progress = `${awaited.length - unfinished.length} of ${awaited.length} videos finished`;
		return { kind: 'answered', response: answer(context, 'accepted', progress) };
	}
	const output = await finishedItems(resumption, items, videos);
	const error = endingError(resumption, output);
	return error === undefined ? { kind: 'answered', response: { workflowData: [output], webhookResponse: {} } } : { kind: 'ended', error };
}

function isFinalVideo(video: AkoolVideo | undefined): boolean {
	return video !== undefined && isFinal(video);
}

async function dealWith(context: IWebhookFunctions): Promise<Ending> {
	const account = await accountOf(context);
	const items = parkedItems(context);
	const judgement = judge(context, account, awaitedIds(items));
	if (judgement.kind === 'ignore') return { kind: 'answered', response: answer(context, judgement.ending, judgement.message) };
	const resumption = { context, account, settings: keptSettings(context), continuesOnFail: continuesOnFail(context) };
	return await lookAndGoOn(resumption, items);
}

async function dealWithSafely(context: IWebhookFunctions): Promise<Ending> {
	const executionId = context.getExecutionId();
	if (underWay.has(executionId)) return { kind: 'answered', response: answer(context, 'notReadBack', 'the execution is being resumed already') };
	underWay.add(executionId);
	try {
		return await dealWith(context);
	} catch {
		return { kind: 'answered', response: answer(context, 'notReadBack', 'the videos could not be read, so Akool is asked to call again') };
	} finally {
		underWay.delete(executionId);
	}
}

/**
 * Answers a call to a parked execution. It stays parked unless all its videos are finished.
 *
 * @throws NodeApiError | NodeOperationError only to end the execution, where a video failed and the user chose to stop on that
 */
export async function resume(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const ending = await dealWithSafely(context);
	if (ending.kind === 'ended') throw ending.error;
	return ending.response;
}
