// The item of a video. Simplified: at most ten fields under Akool's own names. Raw: Akool's object as it is. Selected fields: these and the
// ID, so that a paid video is never lost. None of them holds the execution's own callback address, since anyone who knows it can
// resume the execution.

import { pick } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { expiresAt } from '../akool/expiry';
import { fieldOf, isRecord, listOf, withoutUndefined, type JsonRecord } from '../akool/json';
import { statusName, type AkoolVideo } from '../akool/video';
import { isOwnLink } from '../n8n/ownLinks';

/** Selected fields may be any that Akool has. */
export type OutputForm = 'simplified' | 'raw' | { fields: string[] };

/** Reads a form that was stored with a parked execution; undefined where the value is not valid. */
export function keptOutputForm(value: unknown): OutputForm | undefined {
	if (value === 'simplified' || value === 'raw') return value;
	const fields = listOf(value, 'fields').filter((name) => typeof name === 'string');
	return isRecord(value) && Array.isArray(value.fields) ? { fields } : undefined;
}

/** A copy of a value for an item; undefined for n8n's own links, and for values that are too deep to store. */
function shownValue(name: string, value: unknown): unknown {
	if (typeof value === 'number' || typeof value === 'boolean') return value;
	if (typeof value === 'string') return isOwnLink(name, value) ? undefined : value;
	try {
		const text = JSON.stringify(value) ?? '';
		return text === '' || isOwnLink(name, text) ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Akool's fields for an item, without n8n's secret links and without `__proto__`. */
export function shownJson(fields: JsonRecord): IDataObject {
	const shown = Object.entries(fields).map(([name, value]) => [name, shownValue(name, value)] as const);
	return Object.assign<IDataObject, object>(
		{},
		Object.fromEntries(shown.filter(([name, value]) => value !== undefined && name !== '__proto__')),
	);
}

/**
 * The item's JSON for a video, the most useful fields first. Raw is the answer to the order overlaid with the latest answer, so that it is the same for
 * every way of waiting.
 *
 * @param created the video as Akool described it on creation: some fields are only there
 */
export function videoJson(video: AkoolVideo, form: OutputForm, created?: AkoolVideo): IDataObject {
	const statusText = video.status === undefined ? undefined : statusName(video.status);
	const expiry = expiresAt(video.createTimeMs ?? created?.createTimeMs);
	const all = { ...created?.raw, ...video.raw, status_name: statusText, expires_at: expiry };
	if (form === 'raw') return shownJson(all);
	const said = (name: string): unknown =>
		[video, created]
			.map((source) => fieldOf(source?.raw, name))
			.find((value) => value !== undefined && value !== null && value !== '');
	const modelName = said('model_name');
	const prompt = said('prompt');
	const simplified = {
		video_url: video.videoUrl,
		status_name: statusText,
		deduction_credit: said('deduction_credit'),
		video_duration: said('video_duration'),
		...(modelName === undefined ? { effect_name: said('effect_name') } : { model_name: modelName }),
		image_url: said('image_url'),
		// Akool requires a prompt beside an effect and ignores it. Without one from the user, the effect's code was sent.
		prompt: prompt === said('effect_code') ? undefined : prompt,
		expires_at: expiry,
		_id: video.id,
		status: video.status,
	};
	if (form === 'simplified') return shownJson(simplified);
	return shownJson({ ...pick({ ...all, ...withoutUndefined(simplified) }, form.fields), _id: video.id });
}
