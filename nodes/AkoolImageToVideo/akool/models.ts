// What each model can do, as the live list says it. The list changes with time, so nothing here is hard-coded, values pass through
// exactly as listed ("768P", "1280x720"), and a model that the list does not name is not judged.

import { fieldOf, isRecord, listOf, numberOf, textOf, type JsonRecord } from './json';

export interface ModelResolution {
	value: string;
	label: string;
}

export interface Model {
	/** What goes into `model_name`. */
	value: string;
	label: string;
	provider: string;
	description: string;
	sort: number;
	/** Empty where the model sets the resolution itself: then none may be sent. */
	resolutions: ModelResolution[];
	durationsSeconds: number[];
	maxCount: number | undefined;
	supportsLastFrame: boolean;
	supportsAudio: boolean;
	isPro: boolean;
	requiresPaidPlan: boolean;
	raw: JsonRecord;
}

function parseResolution(entry: unknown): ModelResolution[] {
	const value = textOf(entry, 'value');
	return value === undefined ? [] : [{ value, label: textOf(entry, 'label') ?? value }];
}

/** Seen as a boolean, as null and as an object: whatever is neither missing nor false counts as support. */
function supportsAudio(row: unknown): boolean {
	const field = fieldOf(row, 'generate_audio');
	return field !== undefined && field !== null && field !== false;
}

/** Reads the model list, highest `sort` first; here `data` itself is the list. Vendor page: "Get AI Model List". */
export function parseModels(data: unknown): Model[] {
	const rows = Array.isArray(data) ? data : [];
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
			durationsSeconds: listOf(row, 'durationList').filter((seconds) => typeof seconds === 'number'),
			maxCount: numberOf(row, 'maxCount'),
			supportsLastFrame: fieldOf(row, 'supportedLastFrame') === true,
			supportsAudio: supportsAudio(row),
			isPro: fieldOf(row, 'isPro') === true,
			requiresPaidPlan: fieldOf(row, 'requiresPay') === true,
			raw: row,
		};
	});
	return models.sort((a, b) => b.sort - a.sort || a.label.localeCompare(b.label));
}

/** The part of a batch request that a model's limits speak about. */
export interface ModelRequest {
	resolution: string | undefined;
	videoLengthSeconds: number;
	count: number;
	wantsLastFrame: boolean;
	wantsAudio: boolean;
}

/** A value that the live list rules out: the parameter's display name, and what would be allowed. */
export interface LimitBreach {
	parameter: string;
	given: string;
	allowed: string;
}

/** Gives everything in a request that the model's own limits already rule out, so that it can be refused before it costs anything. */
export function limitBreaches(model: Model, request: ModelRequest): LimitBreach[] {
	const breaches: LimitBreach[] = [];
	const resolutions = model.resolutions.map(({ value }) => value);
	if (request.resolution !== undefined && resolutions.length > 0 && !resolutions.includes(request.resolution)) {
		breaches.push({ parameter: 'Resolution', given: request.resolution, allowed: resolutions.join(', ') });
	}
	if (request.resolution === undefined && resolutions.length > 0) {
		breaches.push({ parameter: 'Resolution', given: 'nothing', allowed: resolutions.join(', ') });
	}
	if (model.durationsSeconds.length > 0 && !model.durationsSeconds.includes(request.videoLengthSeconds)) {
		breaches.push({
			parameter: 'Video Length',
			given: `${request.videoLengthSeconds} seconds`,
			allowed: model.durationsSeconds.join(', '),
		});
	}
	if (model.maxCount !== undefined && request.count > model.maxCount) {
		breaches.push({ parameter: 'Count', given: String(request.count), allowed: `1 to ${model.maxCount}` });
	}
	if (request.wantsLastFrame && !model.supportsLastFrame) {
		breaches.push({ parameter: 'Last Image URL', given: 'a picture', allowed: 'none with this model' });
	}
	if (request.wantsAudio && !model.supportsAudio) {
		breaches.push({ parameter: 'Generate Audio', given: 'on', allowed: 'off with this model' });
	}
	return breaches;
}
