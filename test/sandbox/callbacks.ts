// When a job's callbacks go out, and how often. Rules: statuses 2, 3 and 4 are each announced; a callback that is not answered 200 is sent
// again, byte by byte the same, until it is or the tries are used up.
import type { ClientRequest } from 'node:http';
import { failureOf, videoUrl } from './answers';
import { pauseOf } from './faults';
import { COMPLETED, FAILED, PROCESSING } from './jobs';
import { isLoopback, post } from './post';
import { newNonce, makeEnvelope } from './envelope';
import type { CallbackOrder, Delivery, Fault, Job } from './types';
import type { Parts } from './sandboxState';

// Documented nowhere for image to video; nobody may switch on it.
const CALLBACK_TYPE = 'image2video';
// Timers may fire a moment early, but a client that reads the job after a callback must find the announced status.
const TIMER_SLACK_MS = 2;

/** One callback, ready to be sent. */
interface Message {
	url: string;
	_id: string;
	status: number;
	body: string;
	/** Half of the body is held back for so long. */
	heldMs?: number;
	/** How long the answer is waited for, if a fault shortens that. */
	callerTimeoutMs?: number;
}

/** Whether a forged callback says in which way it is wrong. */
function isOverridden({ apiKey, clientId, plaintext, timestamp }: Fault) {
	return [apiKey, clientId, plaintext, timestamp].some((override) => override !== undefined);
}

export class Callbacks {
	log: Delivery[] = [];
	private readonly planned = new Map<string, (() => void)[]>();
	private readonly open = new Set<ClientRequest>();

	constructor(private readonly state: Parts) {}

	/** Plans the callbacks of a new job. */
	watch(job: Job): void {
		this.planned.set(job._id, [this.plan(job.processingAtMs, () => this.announce(job, PROCESSING))]);
		this.watchEnd(job);
	}

	/** Plans the last callback of a job and those of its progress; nothing happens while its end is open. */
	watchEnd(job: Job): void {
		const { endsAtMs, processingAtMs } = job;
		if (!Number.isFinite(endsAtMs)) return;
		const planned = this.planned.get(job._id) ?? [];
		const steps = this.state.settings.progressCallbacks;
		for (let step = 1; step <= steps; step += 1) {
			const done = step / (steps + 1);
			const atMs = processingAtMs + (endsAtMs - processingAtMs) * done;
			planned.push(this.plan(atMs, () => this.announce(job, PROCESSING, Math.round(done * 100))));
		}
		planned.push(this.plan(endsAtMs, () => this.announce(job, job.outcome)));
		this.planned.set(job._id, planned);
	}

	private plan(atMs: number, action: () => void): () => void {
		const { now, timers } = this.state;
		return timers.after(atMs - now() + TIMER_SLACK_MS, action);
	}

	/** Forgets what was planned for a job. */
	callOff(job: Job): void {
		for (const cancel of this.planned.get(job._id) ?? []) cancel();
		this.planned.delete(job._id);
	}

	/** Sends one status of one job, with its fault if there is one. */
	announce(job: Job, status: number, progress?: number): void {
		const url = job.fields.webhookUrl;
		if (url === '' || job.deleted) return;
		const fault = this.state.faults.take('callback', (candidate) =>
			candidate.kind !== 'early'
				? candidate.status === undefined || candidate.status === status
				: candidate.when === 'processing' && status === PROCESSING,
		);
		const message = { url, _id: job._id, status, body: this.makeBody({ id: job._id, status, progress }) };
		if (fault === undefined) void this.deliver(message);
		else this.deliverWith(fault, message);
	}

	private deliverWith(fault: Fault, message: Message): void {
		const { timers, now } = this.state;
		const { url, _id, status } = message;
		const send = (changes: Partial<Message> = {}) => void this.deliver({ ...message, ...changes });
		switch (fault.kind) {
			case 'lost':
				this.log.push({ url, _id, status, httpStatus: null, attempt: 0, atMs: now(), outcome: 'lost' });
				return;
			case 'doubled':
				send();
				return send();
			case 'repeated':
				timers.after(pauseOf(fault), send);
				return send();
			case 'late':
				timers.after(pauseOf(fault), send);
				return;
			case 'slowBody':
				return send({ heldMs: pauseOf(fault) });
			case 'hungUp':
				return send({ callerTimeoutMs: pauseOf(fault) });
			case 'forged':
				return void this.sendCallback({
					breakSignature: !isOverridden(fault),
					...fault,
					url,
					id: _id,
					status,
					times: 1,
				});
			case 'early':
				if (!fault.replaces) send();
				return send({ status: COMPLETED, body: this.makeBody({ id: _id, status: COMPLETED }) });
			default:
				return send();
		}
	}

	/** A status-3 callback that overtakes the answer of the create; resolves when it was answered. */
	async overtakeAnswer(job: Job): Promise<void> {
		if (job.fields.webhookUrl === '') return;
		const fault = this.state.faults.take(
			'callback',
			({ kind, when = 'create' }) => kind === 'early' && when === 'create',
		);
		if (!fault) return;
		if (fault.replaces) this.callOff(job);
		await this.sendCallback({ id: job._id, status: COMPLETED });
	}

	/** The body of a callback. */
	makeBody({ id, status, videoUrl: given, plaintext, progress, ...overrides }: CallbackOrder): string {
		const { account, jobs, now, settings, url } = this.state;
		const job = jobs.find(id);
		const link = given ?? (job && status === COMPLETED ? videoUrl(url, job) : '');
		// As in working receivers' samples: no `url` while a job runs, an empty one when it failed.
		const payload = {
			_id: job?.shownId ?? id,
			status,
			type: CALLBACK_TYPE,
			url: status === COMPLETED || status === FAILED ? link : undefined,
			progress,
			...(job && failureOf(settings, job, status)),
		};
		const body = makeEnvelope(plaintext ?? JSON.stringify(payload), {
			clientId: overrides.clientId ?? (settings.callbackClientId || account.clientId),
			apiKey: overrides.apiKey ?? (settings.callbackApiKey || account.apiKey),
			timestamp: overrides.timestamp ?? now(),
			nonce: overrides.nonce ?? newNonce(),
			breakSignature: overrides.breakSignature ?? false,
		});
		return JSON.stringify(body);
	}

	/**
	 * Sends a callback by hand, genuine or forged, once and without repeats.
	 * @returns the HTTP status of each copy
	 */
	async sendCallback(order: CallbackOrder): Promise<(number | null)[]> {
		const { id: _id, status } = order;
		const url = order.url ?? this.state.jobs.find(_id)?.fields.webhookUrl ?? '';
		const message = { url, _id, status, body: this.makeBody(order) };
		const copies = Array.from({ length: order.times ?? 1 }, async () => await this.attempt(message, 1));
		return await Promise.all(copies);
	}

	private async attempt({ url, _id, status, body, heldMs, callerTimeoutMs }: Message, attempt: number) {
		// Read now: a reset while the answer is waited for begins another log, to which this delivery does not belong.
		const { log } = this;
		const { timers, now } = this.state;
		const entry = { url, _id, status, attempt, atMs: now() };
		if (!isLoopback(url)) {
			log.push({ ...entry, httpStatus: null, outcome: 'skipped' });
			return null;
		}
		const { httpStatus, hasHungUp } = await post(url, body, { open: this.open, timers, heldMs, callerTimeoutMs });
		const outcome = httpStatus === null ? 'unreachable' : 'answered';
		log.push({ ...entry, httpStatus, outcome: hasHungUp ? 'hungUp' : outcome });
		return httpStatus;
	}

	private async deliver(message: Message, attempt = 1): Promise<void> {
		const { log } = this;
		const { settings, timers } = this.state;
		const httpStatus = await this.attempt(message, attempt);
		const forgotten = log !== this.log;
		if (forgotten || httpStatus === 200 || attempt >= settings.callbackTries || !isLoopback(message.url)) return;
		timers.after(settings.repeatCallbackSeconds * 1000, () => void this.deliver(message, attempt + 1));
	}

	reset(): void {
		for (const request of this.open) request.destroy();
		this.planned.clear();
		this.log = [];
	}
}
