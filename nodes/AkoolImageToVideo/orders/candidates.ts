// Which of the jobs that Akool lists may be those of an order whose outcome is unknown. Rule that must not regress: what is alike is named and never taken;
// and what the list says too little of counts as one that may be, since nobody can say that it is not.

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

/** Clocks differ: a job counts as of the same minute when it is at most so much older than the order. */
export const CLOCK_DIFFERENCE_MS = 60_000;
/** And may differ by more: what is alike within this time keeps an order from being cleared. */
const LARGE_DIFFERENCE_MS = 10 * 60_000;
/** A beginning shorter than this says nothing of a text. */
const SHORTEST_BEGINNING = 8;

/** Reads videos for what the list does not say; an empty map where Akool does not answer. */
export async function readVideos(run: Run, ids: readonly VideoId[]): Promise<ReadonlyMap<VideoId, AkoolVideo>> {
	if (ids.length === 0) return new Map();
	try {
		return (await readResults(run.context, ids, 1)).videos;
	} catch (error) {
		run.context.logger.warn(orderMessages.proofNotRead(withoutSecrets(causeOf(error), run.account)));
		return new Map();
	}
}

/** What a job has to look like to be an order's: an audio update's shows the image and the prompt of its source. */
interface Likeness {
	image: string | undefined;
	prompt: string | undefined;
	sourceId: string | undefined;
}

async function likenessOf(run: Run, { likeness }: KeptOrder): Promise<Likeness> {
	const sourceId = textOf(likeness, 'pre_video_id');
	const source = sourceId === undefined ? likeness : (await readVideos(run, [sourceId])).get(sourceId)?.raw;
	return { image: textOf(source, 'image_url'), prompt: textOf(source, 'prompt'), sourceId };
}

/** The listed jobs that may be an order's, but for which there is no proof. */
export interface Candidates {
	/** What a person would take for it. */
	alike: string[];
	/** Whether the list shows that none can be the order's: also none that it says too little of. */
	isNone: boolean;
}

/** Of a text that the list shows cut short, its beginning counts. */
function isSameText(shown: string | undefined, asked: string | undefined): boolean {
	if (shown === undefined || asked === undefined) return false;
	const text = shown.replace(/(?:\.{3}|…)$/, '');
	return shown === asked || (text.length >= SHORTEST_BEGINNING && asked.startsWith(text));
}

export async function candidatesOf(run: Run, order: KeptOrder, jobs: readonly ListedJob[]): Promise<Candidates> {
	const { ledger } = run;
	const sources = ledger.orders().flatMap(({ likeness }) => textOf(likeness, 'pre_video_id') ?? []);
	const known = new Set([...ledger.videos().map(({ id }) => id), ...sources, ...notedIds(run)]);
	const { image, prompt, sourceId } = await likenessOf(run, order);
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
	// Of an audio update, the list shows what its source shows: without that, nothing can be told.
	const isComparable = sourceId === undefined || image !== undefined || prompt !== undefined;
	const isNone =
		isComparable && near.length === 0 && !open.some((job) => isWithin(job, LARGE_DIFFERENCE_MS) && isAlike(job));
	return { alike: near.filter(isAlike).map(({ id }) => id), isNone };
}
