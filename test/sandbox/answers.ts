// The rows of Akool's answers. Rule: each endpoint's row has the fields of the vendor's own example of that endpoint and no others
// (a result row has no negative_prompt, model_name or batch_id); test/contract compares them with those examples.
import { TEAM_ID, UID } from './account';
import { COMPLETED, FAILED, QUEUED, statusAt } from './jobs';
import type { Job, Json, Settings } from './types';
import type { Parts } from './sandboxState';

const IMAGE_TO_VIDEO_SUB_TYPE = 1501;
const LISTED_TYPE = 15;
const PROMPT_CHARACTERS_IN_FILE_NAME = 24;
// Real videos of "5 seconds" are a little longer.
const EXTRA_SECONDS = 0.063;

/** Shortened as Akool does, with the trailing space. */
const fileName = (prompt: string) => `Image2Video_${prompt.slice(0, PROMPT_CHARACTERS_IN_FILE_NAME)}.mp4`;

const realSeconds = (job: Job) => Number((job.lengthSeconds + EXTRA_SECONDS).toFixed(3));

/** Named by time, as at Akool, so that nobody takes the name for an ID. */
export function videoUrl(url: string, job: Job) {
	return `${url}/files/${job.created_ms}-${job._id.slice(-8)}.mp4`;
}

/** The first fields of every kind of row. */
function base(job: Job) {
	return { _id: job.shownId, create_time: job.created_ms, uid: UID, team_id: TEAM_ID };
}

/** The fields of the request that every row repeats, without those that were not sent. */
function asked({ fields }: Job, deduction_credit: unknown) {
	const { webhookUrl, effect_name, image_url, prompt, resolution, audio_type, audio_url, effect_code } = fields;
	return {
		webhookUrl,
		file_name: fileName(prompt),
		effect_name,
		image_url,
		prompt,
		resolution,
		audio_type,
		audio_url,
		deduction_credit,
		effect_code,
	};
}

/** `data` of a create. */
export function createdRow(job: Job) {
	const { negative_prompt, extend_prompt } = job.fields;
	return { ...base(job), ...asked(job, job.price.said), negative_prompt, extend_prompt, status: QUEUED };
}

/** One of `data.successList` of a batch. */
export function batchRow(job: Job) {
	const { last_image_url, model_name, batch_id, batch_count } = job.fields;
	return { ...createdRow(job), last_image_url, model_name, batch_id, batch_count };
}

/** The update_time of a row; an audio job has its source's until it is done, which is before its own creation. */
function updateTime(job: Job, status: number) {
	if (status === COMPLETED || status === FAILED) return job.endsAtMs;
	return job.sourceUpdatedMs ?? job.created_ms;
}

/** `data` of an audio update: a new job. */
export function audioRow(job: Job) {
	return {
		...createdRow(job),
		update_time: updateTime(job, QUEUED),
		video_duration: realSeconds(job),
		pre_video_id: job.fields.pre_video_id,
		only_add_audio: true,
	};
}

/** The reason of a failed job, if a test sets one; the vendor documents no field for it. */
export function failureOf({ failureField, failureReason }: Settings, job: Job, status: number): Json {
	if (status !== FAILED || failureField === '') return {};
	return { [failureField]: job.failure ?? failureReason };
}

/** The status that results show. */
function shownStatus({ now, settings }: Parts, job: Job) {
	return statusAt(job, now() - settings.resultLagSeconds * 1000);
}

/** One of `data.result` of a status request. */
export function resultRow(state: Parts, job: Job) {
	const status = shownStatus(state, job);
	const done = status === COMPLETED ? { sub_type: IMAGE_TO_VIDEO_SUB_TYPE, video_url: videoUrl(state.url, job) } : {};
	return {
		...base(job),
		...asked(job, job.price.later),
		update_time: updateTime(job, status),
		video_duration: realSeconds(job),
		...done,
		...failureOf(state.settings, job, status),
		status,
		only_add_audio: job.kind === 'audio',
	};
}

/** One of the undocumented list; the names are those that users report. */
export function listRow(state: Parts, job: Job) {
	const { image_url, prompt, resolution, webhookUrl, pre_video_id } = job.fields;
	const status = shownStatus(state, job);
	const video = status === COMPLETED ? videoUrl(state.url, job) : '';
	return {
		...base(job),
		type: LISTED_TYPE,
		video_status: status,
		video,
		external_video: video,
		update_time: updateTime(job, status),
		video_duration: realSeconds(job),
		image_url,
		prompt,
		resolution,
		webhookUrl,
		deduction_credit: job.price.later,
		...failureOf(state.settings, job, status),
		only_add_audio: job.kind === 'audio',
		pre_video_id,
	};
}
