// What a test may do to a running sandbox. Rule: the code API (index.ts) and the HTTP one (admin.ts) both use these functions, so that they cannot
// differ.
import { videoUrl } from './answers';
import { COMPLETED, FAILED, statusAt } from './jobs';
import { amount, withChanges } from './settings';
import type { JobView } from './types';
import type { SandboxState } from './sandboxState';

/** The jobs as a test sees them; a snapshot. */
export function viewJobs(state: SandboxState): JobView[] {
	const nowMs = state.now();
	return state.jobs.all.map((job) => ({
		_id: job._id,
		kind: job.kind,
		body: job.body,
		status: statusAt(job, nowMs),
		deduction_credit: job.price.credits,
		created_ms: job.created_ms,
		webhookUrl: job.fields.webhookUrl,
		video_url: videoUrl(state.url, job),
		deleted: job.deleted,
	}));
}

/** Ends a job now and sends its last callback. @param outcome 3 or 4 */
export function finishJob(state: SandboxState, id: string, outcome: number = COMPLETED) {
	const job = state.jobs.find(id);
	if (!job) throw new TypeError(`There is no job ${id}`);
	if (outcome !== COMPLETED && outcome !== FAILED) throw new TypeError('A job ends with status 3 or 4');
	if (statusAt(job, state.now()) >= COMPLETED) return;
	state.callbacks.callOff(job);
	state.jobs.finish(job, outcome, state.now());
	state.callbacks.announce(job, outcome);
}

export function finishAll(state: SandboxState, outcome?: number) {
	for (const { _id, deleted } of state.jobs.all) if (!deleted) finishJob(state, _id, outcome);
}

/** Settings, and `credits`. */
export function change(state: SandboxState, { credits, ...changes }: Record<string, unknown>) {
	state.settings = withChanges(state.settings, changes);
	if (credits !== undefined) state.account.credits = amount('credits', credits);
}

/** Requests of one endpoint (its name in faults.ts) or, for another word, whose path ends with it. */
export function countRequests(state: SandboxState, name: string) {
	return state.requests.filter(({ endpoint, path }) => endpoint === name || path.split('?')[0]?.endsWith(`/${name}`))
		.length;
}

/** Requests for files that carried a key: there must be none, ever. */
export function leaks(state: SandboxState) {
	return state.requests.filter(
		({ endpoint, headers }) =>
			(endpoint === 'file' || endpoint === 'image') && (headers['x-api-key'] || headers.authorization),
	);
}
