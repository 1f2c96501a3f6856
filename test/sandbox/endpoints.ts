// What each endpoint does once the caller is known. Rule: a video is charged exactly when it is accepted, and `data` has the vendor's shape,
// which differs from endpoint to endpoint.
import { audioRow, batchRow, createdRow, listRow, resultRow } from './answers';
import { UID } from './account';
import { MODELS, effectRows } from './catalogue';
import { readAudio, readBatch, readCreate, readIds } from './checks';
import { Refusal, refusalAnswer } from './codes';
import { COMPLETED, FAILED, statusAt } from './jobs';
import { audioCredits, batchCredits, createCredits } from './prices';
import type { Answer, Fault, Job, NewJob } from './types';
import type { World } from './world';

type Call = {
	world: World;
	body: Record<string, unknown>;
	query: URLSearchParams;
	fault: Fault | undefined;
};

const DEFAULT_PAGE_ROWS = 10;

const ok = (data: unknown): Answer => ({ code: 1000, msg: 'OK', data });

function accept(world: World, wanted: NewJob, createdMs: number = world.now()) {
	world.account.charge(wanted.deduction_credit, world.settings.shortOfCreditsCode);
	const job = world.jobs.add(wanted, world.settings, createdMs);
	world.callbacks.watch(job);
	return job;
}

async function create({ world, body }: Call) {
	const { fields, lengthSeconds } = readCreate(body, world.settings.subscribed);
	const deduction_credit = createCredits(fields.resolution, lengthSeconds);
	const job = accept(world, { kind: 'create', body, fields, lengthSeconds, deduction_credit });
	await world.callbacks.overtakeAnswer(job);
	return ok(createdRow(job));
}

/** Makes what it can pay for; only when that is nothing at all is the whole batch refused (invented). */
async function batch({ world, body, fault }: Call) {
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

/** Unknown and deleted IDs simply have no row. */
function results({ world, body }: Call) {
	const jobs = readIds(body, 'Failed to get results').flatMap((id) => world.jobs.find(id) ?? []);
	const nowMs = world.now();
	settleRefunds(world, jobs, nowMs);
	return ok({ result: jobs.map((job) => resultRow(job, nowMs, world.url)) });
}

/** Gives back what failed videos cost, once, where that is turned on. */
function settleRefunds(world: World, jobs: Job[], nowMs: number) {
	if (!world.settings.refundFailed) return;
	for (const job of jobs) {
		if (job.refunded || statusAt(job, nowMs) !== FAILED) continue;
		job.refunded = true;
		world.account.refund(job.deduction_credit);
	}
}

function updateAudio({ world, body }: Call) {
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

/** Says 1000 whatever happened; unfinished videos (the vendor names status 2 only) and unknown IDs stay. */
function remove({ world, body }: Call) {
	const successIds: string[] = [];
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

function effects({ world }: Call) {
	const result = effectRows(world.url);
	return { code: 1000, msg: 'Success', data: { result, count: result.length } };
}

/** `data` is the array itself; a type that is not offered gives an empty one. */
function models({ query }: Call) {
	const types = query.getAll('types[]').map(Number);
	if (types.length === 0) throw new Refusal(1003);
	return ok(MODELS.filter(({ type }) => types.includes(type)));
}

const credits = ({ world }: Call) => ok({ credit: world.account.credits });

/** The token lies beside `code`, not in `data`, and there is no `msg`. */
const token = ({ world, body }: Call) => ({
	code: 1000,
	token: world.account.makeToken(body['clientId'], body['clientSecret']),
});

/** Newest first. */
function list({ world, query }: Call) {
	const page = Number(query.get('page') ?? 1);
	const size = Number(query.get('size') ?? DEFAULT_PAGE_ROWS);
	if (!(page >= 1 && size >= 1)) throw new Refusal(1003);
	const nowMs = world.now();
	const jobs = world.jobs.all.filter(({ deleted }) => !deleted).reverse();
	const rows = jobs.slice((page - 1) * size, page * size).map((job) => listRow(job, nowMs, world.url));
	return ok({ count: jobs.length, result: rows });
}

export const ENDPOINTS: Readonly<
	Record<string, { method: string; path: string; open?: boolean; answer: (call: Call) => Answer | Promise<Answer> }>
> = Object.freeze({
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
