// What each endpoint does once the caller is known. Rule: a video is charged exactly when it is accepted, and `data` has the vendor's shape,
// which differs from endpoint to endpoint.
'use strict';

const { audioRow, batchRow, createdRow, listRow, resultRow } = require('./answers');
const { UID } = require('./account');
const { MODELS, effectRows } = require('./catalogue');
const { readAudio, readBatch, readCreate, readIds } = require('./checks');
const { Refusal, refusalAnswer } = require('./codes');
const { COMPLETED, FAILED, statusAt } = require('./jobs');
const { audioCredits, batchCredits, createCredits } = require('./prices');

/**
 * @typedef {import('./world').World} World
 * @typedef {import('./jobs').Job} Job
 * @typedef {{ code: number, msg?: string, data?: unknown, token?: string }} Answer
 * @typedef {{ world: World, body: Record<string, unknown>, query: URLSearchParams, fault: import('./faults').Fault | undefined }} Call
 */

const DEFAULT_PAGE_ROWS = 10;

/** @param {unknown} data @returns {Answer} */
const ok = (data) => ({ code: 1000, msg: 'OK', data });

/** @param {World} world @param {import('./jobs').NewJob} wanted @param {number} [createdMs] */
function accept(world, wanted, createdMs = world.now()) {
	world.account.charge(wanted.deduction_credit, world.settings.shortOfCreditsCode);
	const job = world.jobs.add(wanted, world.settings, createdMs);
	world.callbacks.watch(job);
	return job;
}

/** @param {Call} call */
async function create({ world, body }) {
	const { fields, lengthSeconds } = readCreate(body, world.settings.subscribed);
	const deduction_credit = createCredits(fields.resolution, lengthSeconds);
	const job = accept(world, { kind: 'create', body, fields, lengthSeconds, deduction_credit });
	await world.callbacks.overtakeAnswer(job);
	return ok(createdRow(job));
}

/** Makes what it can pay for; only when that is nothing at all is the whole batch refused (invented). @param {Call} call */
async function batch({ world, body, fault }) {
	const { fields, lengthSeconds, count, unitCredits, audio } = readBatch(body, world.settings.subscribed);
	const deduction_credit = batchCredits(unitCredits, audio);
	const firstMs = world.now();
	const grouped = { ...fields, batch_id: `${firstMs}_${UID}`, batch_count: count };
	const affordable = Math.floor(world.account.credits / deduction_credit);
	if (affordable === 0) throw new Refusal(world.settings.shortOfCreditsCode);
	const broken = fault?.kind === 'partialBatch';
	const made = Math.min(count, affordable, broken ? (fault.made ?? 0) : count);
	// Each video of a batch is born a millisecond after the one before, as in the vendor's example.
	const jobs = Array.from({ length: made }, (_, index) =>
		accept(world, { kind: 'batch', body, fields: grouped, lengthSeconds, deduction_credit }, firstMs + index),
	);
	for (const job of jobs) await world.callbacks.overtakeAnswer(job);
	const reason = refusalAnswer(broken ? (fault.code ?? 1015) : world.settings.shortOfCreditsCode, fault?.msg);
	// The shape of an item is documented nowhere: invented.
	const errorList = Array.from({ length: count - made }, () => ({ ...reason, image_url: fields.image_url }));
	return ok({ successList: jobs.map(batchRow), errorList });
}

/** Unknown and deleted IDs simply have no row. @param {Call} call */
function results({ world, body }) {
	const jobs = readIds(body, 'Failed to get results').flatMap((id) => world.jobs.find(id) ?? []);
	const nowMs = world.now();
	settleRefunds(world, jobs, nowMs);
	return ok({ result: jobs.map((job) => resultRow(job, nowMs, world.url)) });
}

/** Gives back what failed videos cost, once, where that is turned on. @param {World} world @param {Job[]} jobs @param {number} nowMs */
function settleRefunds(world, jobs, nowMs) {
	if (!world.settings.refundFailed) return;
	for (const job of jobs) {
		if (job.refunded || statusAt(job, nowMs) !== FAILED) continue;
		job.refunded = true;
		world.account.refund(job.deduction_credit);
	}
}

/** @param {Call} call */
function updateAudio({ world, body }) {
	const wanted = readAudio(body);
	const source = world.jobs.find(wanted.pre_video_id);
	if (!source) throw new Refusal(1008);
	// That an unfinished source is 1003 is invented; that it is refused is not.
	if (statusAt(source, world.now()) !== COMPLETED)
		throw new Refusal(1003, 'video resource is processing, please try again later');
	const { lengthSeconds } = source;
	const job = accept(world, {
		kind: 'audio',
		body,
		fields: { ...source.fields, ...wanted },
		lengthSeconds,
		deduction_credit: audioCredits(lengthSeconds),
		sourceUpdatedMs: source.endsAtMs,
	});
	return ok(audioRow(job));
}

/** Says 1000 whatever happened; unfinished videos (the vendor names status 2 only) and unknown IDs stay. @param {Call} call */
function remove({ world, body }) {
	/** @type {string[]} */
	const successIds = [];
	const noPermissionItems = [];
	for (const id of readIds(body)) {
		const job = world.jobs.find(id);
		if (!job) {
			noPermissionItems.push({ _id: id, msg: refusalAnswer(1009).msg });
		} else if (statusAt(job, world.now()) < COMPLETED) {
			noPermissionItems.push({ _id: id, msg: 'video resource is processing, please try again later' });
		} else {
			job.deleted = true;
			successIds.push(id);
		}
	}
	return { code: 1000, msg: 'Delete successfully', data: { successIds, noPermissionItems } };
}

/** @param {Call} call */
function effects({ world }) {
	const result = effectRows(world.url);
	return { code: 1000, msg: 'Success', data: { result, count: result.length } };
}

/** `data` is the array itself; a type that is not offered gives an empty one. @param {Call} call */
function models({ query }) {
	const types = query.getAll('types[]').map(Number);
	if (types.length === 0) throw new Refusal(1003);
	return ok(MODELS.filter(({ type }) => types.includes(type)));
}

/** @param {Call} call */
const credits = ({ world }) => ok({ credit: world.account.credits });

/** The token lies beside `code`, not in `data`, and there is no `msg`. @param {Call} call */
const token = ({ world, body }) => ({
	code: 1000,
	token: world.account.makeToken(body['clientId'], body['clientSecret']),
});

/** Newest first. @param {Call} call */
function list({ world, query }) {
	const page = Number(query.get('page') ?? 1);
	const size = Number(query.get('size') ?? DEFAULT_PAGE_ROWS);
	if (!(page >= 1 && size >= 1)) throw new Refusal(1003);
	const nowMs = world.now();
	const jobs = world.jobs.all.filter(({ deleted }) => !deleted).reverse();
	const rows = jobs.slice((page - 1) * size, page * size).map((job) => listRow(job, nowMs, world.url));
	return ok({ count: jobs.length, result: rows });
}

/** @type {Readonly<Record<string, { method: string, path: string, open?: boolean, answer: (call: Call) => Answer | Promise<Answer> }>>} */
const ENDPOINTS = Object.freeze({
	create: { method: 'POST', path: '/api/open/v4/image2Video/createBySourcePrompt', answer: create },
	batch: { method: 'POST', path: '/api/open/v4/image2Video/createBySourcePrompt/batch', answer: batch },
	results: { method: 'POST', path: '/api/open/v4/image2Video/resultsByIds', answer: results },
	effects: { method: 'GET', path: '/api/open/v4/image2Video/effects', answer: effects },
	updateAudio: { method: 'POST', path: '/api/open/v4/image2Video/updateVideoAudio', answer: updateAudio },
	delete: { method: 'POST', path: '/api/open/v4/image2Video/delbyids', answer: remove },
	models: { method: 'GET', path: '/api/open/v4/aigModel/list', answer: models },
	credits: { method: 'GET', path: '/api/open/v3/faceswap/quota/info', answer: credits },
	token: { method: 'POST', path: '/api/open/v3/getToken', open: true, answer: token },
	list: { method: 'GET', path: '/api/open/v3/content/video/list', answer: list },
});

module.exports = { ENDPOINTS };
