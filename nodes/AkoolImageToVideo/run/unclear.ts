// What can be known about a create whose answer never came. It is looked for, never repeated: the balance before and after says whether
// something was charged, the account's own list of API jobs (which no page documents, so nothing depends on it) may even show the video.

import { parseCredits } from '../akool/answers';
import { ENDPOINTS } from '../akool/endpoints';
import { isRecord, listOf, numberOf, textOf } from '../akool/json';
import { parseVideo, type AkoolVideo } from '../akool/video';
import { callAkool } from '../transport/call';
import { callFault, type Fault } from '../transport/faults';
import { readResults } from '../transport/results';
import type { LedgerEntry } from './ledgerEntry';
import type { Run } from './run';
import type { SpendRequest } from './spendRequest';

export type UnclearFinding = { kind: 'found'; videos: AkoolVideo[] } | { kind: 'notFound'; fault: Fault };

/** Clocks differ: a job counts as of the same minute when it is at most so much older than the request. */
const CLOCK_DIFFERENCE_MS = 60_000;
const JOBS_PER_PAGE = 50;

/** Reads the balance with a single try. */
export async function readBalance(run: Run): Promise<number | undefined> {
	const outcome = await callAkool(run.context, 'credits');
	return outcome.kind === 'success' ? parseCredits(outcome.data) : undefined;
}

/** Where the picture and the prompt stand by which a job is recognised: an audio update has those of its source, which is read for that. */
async function describedIn(run: Run, { sent }: LedgerEntry): Promise<unknown> {
	const sourceId = textOf(sent, 'pre_video_id');
	if (sourceId === undefined) return sent;
	const sources = await readResults(run.context, [sourceId], 1).catch(() => undefined);
	return sources?.videos.get(sourceId)?.raw;
}

function fits(job: unknown, described: unknown, entry: LedgerEntry): boolean {
	const createTimeMs = numberOf(job, 'create_time');
	if (createTimeMs === undefined || createTimeMs < entry.sentAtMs - CLOCK_DIFFERENCE_MS) return false;
	const agrees = (name: string): boolean => textOf(described, name) !== undefined && textOf(job, name) === textOf(described, name);
	return agrees('image_url') && agrees('prompt');
}

/** Reads one of the account's own jobs: in this list alone the status has another name. */
function parseJob(job: unknown): AkoolVideo | undefined {
	return parseVideo(isRecord(job) ? { ...job, status: job.status ?? job.video_status } : undefined);
}

/** The jobs that may be the unclear one, or undefined where Akool did not show its list. */
async function fittingJobs(run: Run, entry: LedgerEntry): Promise<AkoolVideo[] | undefined> {
	const outcome = await callAkool(run.context, 'ownJobs', { qs: { page: 1, size: JOBS_PER_PAGE } });
	if (outcome.kind !== 'success') return undefined;
	const described = await describedIn(run, entry);
	const known = new Set([...run.ledger.videos().map(({ id }) => id), textOf(entry.sent, 'pre_video_id')]);
	const jobs = [...listOf(outcome.data, 'result'), ...listOf(outcome.data, 'list')];
	return jobs
		.filter((job) => fits(job, described, entry))
		.flatMap((job) => parseJob(job) ?? [])
		.filter(({ id }) => !known.has(id));
}

async function balanceText(run: Run, { before }: LedgerEntry): Promise<string> {
	const after = await readBalance(run);
	if (after === undefined || before.credits === undefined) return '';
	const booked = run.ledger.videos().reduce((sum, { deductionCredit }) => sum + (deductionCredit ?? 0), 0) - before.spent;
	const unexplained = before.credits - after - booked;
	return unexplained > 0
		? ` The balance went from ${before.credits} to ${after} credits, ${unexplained} more than the known videos cost: the video was probably charged.`
		: ` The balance (${after} credits) shows no charge for it so far.`;
}

function candidatesText(candidates: readonly AkoolVideo[] | undefined): string {
	if (candidates === undefined) return '';
	if (candidates.length === 0) return ' Akool’s list of API jobs does not show it (yet).';
	return ` Akool’s list of API jobs shows ${candidates.map(({ id }) => id).join(', ')} from the same minute: look at them with Get.`;
}

/**
 * Looks for the videos of an unclear request: exactly as many fitting jobs as were asked for are taken for them, unless they may belong to
 * an equal request that is still on its way; anything else is told to the user. Never throws.
 */
export async function identifyUnclear(run: Run, request: SpendRequest, entry: LedgerEntry): Promise<UnclearFinding> {
	const candidates = await fittingJobs(run, entry);
	if (candidates?.length === request.videoCount && !run.ledger.hasTwinUnderWay(entry)) return { kind: 'found', videos: candidates };
	const fault = callFault({ kind: 'unclear', reason: entry.reason || 'no answer came' }, ENDPOINTS[request.endpoint]);
	const knowledge = `${await balanceText(run, entry)}${candidatesText(candidates)}`;
	return { kind: 'notFound', fault: { ...fault, description: `${fault.description}${knowledge}`, mayHaveCost: knowledge } };
}
