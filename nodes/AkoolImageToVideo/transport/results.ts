// Reads the status of any number of videos, with one request for up to 100 of them. Rows are matched by ID; an ID without a row is unknown to Akool. If
// Akool refuses a request because of one of its IDs, the others are requested without it.

import { chunk } from 'lodash';

import { parseResults } from '../akool/answers';
import { idsBody } from '../akool/bodies';
import { codeFact, type RefusalTopic } from '../akool/codes';
import { ENDPOINTS, IDS_PER_REQUEST } from '../akool/endpoints';
import type { AkoolVideo, VideoId } from '../akool/video';
import { callWithRetry } from './client';
import type { AkoolContext } from './credentials';
import { CallFailure, type UnsuccessfulOutcome } from './outcome';

/** Akool's answer about some videos. */
export interface StatusReport {
	videos: Map<VideoId, AkoolVideo>;
	/** The IDs that Akool refuses, each with its reason. */
	refused: Map<VideoId, CallFailure>;
	/** Rows that cannot be read, shortened: a missing video may be one of them. */
	unreadable: string[];
}

/** A refusal about one of these may be caused by a single ID; an internal error of Akool is not. */
const ABOUT_AN_ID: readonly RefusalTopic[] = ['input', 'missing'];

/** How many requests in a row may be refused before the search ends: enough to find two bad IDs among a hundred, and few if all are bad. */
const MOST_REQUESTS = 32;

function mayBeAboutAnId(outcome: UnsuccessfulOutcome): boolean {
	return outcome.kind === 'apiError' && ABOUT_AN_ID.includes(codeFact(outcome.code).topic);
}

interface Question {
	context: AkoolContext;
	report: StatusReport;
	maxAttempts: number | undefined;
}

/** Requests some IDs, and each half of them if that is refused. Returns how many requests are left. */
async function requestIds(
	question: Question,
	ids: readonly VideoId[],
	requestsLeft: number,
	refusal?: CallFailure,
): Promise<number> {
	const { context, report, maxAttempts } = question;
	const refuse = (failure: CallFailure): void => ids.forEach((id) => report.refused.set(id, failure));
	if (refusal !== undefined && requestsLeft === 0) {
		refuse(refusal);
		return 0;
	}
	let left = requestsLeft - 1;
	const outcome = await callWithRetry(context, 'results', { body: idsBody(ids) }, { maxAttempts });
	if (outcome.kind === 'success') {
		const { videos, unreadable } = parseResults(outcome.data);
		for (const [id, video] of videos) report.videos.set(id, video);
		report.unreadable.push(...unreadable);
		return MOST_REQUESTS;
	}
	const failure = new CallFailure(outcome, ENDPOINTS.results);
	if (!mayBeAboutAnId(outcome)) throw failure;
	if (ids.length === 1) refuse(failure);
	else for (const half of chunk(ids, Math.ceil(ids.length / 2))) left = await requestIds(question, half, left, failure);
	return left;
}

/**
 * Reads the current state of videos. Vendor page: "Get Image to Video Results".
 *
 * @throws CallFailure where Akool cannot be reached, or refuses all of the IDs
 */
export async function readResults(
	context: AkoolContext,
	ids: readonly VideoId[],
	maxAttempts?: number,
): Promise<StatusReport> {
	const report: StatusReport = { videos: new Map(), refused: new Map(), unreadable: [] };
	for (const part of chunk(ids, IDS_PER_REQUEST))
		await requestIds({ context, report, maxAttempts }, part, MOST_REQUESTS);
	const [failure] = report.refused.values();
	if (failure !== undefined && report.refused.size === ids.length) throw failure;
	return report;
}
