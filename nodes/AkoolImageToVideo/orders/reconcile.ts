// What can be known about a create whose answer never came. It is looked for, never repeated: the balance before and after says whether
// something was charged, the account's own list of API jobs (which no page documents, so nothing depends on it) may even show the video.

import { parseCredits } from '../akool/answers';
import { ENDPOINTS } from '../akool/endpoints';
import { isRecord, listOf, numberOf, textOf } from '../akool/json';
import { parseVideo, type AkoolVideo } from '../akool/video';
import { callAkool } from '../transport/call';
import { callMessage } from '../messages/calls';
import type { UserMessage } from '../messages/define';
import { readResults } from '../transport/results';
import { notedIds } from './executionData';
import type { LedgerEntry } from './ledgerEntry';
import type { Run } from './run';
import type { SpendingEndpoint, SpendRequest } from './orderRequest';

export type UnclearFinding = { kind: 'found'; videos: AkoolVideo[] } | { kind: 'notFound'; message: UserMessage };

/** Clocks differ: a job counts as of the same minute when it is at most so much older than the request. */
const CLOCK_DIFFERENCE_MS = 60_000;
/** No order takes longer, with all its repeats and pauses. */
const LONGEST_ORDER_MS = 10 * 60_000;
const JOBS_PER_PAGE = 50;
const MOST_PAGES = 10;

/** Reads the balance with a single try. */
export async function readBalance(run: Run): Promise<number | undefined> {
	const outcome = await callAkool(run.context, 'credits');
	return outcome.kind === 'success' ? parseCredits(outcome.data) : undefined;
}

/** By what a job is recognised. */
interface Description {
	image: string;
	prompt: string;
	/** When it was made, by Akool's clock. */
	fromMs: number;
	toMs: number;
}

/** What the job of a request looks like: an audio update has picture and prompt of its source, which is read for that, and is younger than it. */
async function describe(run: Run, { sent, sentAtMs }: LedgerEntry): Promise<Description | undefined> {
	const sourceId = textOf(sent, 'pre_video_id');
	const sources =
		sourceId === undefined ? undefined : await readResults(run.context, [sourceId], 1).catch(() => undefined);
	const described: unknown = sourceId === undefined ? sent : sources?.videos.get(sourceId)?.raw;
	const image = textOf(described, 'image_url');
	const prompt = textOf(described, 'prompt');
	if (image === undefined || prompt === undefined) return undefined;
	const fromMs = Math.max(sentAtMs - CLOCK_DIFFERENCE_MS, numberOf(described, 'update_time') ?? 0);
	return { image, prompt, fromMs, toMs: sentAtMs + LONGEST_ORDER_MS };
}

function fits(job: unknown, { image, prompt, fromMs, toMs }: Description): boolean {
	const createTimeMs = numberOf(job, 'create_time') ?? 0;
	return (
		createTimeMs >= fromMs &&
		createTimeMs <= toMs &&
		textOf(job, 'image_url') === image &&
		textOf(job, 'prompt') === prompt
	);
}

/** Reads one of the account's own jobs: in this list alone the status has another name. */
function parseJob(job: unknown): AkoolVideo | undefined {
	return parseVideo(isRecord(job) ? { ...job, status: job.status ?? job.video_status } : undefined);
}

/** The account's jobs, newest first, back to a moment. Undefined where Akool did not show them that far. */
async function jobsSince(run: Run, sinceMs: number): Promise<unknown[] | undefined> {
	const jobs: unknown[] = [];
	for (let page = 1; page <= MOST_PAGES; page++) {
		const outcome = await callAkool(run.context, 'ownJobs', { qs: { page, size: JOBS_PER_PAGE } });
		if (outcome.kind !== 'success') return undefined;
		const rows = [...listOf(outcome.data, 'result'), ...listOf(outcome.data, 'list')];
		jobs.push(...rows);
		if (rows.length < JOBS_PER_PAGE || rows.some((job) => (numberOf(job, 'create_time') ?? Infinity) < sinceMs))
			return jobs;
	}
	return undefined;
}

/** The jobs that may be the unclear one, or undefined where Akool did not show its list. */
async function fittingJobs(run: Run, entry: LedgerEntry): Promise<AkoolVideo[] | undefined> {
	const jobs = await jobsSince(run, entry.sentAtMs - CLOCK_DIFFERENCE_MS);
	if (jobs === undefined) return undefined;
	const described = await describe(run, entry);
	if (described === undefined) return undefined;
	const known = new Set([...run.ledger.videos().map(({ id }) => id), ...run.ledger.sources(), ...notedIds(run)]);
	return jobs
		.filter((job) => fits(job, described))
		.flatMap((job) => parseJob(job) ?? [])
		.filter(({ id }) => !known.has(id));
}

async function balanceText(run: Run, entry: LedgerEntry): Promise<string> {
	const { before } = entry;
	const after = await readBalance(run);
	if (after === undefined || before.credits === undefined || run.ledger.hasOthersOpen(entry)) return '';
	const unexplained = before.credits - after - (run.ledger.booked() - before.booked);
	return unexplained > 0
		? ` The balance went from ${before.credits} to ${after} credits, ${unexplained} more than the known videos cost: the video was probably charged.`
		: ` The balance (${after} credits) shows no charge for it so far.`;
}

function candidatesText(candidates: readonly AkoolVideo[] | undefined): string {
	if (candidates === undefined) return '';
	if (candidates.length === 0) return ' Akool’s list of API jobs does not show it (yet).';
	return ` Akool’s list of API jobs shows ${candidates.map(({ id }) => id).join(', ')} from the same minute: look at them with Get.`;
}

/** What is told of a request that may have been accepted, before anything was looked up. */
export function doubt({ reason }: LedgerEntry, endpoint: SpendingEndpoint): UserMessage {
	return callMessage({ kind: 'unknown', reason: reason || 'no answer came' }, ENDPOINTS[endpoint]);
}

/**
 * Looks for the videos of an unclear request: exactly as many fitting jobs as were asked for are taken for them, unless they may belong to
 * another request; anything else is told to the user. Never throws.
 */
export async function identifyUnclear(run: Run, request: SpendRequest, entry: LedgerEntry): Promise<UnclearFinding> {
	const candidates = await fittingJobs(run, entry);
	if (candidates?.length === request.videoCount && !run.ledger.hasTwin(entry))
		return { kind: 'found', videos: candidates };
	const message = doubt(entry, request.endpoint);
	const knowledge = `${await balanceText(run, entry)}${candidatesText(candidates)}`;
	return {
		kind: 'notFound',
		message: { ...message, description: `${message.description}${knowledge}`, mayHaveCost: knowledge },
	};
}
