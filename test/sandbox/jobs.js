// The life of jobs: queued, processing, done. Rule: a status is read off the clock whenever somebody asks and never kept, so that results,
// deletes, callbacks and file links can not disagree about it.
'use strict';

const { newId } = require('./values');

/**
 * @typedef {object} JobFields what a job was asked for, under the names of the answers
 * @property {string} image_url @property {string} prompt @property {string} negative_prompt @property {boolean} extend_prompt
 * @property {string} webhookUrl @property {string} [resolution] @property {number} [audio_type] @property {string} [audio_url]
 * @property {string} [effect_code] @property {string} [effect_name] @property {string} [model_name] @property {string} [last_image_url]
 * @property {string} [batch_id] @property {number} [batch_count] @property {string} [pre_video_id]
 *
 * @typedef {'create' | 'batch' | 'audio'} JobKind
 * @typedef {object} Job
 * @property {string} _id @property {JobKind} kind @property {Record<string, unknown>} body @property {JobFields} fields
 * @property {number} lengthSeconds @property {number} deduction_credit @property {number} created_ms
 * @property {number} processingAtMs @property {number} endsAtMs @property {3 | 4} outcome @property {number} videoMiB
 * @property {number} [sourceUpdatedMs] of an audio job: when its source video was done
 * @property {boolean} deleted @property {boolean} refunded
 *
 * @typedef {object} NewJob
 * @property {JobKind} kind @property {Record<string, unknown>} body @property {JobFields} fields
 * @property {number} lengthSeconds @property {number} deduction_credit @property {number} [sourceUpdatedMs]
 */

const QUEUED = 1;
const PROCESSING = 2;
const COMPLETED = 3;
const FAILED = 4;

/**
 * `[sandbox: seconds=10, queue=2, size=50, fail]` in a prompt sets the life of that one job: so does a user in the n8n editor.
 * @param {string} prompt
 */
function readMarker(prompt) {
	const words = /\[sandbox:([^\]]*)\]/i.exec(prompt)?.[1] ?? '';
	/** @param {string} name */
	const number = (name) => {
		const found = new RegExp(`\\b${name}\\s*=\\s*([\\d.]+)`, 'i').exec(words)?.[1];
		return found === undefined ? undefined : Number(found);
	};
	return { seconds: number('seconds'), queue: number('queue'), size: number('size'), fails: /\bfail\b/i.test(words) };
}

/** @param {Job} job @param {number} nowMs */
function statusAt(job, nowMs) {
	if (nowMs >= job.endsAtMs) return job.outcome;
	return nowMs >= job.processingAtMs ? PROCESSING : QUEUED;
}

class Jobs {
	constructor() {
		/** Every job ever accepted, in order, deleted ones too. @type {Job[]} */
		this.all = [];
		/** @type {Map<string, Job>} */
		this.byId = new Map();
	}

	/** @param {NewJob} wanted @param {import('./settings').Settings} settings @param {number} nowMs @returns {Job} */
	add(wanted, settings, nowMs) {
		const marker = readMarker(wanted.fields.prompt);
		const processingAtMs = nowMs + (marker.queue ?? settings.queueSeconds) * 1000;
		/** @type {Job} */
		const job = {
			...wanted,
			_id: newId(nowMs),
			created_ms: nowMs,
			processingAtMs,
			endsAtMs: processingAtMs + (marker.seconds ?? settings.jobSeconds) * 1000,
			outcome: marker.fails ? FAILED : COMPLETED,
			videoMiB: marker.size ?? settings.videoMiB,
			deleted: false,
			refunded: false,
		};
		this.all.push(job);
		this.byId.set(job._id, job);
		return job;
	}

	/** A job that Akool still knows. @param {string} id */
	find(id) {
		const job = this.byId.get(id);
		return job?.deleted === true ? undefined : job;
	}

	/** Ends a job now, whatever its time. @param {Job} job @param {3 | 4} outcome @param {number} nowMs */
	finish(job, outcome, nowMs) {
		job.outcome = outcome;
		job.processingAtMs = Math.min(job.processingAtMs, nowMs);
		job.endsAtMs = nowMs;
	}

	reset() {
		this.all = [];
		this.byId.clear();
	}
}

module.exports = { COMPLETED, FAILED, PROCESSING, QUEUED, Jobs, statusAt };
