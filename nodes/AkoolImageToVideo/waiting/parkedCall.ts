// A call for a parked execution, and what it may cause: a status request, and that the execution resumes. Rules that must not regress: the
// execution resumes once, only from what n8n has stored at this moment, and only where its node runs again with its own items.

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

/** A call for a parked execution, with all that answering it takes. */
export interface ParkedCall {
	kind: 'call';
	context: IWebhookFunctions;
	state: ParkedState;
	/** The items that the execution was parked with. */
	items: INodeExecutionData[];
	parking: Parking;
}

/** Reads a call; gives the answer at once where there is nothing to resume. */
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

/** What a status request has shown. */
export interface ParkedStatus {
	finished: Set<VideoId>;
	/**
	 * No video is on its way as far as Akool says: what is not finished has no row, or one that nobody can read. It may be late, so Akool is asked again
	 * before anything follows from that.
	 */
	nothingPending: boolean;
}

/** What the progress page shows of a video: what its item would hold, so that no secret link of n8n's is in it. */
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

/** Reads what Akool says of the videos now; undefined where it could not be asked. */
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

/** Whether n8n has the execution parked as the call found it. What n8n does not say is left to what this process knows. */
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

/** Resumes the execution, once. @param webhookResponse the answer to the caller */
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
