// What each model can do, according to the live list. The list changes, so nothing is hard-coded, values are passed on
// exactly as listed ("768P", "1280x720"), and a model that is not listed is not checked.

import { fieldOf, isRecord, listOf, numberOf, textOf, type JsonRecord } from './json';
import { rowsOf } from './rows';

export interface ModelResolution {
	value: string;
	label: string;
	/** What Akool's list says; its unit is documented nowhere, so it is no price. */
	listedCredits: number | undefined;
}

/** What the list says of audio that a model generates. */
export interface ModelAudio {
	/** `unknown` where the list says nothing: the vendor's page then says that the request for audio is ignored. */
	support: 'no' | 'unknown' | 'optional' | 'always';
	/** How audio changes the price, as listed: a factor or a share, which is not documented. */
	listedSurcharge: number | undefined;
}

export interface Model {
	/** What goes into `model_name`. */
	value: string;
	label: string;
	provider: string;
	description: string;
	sort: number;
	resolutions: ModelResolution[];
	/** The list has an empty list of resolutions for it, so none may be sent. False where the list cannot be read. */
	setsResolution: boolean;
	durationsSeconds: number[];
	maxCount: number | undefined;
	/** Undefined where the list does not say. */
	supportsLastFrame: boolean | undefined;
	audio: ModelAudio;
	isPro: boolean;
	requiresPaidPlan: boolean;
	raw: JsonRecord;
}

/** Seen as an object; a bare text or number can mean nothing else. */
function parseResolution(entry: unknown): ModelResolution[] {
	const given = isRecord(entry) ? fieldOf(entry, 'value') : entry;
	const value = typeof given === 'number' ? String(given) : given;
	if (typeof value !== 'string' || value === '') return [];
	return [{ value, label: textOf(entry, 'label') ?? value, listedCredits: numberOf(entry, 'unit_credit') }];
}

const YES: readonly unknown[] = [true, 1, 'true', '1'];
const NO: readonly unknown[] = [false, 0, 'false', '0'];

/** A switch of the list; undefined where it says neither yes nor no. */
function flagOf(row: unknown, name: string): boolean | undefined {
	const value = fieldOf(row, name);
	if (YES.includes(value)) return true;
	return NO.includes(value) ? false : undefined;
}

/** Seen as a boolean, as null, and as an object with `type`, `required` and a surcharge. */
function parseAudio(row: unknown): ModelAudio {
	const field = fieldOf(row, 'generate_audio');
	const listedSurcharge = numberOf(field, 'extra_credit_multiplier');
	if (field === undefined || field === null) return { support: 'unknown', listedSurcharge };
	if (flagOf(row, 'generate_audio') === false || flagOf(field, 'type') === false)
		return { support: 'no', listedSurcharge };
	return { support: flagOf(field, 'required') === true ? 'always' : 'optional', listedSurcharge };
}

/** The lengths of a model; some lists have them below each resolution. */
function parseDurations(row: unknown): number[] {
	const listed = [row, ...listOf(row, 'resolutionList')].flatMap((entry) => listOf(entry, 'durationList'));
	const seconds = listed.map((entry) => numberOf({ entry }, 'entry') ?? 0);
	return [...new Set(seconds.filter((value) => value > 0))].sort((a, b) => a - b);
}

/** Most of a batch; no model creates none at all. */
function parseMaxCount(row: unknown): number | undefined {
	const count = numberOf(row, 'maxCount');
	return count !== undefined && count >= 1 ? count : undefined;
}

/** Reads the model list, highest `sort` first; here `data` itself is the list. Vendor page: "Get AI Model List". */
export function parseModels(data: unknown): Model[] {
	const rows = rowsOf(data) ?? [];
	const models = rows.filter(isRecord).flatMap((row) => {
		const value = textOf(row, 'value');
		if (value === undefined) return [];
		return {
			value,
			label: textOf(row, 'label') ?? value,
			provider: textOf(row, 'provider') ?? '',
			description: textOf(row, 'description') ?? '',
			sort: numberOf(row, 'sort') ?? 0,
			resolutions: listOf(row, 'resolutionList').flatMap(parseResolution),
			setsResolution: Array.isArray(row.resolutionList) && row.resolutionList.length === 0,
			durationsSeconds: parseDurations(row),
			maxCount: parseMaxCount(row),
			supportsLastFrame: flagOf(row, 'supportedLastFrame'),
			audio: parseAudio(row),
			isPro: flagOf(row, 'isPro') === true,
			requiresPaidPlan: flagOf(row, 'requiresPay') === true,
			raw: row,
		};
	});
	return models.sort((a, b) => b.sort - a.sort || a.label.localeCompare(b.label));
}

/** Lengths as a user reads them: "3–15 s" where none between is missing, else "5, 10 s". */
export function durationsText(seconds: readonly number[]): string {
	const [first, last] = [seconds[0], seconds.at(-1)];
	if (first === undefined || last === undefined) return '';
	const isRange = seconds.length > 2 && seconds.every((value, index) => value === first + index);
	return `${isRange ? `${first}–${last}` : seconds.join(', ')} s`;
}

const AUDIO_TEXTS = { no: '', unknown: '', optional: 'audio', always: 'always with audio' };

/** The listed surcharge for audio as text: 1.2 and 0.2 both mean 20% more. */
function surchargeText({ listedSurcharge }: ModelAudio): string {
	if (listedSurcharge === undefined || listedSurcharge <= 0 || listedSurcharge === 1) return '';
	const share = listedSurcharge > 1 ? listedSurcharge - 1 : listedSurcharge;
	return ` (+${Math.round(share * 100)}%)`;
}

/** A model's name with the facts that matter when choosing one. */
export function modelTitle({ label, requiresPaidPlan, durationsSeconds, audio }: Model): string {
	const audioText = AUDIO_TEXTS[audio.support];
	const facts = [
		label,
		requiresPaidPlan ? 'paid plan' : '',
		audioText === '' ? '' : `${audioText}${surchargeText(audio)}`,
		// Last, since a long list of lengths is cut, and stands in the list of lengths as well.
		durationsText(durationsSeconds),
	];
	return facts.filter((fact) => fact !== '').join(' · ');
}

/** The defaults of Akool's own pages, used where the user leaves the choice to the model and the model offers them. */
const USUAL_RESOLUTION = '720p';
const USUAL_SECONDS = 5;

/** The resolution where the user chose none; undefined for a model that sets it itself. @param model undefined where it is not known */
export function bestResolution(model: Model | undefined): string | undefined {
	const listed = model?.resolutions.map(({ value }) => value) ?? [USUAL_RESOLUTION];
	return listed.find((value) => value.toLowerCase() === USUAL_RESOLUTION) ?? listed[0];
}

/** The length in seconds where the user chose none. @param model undefined where it is not known */
export function bestSeconds(model: Model | undefined): number {
	const listed = model?.durationsSeconds ?? [];
	return listed.includes(USUAL_SECONDS) ? USUAL_SECONDS : (listed[0] ?? USUAL_SECONDS);
}

/** The values of a batch request that a model may limit. */
export interface ModelRequest {
	/** Undefined where the model decides. */
	resolution: string | undefined;
	videoLengthSeconds: number;
	count: number;
	wantsLastFrame: boolean;
	wantsAudio: boolean;
}

/** A value that the live list rules out, with the allowed values. */
export type LimitBreach =
	| { about: 'resolution'; value: string; allowed: string[] }
	| { about: 'videoLength'; value: number; allowed: number[] }
	| { about: 'count'; value: number; most: number }
	| { about: 'lastFrame' }
	| { about: 'audio' };

/** All values of a request that the live list rules out for the model, so that it is refused before it costs anything. Vendor page: "Get AI Model List". */
export function limitBreaches(model: Model, request: ModelRequest): LimitBreach[] {
	const { resolution, videoLengthSeconds, count, wantsLastFrame, wantsAudio } = request;
	const resolutions = model.resolutions.map(({ value }) => value);
	const { durationsSeconds, maxCount } = model;
	const breaches: LimitBreach[] = [];
	if (resolution !== undefined && resolutions.length > 0 && !resolutions.includes(resolution))
		breaches.push({ about: 'resolution', value: resolution, allowed: resolutions });
	if (durationsSeconds.length > 0 && !durationsSeconds.includes(videoLengthSeconds))
		breaches.push({ about: 'videoLength', value: videoLengthSeconds, allowed: durationsSeconds });
	if (maxCount !== undefined && count > maxCount) breaches.push({ about: 'count', value: count, most: maxCount });
	if (wantsLastFrame && model.supportsLastFrame === false) breaches.push({ about: 'lastFrame' });
	if (wantsAudio && model.audio.support === 'no') breaches.push({ about: 'audio' });
	return breaches;
}

/** Whether audio is requested although the list does not say that the model generates any. */
export function mayIgnoreAudio(model: Model, { wantsAudio }: Pick<ModelRequest, 'wantsAudio'>): boolean {
	return wantsAudio && model.audio.support === 'unknown';
}
