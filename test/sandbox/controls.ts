// What a test may do to a running sandbox. Rule: the code API (index.ts) and the HTTP one (admin.ts) both go through here, so that they can not
// come to mean different things.
import { videoUrl } from './answers';
import { COMPLETED, FAILED, statusAt } from './jobs';
import { amount, withChanges } from './settings';
import type { JobView } from './types';
import type { World } from './world';

/** The jobs as a test sees them; a snapshot. */
export function viewJobs(world: World): JobView[] {
	const nowMs = world.now();
	return world.jobs.all.map((job) => ({
		_id: job._id,
		kind: job.kind,
		body: job.body,
		status: statusAt(job, nowMs),
		deduction_credit: job.price.credits,
		created_ms: job.created_ms,
		webhookUrl: job.fields.webhookUrl,
		video_url: videoUrl(world.url, job),
		deleted: job.deleted,
	}));
}

/** Ends a job now and sends its last callback. @param outcome 3 or 4 */
export function finishJob(world: World, id: string, outcome: number = COMPLETED) {
	const job = world.jobs.find(id);
	if (!job) throw new TypeError(`There is no job ${id}`);
	if (outcome !== COMPLETED && outcome !== FAILED) throw new TypeError('A job ends with status 3 or 4');
	if (statusAt(job, world.now()) >= COMPLETED) return;
	world.callbacks.callOff(job);
	world.jobs.finish(job, outcome, world.now());
	world.callbacks.announce(job, outcome);
}

export function finishAll(world: World, outcome?: number) {
	for (const { _id, deleted } of world.jobs.all) if (!deleted) finishJob(world, _id, outcome);
}

/** Settings, and `credits`. */
export function change(world: World, { credits, ...changes }: Record<string, unknown>) {
	world.settings = withChanges(world.settings, changes);
	if (credits !== undefined) world.account.credits = amount('credits', credits);
}

/** Requests of one endpoint (its name in faults.ts) or, for another word, whose path ends with it. */
export function countRequests(world: World, name: string) {
	return world.requests.filter(({ endpoint, path }) => endpoint === name || path.split('?')[0]?.endsWith(`/${name}`))
		.length;
}

/** Requests for files that carried a key: there must be none, ever. */
export function leaks(world: World) {
	return world.requests.filter(
		({ endpoint, headers }) =>
			(endpoint === 'file' || endpoint === 'image') && (headers['x-api-key'] || headers.authorization),
	);
}
