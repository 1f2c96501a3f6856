// Which of Akool's listed jobs may belong to an order of unknown outcome. Rule that must not regress: a similar job is named and never taken, and a job
// with too few fields to be ruled out counts as a candidate.

import { ENDPOINTS } from '../akool/endpoints';
import { textOf } from '../akool/json';
import type { AkoolVideo, VideoId } from '../akool/video';
import { causeOf } from '../messages/causes';
import { orderMessages } from '../messages/orders';
import { withoutLinkSecrets, withoutSecrets } from '../messages/redact';
import { readResults } from '../transport/results';
import { notedIds } from './executionData';
import type { ListedJob } from './jobList';
import type { KeptOrder } from './ledgerSchema';
import type { Run } from './run';

/** Clocks differ: a job that is at most this much older than the order counts as created at the same time. */
export const CLOCK_DIFFERENCE_MS = 60_000;
/** Clocks may differ by more: a similar job within this time keeps an order from being cleared. */
const LARGE_DIFFERENCE_MS = 10 * 60_000;
/** A shortened text needs this many characters to be compared. */
const SHORTEST_BEGINNING = 8;

/** Reads videos for fields that the list does not show; an empty map where Akool does not answer. Never throws. */
export async function readVideos(run: Run, ids: readonly VideoId[]): Promise<ReadonlyMap<VideoId, AkoolVideo>> {
	if (ids.length === 0) return new Map();
	try {
		return (await readResults(run.context, ids, 1)).videos;
	} catch (error) {
		run.context.logger.warn(orderMessages.proofNotRead(withoutSecrets(causeOf(error), run.account)));
		return new Map();
	}
}

/** The fields of a job that are compared with an order. The job of an audio update shows the image and prompt of its source. */
interface ComparedFields {
	image: string | undefined;
	prompt: string | undefined;
	sourceId: string | undefined;
}

async function expectedFieldsOf(run: Run, { comparedFields }: KeptOrder): Promise<ComparedFields> {
	const sourceId = textOf(comparedFields, 'pre_video_id');
	const source = sourceId === undefined ? comparedFields : (await readVideos(run, [sourceId])).get(sourceId)?.raw;
	return { image: textOf(source, 'image_url'), prompt: textOf(source, 'prompt'), sourceId };
}

/** The listed jobs that may be an order's, but for which there is no proof. */
export interface Candidates {
	/** The IDs of jobs with the same image, prompt or source. */
	alike: string[];
	/** Whether every listed job is ruled out. */
	isNone: boolean;
}

/** Compares texts; of one that the list has shortened, the beginning. */
function isSameText(shown: string | undefined, asked: string | undefined): boolean {
	if (shown === undefined || asked === undefined) return false;
	const text = shown.replace(/(?:\.{3}|…)$/, '');
	return shown === asked || (text.length >= SHORTEST_BEGINNING && asked.startsWith(text));
}

/** The candidates for an order among the listed jobs. Costs a status request for an audio update. Never throws. */
export async function candidatesOf(run: Run, order: KeptOrder, jobs: readonly ListedJob[]): Promise<Candidates> {
	const { ledger } = run;
	const sources = ledger.orders().flatMap(({ comparedFields }) => textOf(comparedFields, 'pre_video_id') ?? []);
	const known = new Set([...ledger.videos().map(({ id }) => id), ...sources, ...notedIds(run)]);
	const { image, prompt, sourceId } = await expectedFieldsOf(run, order);
	const toMs = order.sentAtMs + ENDPOINTS[order.endpoint].timeoutMs;
	const isWithin = ({ createTimeMs }: ListedJob, differenceMs: number): boolean =>
		createTimeMs === undefined ||
		(createTimeMs >= order.sentAtMs - differenceMs && createTimeMs <= toMs + differenceMs);
	const isOthers = ({ orderKey, isAudioJob }: ListedJob): boolean =>
		orderKey !== undefined && orderKey !== order.key && !isAudioJob && sourceId === undefined;
	const isAlike = (job: ListedJob): boolean =>
		(job.orderKey === order.key && !job.isAudioJob) ||
		(job.sourceId !== undefined && job.sourceId === sourceId) ||
		(job.imageUrl !== undefined && withoutLinkSecrets(job.imageUrl) === image) ||
		isSameText(job.prompt, prompt);
	const open = jobs.filter((job) => !known.has(job.id) && !isOthers(job));
	const near = open.filter((job) => isWithin(job, CLOCK_DIFFERENCE_MS));
	// The list shows an audio update with the image and prompt of its source: without those there is nothing to compare.
	const isComparable = sourceId === undefined || image !== undefined || prompt !== undefined;
	const isNone =
		isComparable && near.length === 0 && !open.some((job) => isWithin(job, LARGE_DIFFERENCE_MS) && isAlike(job));
	return { alike: near.filter(isAlike).map(({ id }) => id), isNone };
}
