// The account's own jobs, from an undocumented list that may not exist. It shows the callback address of each job, and so the key of the order that created
// it. Rule that must not regress: a list that cannot be read, as a whole or in one of its rows, counts as no answer. Otherwise an unreadable job would
// pass for proof that there is none.

import { fieldOf, numberOf, textOf } from '../akool/json';
import { rowsOf } from '../akool/rows';
import { parseListedVideo } from '../akool/video';
import { orderKeyOf } from '../n8n/resumeUrl';
import { callAkool } from '../transport/call';
import type { Run } from './run';

const JOBS_PER_PAGE = 50;
const MOST_PAGES = 10;

/** A job that Akool lists, with the fields that show which order it belongs to. */
export interface ListedJob {
	id: string;
	/** Milliseconds since 1970; undefined where no known field says it. */
	createTimeMs: number | undefined;
	imageUrl: string | undefined;
	prompt: string | undefined;
	/** The key of an order, if the job's callback address has one. */
	orderKey: string | undefined;
	/** Whether the job added audio to another video: it then shows the callback address of that video's order. */
	isAudioJob: boolean;
	sourceId: string | undefined;
}

function readJob(row: unknown): ListedJob | undefined {
	const video = parseListedVideo(row);
	if (video === undefined) return undefined;
	const sourceId = textOf(row, 'pre_video_id');
	return {
		id: video.id,
		createTimeMs: video.createTimeMs,
		imageUrl: textOf(row, 'image_url'),
		prompt: textOf(row, 'prompt'),
		orderKey: orderKeyOf(textOf(row, 'webhookUrl') ?? textOf(row, 'webhookurl') ?? ''),
		isAudioJob: fieldOf(row, 'only_add_audio') === true || sourceId !== undefined,
		sourceId,
	};
}

/** The account's jobs since a moment (milliseconds since 1970), newest first. Undefined where the list does not reach back that far, or a row cannot be read. Never throws. */
export async function jobsSince(run: Run, sinceMs: number): Promise<ListedJob[] | undefined> {
	const jobs = new Map<string, ListedJob>();
	for (let page = 1; page <= MOST_PAGES; page++) {
		const outcome = await callAkool(run.context, 'ownJobs', { qs: { page, size: JOBS_PER_PAGE } });
		const rows = outcome.kind === 'success' ? rowsOf(outcome.data) : undefined;
		if (outcome.kind !== 'success' || rows === undefined) return undefined;
		const read = rows.flatMap((row) => readJob(row) ?? []);
		if (read.length < rows.length) return undefined;
		const known = jobs.size;
		for (const job of read) jobs.set(job.id, job);
		const isOlder = ({ createTimeMs }: ListedJob): boolean => createTimeMs !== undefined && createTimeMs < sinceMs;
		if (read.length > 0 && read.every(isOlder)) return [...jobs.values()];
		const total = numberOf(outcome.data, 'count') ?? numberOf(outcome.data, 'total');
		const isAll = total === undefined ? rows.length < JOBS_PER_PAGE : jobs.size >= total;
		if (isAll) return [...jobs.values()];
		// Pages without a new job would never end.
		if (jobs.size === known) return undefined;
	}
	return undefined;
}
