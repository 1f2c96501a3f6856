// What happens when Akool calls a parked execution: the call is verified, all unfinished videos are read with one request, and the execution
// goes on once none is unfinished. A person who opens the address hears how far it is, and frees a run whose call was lost. What a call says is only a reason to look; unfinished, repeated, forged and foreign calls change nothing.

import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { clock } from '../clock';
import type { AkoolAccount } from '../akool/account';
import { fieldOf, isRecord, listOf } from '../akool/json';
import { isFinal, type AkoolVideo, type VideoId } from '../akool/video';
import { sharedAccountOf } from '../transport/sharedAccount';
import { ANSWER_STATUS_CODES, type CallbackEnding } from '../callbacks/answers';
import { deriveKeys } from '../callbacks/keys';
import { readBack } from '../callbacks/confirm';
import { readCallback } from '../callbacks/readCallback';
import { answerCall } from '../callbacks/answerCallback';
import { videoJson } from '../items/videoJson';
import { callbackMessages } from '../messages/callbacks';
import { waitingMessages } from '../messages/waiting';
import { awaitedIds, awaitedVideo, parkedItems } from './parkedState';
import { claimWaking, keepFinished, knownFinished } from './waking';

/** Calls older than a day are replays. */
const MAX_AGE_MINUTES = 24 * 60;
const FIRST_FINAL_STATUS = 3;
const SECOND_LOOK_MS = 3_000;

type Judgement =
	/** `called` is the video that Akool says is finished, where the call could be read. */
	{ kind: 'look'; called: VideoId | undefined } | { kind: 'ignore'; ending: CallbackEnding; message: string };

/**
 * Says whether a call is a reason to look. Where the credential can read calls, it has to be genuine, about one of these videos, and about an
 * end. Without a client ID none can be read, so none is judged by its body: the secret address that it came to is the guard, and a call that
 * was turned away for its form would leave a paid video waiting for its time-out.
 */
function judge(body: unknown, account: AkoolAccount, awaited: readonly VideoId[]): Judgement {
	if (deriveKeys(account).kind === 'unreadable') return { kind: 'look', called: undefined };
	const outcome = readCallback(body, account, { nowMs: clock.now(), maxAgeMinutes: MAX_AGE_MINUTES });
	switch (outcome.kind) {
		case 'repeated':
			return { kind: 'ignore', ending: 'repeated', message: callbackMessages.repeated() };
		case 'accepted': {
			const { id, status } = outcome;
			if (!awaited.includes(id))
				return { kind: 'ignore', ending: 'notAskedFor', message: waitingMessages.notAwaited(id) };
			if (status >= FIRST_FINAL_STATUS) return { kind: 'look', called: id };
			return { kind: 'ignore', ending: 'notAskedFor', message: waitingMessages.stillProcessing(id) };
		}
		default:
			return { kind: 'ignore', ending: outcome.kind, message: outcome.message };
	}
}

/**
 * n8n switches a node off before it resumes its execution, so that what came with the call is passed on as the node's output. Switched on
 * again, the node is run with its parked items, and the run ends where files, errors and error outputs work as they always do.
 * Gives false where this n8n does not show the entry.
 */
function runNodeAgain(context: IWebhookFunctions): boolean {
	const node = fieldOf(fieldOf(context, 'executeData'), 'node');
	if (!isRecord(node)) return false;
	node.disabled = false;
	return true;
}

/** The items that the execution was parked with: from n8n's own entry, or by an expression, which takes n8n far longer, where it does not show the entry. */
function itemsOf(context: IWebhookFunctions): INodeExecutionData[] {
	const [input] = listOf(fieldOf(fieldOf(context, 'executeData'), 'data'), 'main');
	return parkedItems(input ?? context.evaluateExpression('{{ $input.all() }}', 0));
}

/** The parked items with what Akool says now, for an n8n that will not run the node again. */
function updatedItems(
	items: readonly INodeExecutionData[],
	videos: ReadonlyMap<VideoId, AkoolVideo>,
): INodeExecutionData[] {
	return items.map((item) => {
		const made = awaitedVideo(item);
		const video = made === undefined ? undefined : videos.get(made.id);
		return video === undefined ? item : { ...item, json: videoJson(video, 'simplified', made) };
	});
}

/** Somebody who opened the address in a browser, and not Akool. */
function isVisitor(context: IWebhookFunctions): boolean {
	return context.getRequestObject().method === 'GET';
}

function tellVisitor(context: IWebhookFunctions, sentence: string): IWebhookResponseData {
	context.getResponseObject().status(ANSWER_STATUS_CODES.accepted).type('text/plain').send(sentence);
	return { noWebhookResponse: true };
}

/** The videos that Akool says are finished; undefined where it could not be asked. What was finished once is not asked about again. */
async function finishedOf(
	context: IWebhookFunctions,
	account: AkoolAccount,
	awaited: readonly VideoId[],
): Promise<Map<VideoId, AkoolVideo> | undefined> {
	const finished = knownFinished(awaited);
	const open = awaited.filter((id) => !finished.has(id));
	if (open.length === 0) return finished;
	const back = await readBack(context, account, open);
	if (back.kind === 'notReadBack') return undefined;
	for (const id of open) {
		const video = back.videos.get(id);
		if (video !== undefined && isFinal(video)) finished.set(id, video);
	}
	keepFinished(finished.values());
	return finished;
}

/** A call that cannot be read may be ahead of what Akool answers; nobody would call again after it, so it is given the time for a second look. */
async function lookAgain(
	context: IWebhookFunctions,
	account: AkoolAccount,
	awaited: readonly VideoId[],
): Promise<Map<VideoId, AkoolVideo> | undefined> {
	await clock.sleep(SECOND_LOOK_MS, undefined);
	return await finishedOf(context, account, awaited);
}

async function dealWith(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const beganMs = clock.now();
	const account = await sharedAccountOf(context);
	const items = itemsOf(context);
	const awaited = awaitedIds(items);
	if (awaited.length === 0) return answerCall(context, 'notReadBack', waitingMessages.nothingAwaited());
	const visited = isVisitor(context);
	const judgement: Judgement = visited
		? { kind: 'look', called: undefined }
		: judge(context.getBodyData(), account, awaited);
	if (judgement.kind === 'ignore') {
		return answerCall(context, judgement.ending, judgement.message, judgement.ending === 'forged' ? 'warn' : 'debug');
	}

	const before = knownFinished(awaited).size;
	let finished = await finishedOf(context, account, awaited);
	if (finished?.size === before && judgement.called === undefined && !visited)
		finished = await lookAgain(context, account, awaited);
	if (finished === undefined) return answerCall(context, 'notReadBack', waitingMessages.notRead());
	if (judgement.called !== undefined && !finished.has(judgement.called)) {
		return answerCall(context, 'notReadBack', callbackMessages.notFinished(judgement.called));
	}
	if (finished.size < awaited.length) {
		const progress = waitingMessages.progress(finished.size, awaited.length);
		return visited ? tellVisitor(context, progress) : answerCall(context, 'accepted', progress);
	}
	if (!claimWaking(context.getExecutionId(), awaited, beganMs, clock.now())) {
		const turned = waitingMessages.resumedAlready();
		return visited
			? tellVisitor(context, turned)
			: answerCall(context, 'notReadBack', `${turned}, so Akool is asked to call again`);
	}
	const output = runNodeAgain(context) ? items : updatedItems(items, finished);
	return {
		workflowData: [output],
		webhookResponse: visited ? waitingMessages.goesOn(awaited.length) : {},
	};
}

/** Answers a request for a parked execution, which stays parked unless all its videos are finished. Never throws: that would end the execution. */
export async function resume(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await dealWith(context);
	} catch {
		return answerCall(context, 'notReadBack', callbackMessages.notHandled());
	}
}
