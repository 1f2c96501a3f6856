// A call for a parked execution and its effects: a status request, and resuming the execution. Rules that must not regress: the
// execution resumes once, only if n8n has it stored as parked at this moment, and only if its node runs again with its own items.

import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { AkoolAccount } from '../akool/account';
import { textOf } from '../akool/json';
import { isFinal, oddityOf, type AkoolVideo, type VideoId } from '../akool/video';
import { answerCall, logCall, type LogLevel } from '../callbacks/answer';
import { readBack } from '../callbacks/confirm';
import { causeOf } from '../messages/causes';
import { videoJson } from '../items/videoJson';
import { waitingMessages } from '../messages/waiting';
import { snapshotOf, storedExecution, enableNode } from '../n8n/parkedExecution';
import { parkingKey, readParked, type ParkedState } from './parkedState';
import { parkingOf, type Parking } from './parkings';
import type { ShownVideo } from './progressPage';

/** A call for a parked execution, with everything needed to answer it. */
export interface ParkedCall {
	kind: 'call';
	context: IWebhookFunctions;
	state: ParkedState;
	/** The items that the execution was parked with. */
	items: INodeExecutionData[];
	parking: Parking;
}

/** Reads a call, or answers it at once if there is nothing to resume. Never throws. */
export function parkedCall(
	context: IWebhookFunctions,
): ParkedCall | { kind: 'answered'; response: IWebhookResponseData } {
	const answered = (message: string, level: LogLevel) =>
		({ kind: 'answered', response: answerCall(context, 'callAgain', message, level) }) as const;
	const snapshot = snapshotOf(context);
	if (snapshot === undefined) return answered(waitingMessages.notShown(), 'error');
	const parked = readParked(snapshot.nodeContext);
	if (parked.kind === 'unreadable') return answered(waitingMessages.stateUnreadable(), 'error');
	if (parked.kind === 'none') return answered(waitingMessages.nothingAwaited(), 'warn');
	const { state } = parked;
	return { kind: 'call', context, state, items: snapshot.items, parking: parkingOf(context.getExecutionId(), state) };
}

/** The result of a status request. */
export interface ParkedStatus {
	finished: Set<VideoId>;
	/**
	 * No video is in progress according to Akool: every unfinished one has no row, or an unreadable one. The rows may be late, so Akool is asked again
	 * before the execution resumes because of that.
	 */
	nothingPending: boolean;
}

/** A video as the progress page shows it, built from its item's fields, so that it has none of n8n's secret links. */
function shown(id: VideoId, row: AkoolVideo | undefined): ShownVideo {
	const json = row === undefined ? {} : videoJson(row, 'simplified');
	return {
		id,
		state: textOf(json, 'status_name'),
		imageUrl: textOf(json, 'image_url'),
		prompt: textOf(json, 'prompt'),
		createTimeMs: row?.createTimeMs,
	};
}

/** Reads the current state of the videos; undefined where the status request failed, which is logged. */
export async function pollParked(
	{ context, parking }: ParkedCall,
	account: AkoolAccount,
): Promise<ParkedStatus | undefined> {
	parking.notePoll();
	const { awaited } = parking;
	const back = await readBack(context, account, awaited);
	if (back.kind === 'notReadBack') {
		logCall(context, waitingMessages.notRead(back.failure.message), 'warn');
		return undefined;
	}
	const rows = awaited.map((id) => ({ id, row: back.videos.get(id) }));
	const odd = rows.filter(({ row }) => oddityOf(row) !== undefined);
	const finished = rows.filter(({ row }) => row !== undefined && isFinal(row) && oddityOf(row) === undefined);
	const videos = rows.map(({ id, row }) => shown(id, row));
	parking.progress = { finished: finished.length, total: awaited.length, videos };
	return {
		finished: new Set(finished.map(({ id }) => id)),
		nothingPending: finished.length + odd.length === awaited.length,
	};
}

/** Whether n8n has the execution parked as the call found it. If n8n does not say, only this process's own record of calls counts. */
async function isStillParked({ context, state }: ParkedCall): Promise<boolean> {
	try {
		const stored = await storedExecution(context);
		if (stored.kind !== 'parked') return stored.kind === 'unknown';
		const parked = readParked(stored.nodeContext);
		return parked.kind === 'parked' && parkingKey(parked.state) === parkingKey(state);
	} catch (cause) {
		logCall(context, waitingMessages.notReadAgain(causeOf(cause)), 'warn');
		return true;
	}
}

/** Resumes the execution, once. Never throws. @param webhookResponse the answer to the caller */
export async function resumeExecution(
	call: ParkedCall,
	webhookResponse: string | object,
): Promise<IWebhookResponseData> {
	const { context, parking, items } = call;
	if (!parking.claim(context.getResponseObject())) return answerCall(context, 'done', waitingMessages.wentOn());
	if (!(await isStillParked(call))) return answerCall(context, 'done', waitingMessages.wentOn());
	if (enableNode(context)) return { workflowData: [items], webhookResponse };
	parking.release();
	return answerCall(context, 'callAgain', waitingMessages.notShown(), 'error');
}
