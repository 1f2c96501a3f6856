// The three requests that cost something. Rule: a video is charged exactly when it is accepted, and what is accepted is counted as an order.
import { UID } from './account';
import { audioRow, batchRow, createdRow } from './answers';
import { readAudio, readBatch, readCreate } from './checks';
import { Refusal, refusalAnswer } from './codes';
import { COMPLETED, statusAt } from './jobs';
import { audioCredits, batchCredits, createCredits, priceOf } from './prices';
import { oddId } from './values';
import type { Answer, Fault, Job, JobKind, Json, NewJob, Price } from './types';
import type { Call, SandboxState } from './sandboxState';

const MINUTE_MS = 60_000;
const TOO_FREQUENT = 1005;

/** @throws {Refusal} where the account may order no more for the moment */
function checkPace(state: SandboxState): void {
	const { settings, orderTimesMs, jobs } = state;
	const nowMs = state.now();
	const recent = orderTimesMs.filter((atMs) => atMs > nowMs - MINUTE_MS).length;
	const running = jobs.all.filter((job) => !job.deleted && statusAt(job, nowMs) < COMPLETED).length;
	if (recent >= settings.ordersPerMinute || running >= settings.runningJobs) throw new Refusal(TOO_FREQUENT);
}

function nextPrice({ settings, orderTimesMs }: SandboxState, kind: JobKind, body: Json, tableCredits: number): Price {
	return priceOf(settings.prices, { kind, body, number: orderTimesMs.length + 1 }, tableCredits);
}

/** Charges one video and starts its job. */
function accept(state: SandboxState, wanted: NewJob, fault: Fault | undefined, createdMs: number): Job {
	state.account.charge(wanted.price.credits, state.settings.shortOfCreditsCode, state.now());
	const job = state.jobs.add(wanted, state.settings, createdMs);
	if (fault?.kind === 'oddId') state.jobs.rename(job, oddId(fault.shape, job._id));
	state.inputs.watch(job);
	state.callbacks.watch(job);
	return job;
}

export async function create({ state, body, fault }: Call): Promise<Answer> {
	const { fields, lengthSeconds } = readCreate(body, state.settings.subscribed);
	checkPace(state);
	const price = nextPrice(state, 'create', body, createCredits(fields.resolution, lengthSeconds));
	const job = accept(state, { kind: 'create', body, fields, lengthSeconds, price }, fault, state.now());
	state.orderTimesMs.push(state.now());
	await state.callbacks.overtakeAnswer(job);
	return { code: 1000, msg: 'OK', data: createdRow(job) };
}

/** An item of errorList; its shape is documented nowhere, so a test may choose one. */
function batchError(reason: { code: number; msg: string }, imageUrl: string, field = 'msg'): unknown {
	const { code, msg } = reason;
	return field === 'text' ? msg : { code, [field]: msg, image_url: imageUrl };
}

/** Makes what it can pay for; only when that is nothing at all is the whole batch refused (invented). */
export async function batch({ state, body, fault }: Call): Promise<Answer> {
	const { fields, lengthSeconds, count, unitCredits, audio } = readBatch(body, state.settings);
	checkPace(state);
	const { shortOfCreditsCode } = state.settings;
	const price = nextPrice(state, 'batch', body, batchCredits(unitCredits, audio));
	const firstMs = state.now();
	const grouped = { ...fields, batch_id: `${firstMs}_${UID}`, batch_count: count };
	const affordable = price.credits > 0 ? Math.floor(state.account.credits / price.credits) : count;
	if (affordable === 0) throw new Refusal(shortOfCreditsCode);
	const broken = fault?.kind === 'partialBatch' ? fault : undefined;
	const made = Math.min(count, affordable, broken === undefined ? count : (broken.made ?? 0));
	// Each video of a batch is created a millisecond after the one before, as in the vendor's example.
	const jobs = Array.from({ length: made }, (_, index) =>
		accept(state, { kind: 'batch', body, fields: grouped, lengthSeconds, price }, fault, firstMs + index),
	);
	state.orderTimesMs.push(firstMs);
	for (const job of jobs) await state.callbacks.overtakeAnswer(job);
	const reason = refusalAnswer(broken === undefined ? shortOfCreditsCode : (broken.code ?? 1015), broken?.msg);
	const errorList = Array.from({ length: count - made }, () => batchError(reason, fields.image_url, broken?.field));
	return { code: 1000, msg: 'OK', data: { successList: jobs.map(batchRow), errorList } };
}

export function updateAudio({ state, body, fault }: Call): Answer {
	const wanted = readAudio(body);
	const source = state.jobs.find(wanted.pre_video_id);
	if (!source) throw new Refusal(1008);
	// That an unfinished source is 1003 is invented; that it is refused is not.
	if (statusAt(source, state.now()) !== COMPLETED)
		throw new Refusal(1003, 'video resource is processing, please try again later');
	checkPace(state);
	const { lengthSeconds } = source;
	const job = accept(
		state,
		{
			kind: 'audio',
			body,
			fields: { ...source.fields, ...wanted },
			lengthSeconds,
			price: nextPrice(state, 'audio', body, audioCredits(lengthSeconds)),
			sourceUpdatedMs: source.endsAtMs,
		},
		fault,
		state.now(),
	);
	// Another audio, the same images.
	job.video = source.video;
	state.orderTimesMs.push(state.now());
	return { code: 1000, msg: 'OK', data: audioRow(job) };
}
