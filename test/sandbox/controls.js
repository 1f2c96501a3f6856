// What a test may do to a running sandbox. Rule: the code API (index.js) and the HTTP one (admin.js) both go through here, so that they can not
// come to mean different things.
'use strict';

const { videoUrl } = require('./answers');
const { COMPLETED, FAILED, statusAt } = require('./jobs');
const { amount, withChanges } = require('./settings');

/** @typedef {import('./world').World} World */

/** The jobs as a test sees them; a snapshot. @param {World} world */
function viewJobs(world) {
	const nowMs = world.now();
	return world.jobs.all.map((job) => ({
		_id: job._id,
		kind: job.kind,
		body: job.body,
		status: statusAt(job, nowMs),
		deduction_credit: job.deduction_credit,
		created_ms: job.created_ms,
		webhookUrl: job.fields.webhookUrl,
		video_url: videoUrl(world.url, job),
		deleted: job.deleted,
	}));
}

/** Ends a job now and sends its last callback. @param {World} world @param {string} id @param {number} [outcome] 3 or 4 */
function finishJob(world, id, outcome = COMPLETED) {
	const job = world.jobs.find(id);
	if (!job) throw new TypeError(`There is no job ${id}`);
	if (outcome !== COMPLETED && outcome !== FAILED) throw new TypeError('A job ends with status 3 or 4');
	if (statusAt(job, world.now()) >= COMPLETED) return;
	world.callbacks.callOff(job);
	world.jobs.finish(job, outcome, world.now());
	world.callbacks.announce(job, outcome);
}

/** @param {World} world @param {number} [outcome] */
function finishAll(world, outcome) {
	for (const { _id, deleted } of world.jobs.all) if (!deleted) finishJob(world, _id, outcome);
}

/** Settings, and `credits`. @param {World} world @param {Record<string, unknown>} changes */
function change(world, { credits, ...changes }) {
	world.settings = withChanges(world.settings, changes);
	if (credits !== undefined) world.account.credits = amount('credits', credits);
}

/** Requests of one endpoint (its name in faults.js) or, for another word, whose path ends with it. @param {World} world @param {string} name */
function countRequests(world, name) {
	return world.requests.filter(({ endpoint, path }) => endpoint === name || path.split('?')[0]?.endsWith(`/${name}`))
		.length;
}

/** Requests for files that carried a key: there must be none, ever. @param {World} world */
function leaks(world) {
	return world.requests.filter(
		({ endpoint, headers }) => endpoint === 'file' && (headers['x-api-key'] || headers.authorization),
	);
}

module.exports = { change, countRequests, finishAll, finishJob, leaks, viewJobs };
