// The jobs and their status: queued, processing, done. Rule: a status is computed from the clock on each request and never stored, so that results,
// deletes, callbacks and file links always agree.
import { newId } from './values';
import type { Job, JobOutcome, NewJob, Settings } from './types';

export const QUEUED = 1;
export const PROCESSING = 2;
export const COMPLETED = 3;
export const FAILED = 4;

/** `[sandbox: seconds=10, queue=2, size=50, fail]` in a prompt sets times and outcome of that job, also from the n8n editor. */
function readMarker(prompt: string) {
	const words = /\[sandbox:([^\]]*)\]/i.exec(prompt)?.[1] ?? '';
	const number = (name: string) => {
		const found = new RegExp(`\\b${name}\\s*=\\s*([\\d.]+)`, 'i').exec(words)?.[1];
		return found === undefined ? undefined : Number(found);
	};
	return { seconds: number('seconds'), queue: number('queue'), size: number('size'), fails: /\bfail\b/i.test(words) };
}

export function statusAt(job: Job, nowMs: number) {
	if (nowMs >= job.endsAtMs) return job.outcome;
	return nowMs >= job.processingAtMs ? PROCESSING : QUEUED;
}

export class Jobs {
	/** Every job ever accepted, in order, deleted ones too. */
	all: Job[] = [];
	private readonly byId = new Map<string, Job>();

	add(wanted: NewJob, settings: Settings, nowMs: number): Job {
		const marker = readMarker(wanted.fields.prompt);
		const processingAtMs = nowMs + (marker.queue ?? settings.queueSeconds) * 1000;
		const endsAtMs = processingAtMs + (marker.seconds ?? settings.jobSeconds) * 1000;
		const _id = newId(nowMs);
		const job: Job = {
			...wanted,
			_id,
			shownId: _id,
			created_ms: nowMs,
			processingAtMs,
			endsAtMs,
			plannedEndMs: endsAtMs,
			isWaiting: false,
			outcome: marker.fails ? FAILED : COMPLETED,
			videoMiB: marker.size ?? settings.videoMiB,
			deleted: false,
			refunded: false,
		};
		this.all.push(job);
		this.byId.set(_id, job);
		return job;
	}

	/** Gives a job an ID of another shape; both are known from here on. */
	rename(job: Job, shownId: unknown): void {
		job.shownId = shownId;
		this.byId.set(String(shownId), job);
	}

	/** A job that Akool still knows. */
	find(id: string): Job | undefined {
		const job = this.byId.get(id);
		return job?.deleted === true ? undefined : job;
	}

	/** Ends a job now, whatever its time. */
	finish(job: Job, outcome: JobOutcome, nowMs: number): void {
		job.outcome = outcome;
		job.processingAtMs = Math.min(job.processingAtMs, nowMs);
		job.endsAtMs = nowMs;
		job.isWaiting = false;
	}

	/** Leaves the end open until `resume`. */
	suspend(job: Job): void {
		job.isWaiting = true;
		job.endsAtMs = Infinity;
	}

	/** @returns whether it was still waiting */
	resume(job: Job, nowMs: number): boolean {
		if (!job.isWaiting) return false;
		job.isWaiting = false;
		job.endsAtMs = Math.max(job.plannedEndMs, nowMs);
		return true;
	}

	reset(): void {
		this.all = [];
		this.byId.clear();
	}
}
