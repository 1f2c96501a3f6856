// When a job's callbacks go out, and how often. Rules: statuses 2, 3 and 4 are each announced; a callback that is not answered 200 is sent
// again, byte by byte the same, until it is or the tries are used up.
import type { ClientRequest } from 'node:http';
import { COMPLETED, FAILED, PROCESSING } from './jobs';
import { videoUrl } from './answers';
import { isLoopback, post } from './post';
import { newNonce, seal } from './seal';
import type { Delivery, CallbackOrder, Fault, Job } from './types';
import type { Parts } from './world';

// Documented nowhere for image to video; nobody may switch on it.
const CALLBACK_TYPE = 'image2video';
// Timers may fire a moment early; whoever reads the job back on a callback must find it as announced.
const TIMER_SLACK_MS = 2;

/** Whether a forged callback is told how to be wrong. */
function isOverridden({ apiKey, clientId, plaintext, timestamp }: Fault) {
	return [apiKey, clientId, plaintext, timestamp].some((override) => override !== undefined);
}

export class Callbacks {
	log: Delivery[] = [];
	private readonly planned = new Map<string, (() => void)[]>();
	private readonly open = new Set<ClientRequest>();

	constructor(private readonly world: Parts) {}

	/** Plans the callbacks of a new job. */
	watch(job: Job) {
		const { now, timers } = this.world;
		const plan = (atMs: number, status: number) =>
			timers.after(atMs - now() + TIMER_SLACK_MS, () => this.announce(job, status));
		this.planned.set(job._id, [plan(job.processingAtMs, PROCESSING), plan(job.endsAtMs, job.outcome)]);
	}

	/** Forgets what was planned for a job. */
	callOff(job: Job) {
		for (const cancel of this.planned.get(job._id) ?? []) cancel();
		this.planned.delete(job._id);
	}

	/** One status of one job, with the fault that meets it. */
	announce(job: Job, status: number) {
		const url = job.fields.webhookUrl;
		if (url === '' || job.deleted) return;
		const { faults, timers, now } = this.world;
		const fault = faults.take('callback', (candidate) =>
			candidate.kind !== 'early'
				? candidate.status === undefined || candidate.status === status
				: candidate.when === 'processing' && status === PROCESSING,
		);
		const body = this.seal({ id: job._id, status });
		const send = () => void this.deliver(url, job._id, status, body);
		switch (fault?.kind) {
			case 'lost':
				this.log.push({ url, _id: job._id, status, httpStatus: null, attempt: 0, atMs: now(), outcome: 'lost' });
				return;
			case 'doubled':
				send();
				return send();
			case 'late':
				timers.after(fault.ms ?? 0, send);
				return;
			case 'forged':
				return void this.sendCallback({
					breakSignature: !isOverridden(fault),
					...fault,
					url,
					id: job._id,
					status,
					times: 1,
				});
			case 'early':
				if (!fault.replaces) send();
				return void this.deliver(url, job._id, COMPLETED, this.seal({ id: job._id, status: COMPLETED }));
			default:
				return send();
		}
	}

	/** A status-3 callback that overtakes the answer of the create; resolves when it was answered. */
	async overtakeAnswer(job: Job) {
		if (job.fields.webhookUrl === '') return;
		const fault = this.world.faults.take(
			'callback',
			({ kind, when = 'create' }) => kind === 'early' && when === 'create',
		);
		if (!fault) return;
		if (fault.replaces) this.callOff(job);
		await this.sendCallback({ id: job._id, status: COMPLETED });
	}

	/** The sealed body of a callback. */
	seal({ id, status, videoUrl: given, plaintext, ...overrides }: CallbackOrder) {
		const { account, jobs, now, url } = this.world;
		const job = jobs.find(id);
		const link = given ?? (job && status === COMPLETED ? videoUrl(url, job) : '');
		// As in working receivers' samples: no `url` while a job runs, an empty one when it failed.
		const payload = {
			_id: id,
			status,
			type: CALLBACK_TYPE,
			url: status === COMPLETED || status === FAILED ? link : undefined,
		};
		const body = seal(plaintext ?? JSON.stringify(payload), {
			clientId: overrides.clientId ?? account.clientId,
			apiKey: overrides.apiKey ?? account.apiKey,
			timestamp: overrides.timestamp ?? now(),
			nonce: overrides.nonce ?? newNonce(),
			breakSignature: overrides.breakSignature ?? false,
		});
		return JSON.stringify(body);
	}

	/**
	 * Sends a callback by hand, true or forged, once and without repeats.
	 * @returns the HTTP status of each copy
	 */
	sendCallback(order: CallbackOrder): Promise<(number | null)[]> {
		const url = order.url ?? this.world.jobs.find(order.id)?.fields.webhookUrl ?? '';
		const body = this.seal(order);
		const copies = Array.from({ length: order.times ?? 1 }, () => this.attempt(url, order.id, order.status, body, 1));
		return Promise.all(copies);
	}

	async attempt(url: string, id: string, status: number, body: string, attempt: number) {
		// Taken now: a reset while the answer is awaited begins another log, and this delivery is none of its business.
		const { log } = this;
		const atMs = this.world.now();
		const allowed = isLoopback(url);
		const httpStatus = allowed ? await post(url, body, this.open) : null;
		const unanswered = allowed ? 'unreachable' : 'skipped';
		log.push({
			url,
			_id: id,
			status,
			httpStatus,
			attempt,
			atMs,
			outcome: httpStatus === null ? unanswered : 'answered',
		});
		return httpStatus;
	}

	async deliver(url: string, id: string, status: number, body: string, attempt: number = 1): Promise<void> {
		const { log } = this;
		const { settings, timers } = this.world;
		const httpStatus = await this.attempt(url, id, status, body, attempt);
		const forgotten = log !== this.log;
		if (forgotten || httpStatus === 200 || attempt >= settings.callbackTries || !isLoopback(url)) return;
		timers.after(settings.repeatCallbackSeconds * 1000, () => void this.deliver(url, id, status, body, attempt + 1));
	}

	reset() {
		for (const request of this.open) request.destroy();
		this.planned.clear();
		this.log = [];
	}
}
