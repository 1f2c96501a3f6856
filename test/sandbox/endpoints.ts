// What each endpoint does once the caller is known. Rule: `data` has the vendor's shape, which differs from endpoint to endpoint.
import { listRow, resultRow } from './answers';
import { MODELS, effectRows } from './catalogue';
import { readIds } from './checks';
import { Refusal, refusalAnswer } from './codes';
import { COMPLETED, FAILED, statusAt } from './jobs';
import { batch, create, updateAudio } from './orders';
import type { Answer, Job } from './types';
import type { Call, SandboxState } from './sandboxState';

const DEFAULT_PAGE_ROWS = 10;
const SUCCESS = 1000;

const ok = (data: unknown): Answer => ({ code: SUCCESS, msg: 'OK', data });

/** Refunds failed videos, once, if that is turned on. */
function settleRefunds(state: SandboxState, jobs: Job[], nowMs: number): void {
	if (!state.settings.refundFailed) return;
	for (const job of jobs) {
		if (job.refunded || statusAt(job, nowMs) !== FAILED) continue;
		job.refunded = true;
		state.account.refund(job.price.credits);
	}
}

/** Unknown and deleted IDs simply have no row. */
function results({ state, body }: Call): Answer {
	const jobs = readIds(body, 'Failed to get results').flatMap((id) => state.jobs.find(id) ?? []);
	settleRefunds(state, jobs, state.now());
	return ok({ result: jobs.map((job) => resultRow(state, job)) });
}

/** Answers 1000 in any case; unfinished videos (the vendor names status 2 only) and unknown IDs stay. */
function remove({ state, body }: Call): Answer {
	const successIds: string[] = [];
	const noPermissionItems = [];
	for (const id of readIds(body)) {
		const job = state.jobs.find(id);
		if (!job) {
			noPermissionItems.push({ _id: id, msg: refusalAnswer(1009).msg });
		} else if (statusAt(job, state.now()) < COMPLETED) {
			noPermissionItems.push({ _id: id, msg: 'video resource is processing, please try again later' });
		} else {
			job.deleted = true;
			successIds.push(id);
		}
	}
	return { code: SUCCESS, msg: 'Delete successfully', data: { successIds, noPermissionItems } };
}

function effects({ state }: Call): Answer {
	const result = effectRows(state.url);
	return { code: SUCCESS, msg: 'Success', data: { result, count: result.length } };
}

/** `data` is the array itself; a type that is not offered gives an empty one. */
function models({ state, query }: Call): Answer {
	const types = query.getAll('types[]').map(Number);
	if (types.length === 0) throw new Refusal(1003);
	const own = MODELS.filter(({ type }) => types.includes(type));
	return ok(own.length === 0 ? own : [...own, ...state.settings.extraModels]);
}

/** Whether the API has `lock_credit` as the web account does is unknown, so a test says. */
function credits({ state }: Call): Answer {
	const { balanceLagSeconds, lockCredit } = state.settings;
	const credit = state.account.shownCredits(state.now(), balanceLagSeconds);
	return ok(lockCredit === null ? { credit } : { credit, lock_credit: lockCredit });
}

/** The token lies beside `code`, not in `data`, and there is no `msg`. */
const token = ({ state, body }: Call): Answer => ({
	code: SUCCESS,
	token: state.account.makeToken(body['clientId'], body['clientSecret']),
});

/** Newest first. */
function list({ state, query }: Call): Answer {
	const page = Number(query.get('page') ?? 1);
	const size = Number(query.get('size') ?? DEFAULT_PAGE_ROWS);
	if (!(page >= 1 && size >= 1)) throw new Refusal(1003);
	const { listCode, listLagSeconds } = state.settings;
	if (listCode !== SUCCESS) throw new Refusal(listCode);
	const latestMs = state.now() - listLagSeconds * 1000;
	const jobs = state.jobs.all.filter(({ deleted, created_ms }) => !deleted && created_ms <= latestMs).reverse();
	const rows = jobs.slice((page - 1) * size, page * size).map((job) => listRow(state, job));
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
