// The account's own jobs, from a list that no page of the vendor's documents: nothing depends on its being there. It shows of each job the address that
// Akool was given to call, and so the key of the order that the job came of.

import { fieldOf, listOf, numberOf, textOf } from '../akool/json';
import { orderKeyOf } from '../n8n/resumeUrl';
import { callAkool } from '../transport/call';
import type { Run } from './run';

const JOBS_PER_PAGE = 50;
const MOST_PAGES = 10;

/** A job that Akool lists, as far as it tells whose it is. */
export interface ListedJob {
	id: string;
	createTimeMs: number;
	imageUrl: string | undefined;
	prompt: string | undefined;
	/** The key of an order, if the job's callback address has one. */
	orderKey: string | undefined;
	/** Whether audio was added to another video: such a job has the address of that video's order. */
	isAudioJob: boolean;
	sourceId: string | undefined;
}

function readJob(row: unknown): ListedJob | undefined {
	const id = textOf(row, '_id');
	if (id === undefined) return undefined;
	const sourceId = textOf(row, 'pre_video_id');
	return {
		id,
		createTimeMs: numberOf(row, 'create_time') ?? 0,
		imageUrl: textOf(row, 'image_url'),
		prompt: textOf(row, 'prompt'),
		orderKey: orderKeyOf(textOf(row, 'webhookUrl') ?? ''),
		isAudioJob: fieldOf(row, 'only_add_audio') === true || sourceId !== undefined,
		sourceId,
	};
}

/** The account's jobs, newest first, back to a moment. Undefined where Akool does not show them that far. Never throws. */
export async function jobsSince(run: Run, sinceMs: number): Promise<ListedJob[] | undefined> {
	const jobs: ListedJob[] = [];
	for (let page = 1; page <= MOST_PAGES; page++) {
		const outcome = await callAkool(run.context, 'ownJobs', { qs: { page, size: JOBS_PER_PAGE } });
		if (outcome.kind !== 'success') return undefined;
		const rows = [...listOf(outcome.data, 'result'), ...listOf(outcome.data, 'list')];
		const read = rows.flatMap((row) => readJob(row) ?? []);
		jobs.push(...read);
		if (rows.length < JOBS_PER_PAGE || read.some(({ createTimeMs }) => createTimeMs < sinceMs)) return jobs;
	}
	return undefined;
}
