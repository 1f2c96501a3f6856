// What a video looks like as an item. Simplified: at most ten fields under Akool's own names. Raw: Akool's object as it is. In both, the
// execution's own callback address never gets out: whoever knows it can resume the execution.

import type { IDataObject } from 'n8n-workflow';

import { expiresAt } from '../akool/expiry';
import { fieldOf, textOf, withoutUndefined, type JsonRecord } from '../akool/json';
import { statusName, type AkoolVideo } from '../akool/video';

export type OutputForm = 'simplified' | 'raw';

/** How n8n's own secret links look: of a waiting execution, also where its path was configured away from the usual one, and of a picture. */
const OWN_LINKS: Readonly<Record<string, RegExp>> = {
	webhookUrl: /\/webhook-waiting\/|[?&]signature=/,
	image_url: /\/binary-data\/signed\?/,
};

function toJson(fields: JsonRecord): IDataObject {
	return Object.assign<IDataObject, JsonRecord>({}, withoutUndefined(fields));
}

function withoutOwnLinks(raw: JsonRecord): JsonRecord {
	return Object.fromEntries(Object.entries(raw).filter(([name]) => !OWN_LINKS[name]?.test(textOf(raw, name) ?? '')));
}

/** The item's JSON for a video. `made` is how Akool described it at its creation: some fields are said only there. */
export function videoJson(video: AkoolVideo, form: OutputForm, made?: AkoolVideo): IDataObject {
	const createTimeMs = video.createTimeMs ?? made?.createTimeMs;
	const derived = { status_name: statusName(video.status), expires_at: expiresAt(createTimeMs) };
	if (form === 'raw') return toJson({ ...withoutOwnLinks(video.raw), ...derived });
	const said = (name: string): unknown => fieldOf(video.raw, name) ?? fieldOf(made?.raw, name);
	const modelName = said('model_name');
	return toJson({
		_id: video.id,
		status: video.status,
		status_name: derived.status_name,
		video_url: video.videoUrl,
		expires_at: derived.expires_at,
		video_duration: said('video_duration'),
		resolution: said('resolution'),
		...(modelName === undefined ? { effect_name: said('effect_name') } : { model_name: modelName }),
		deduction_credit: said('deduction_credit'),
		batch_id: said('batch_id'),
	});
}
