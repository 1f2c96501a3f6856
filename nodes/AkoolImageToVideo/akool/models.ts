// What each model can do, as the live list says it. The list changes with time, so nothing here is hard-coded, values pass through
// exactly as listed ("768P", "1280x720"), and a model that the list does not name is not judged.

import { fieldOf, isRecord, listOf, numberOf, textOf, type JsonRecord } from './json';

export interface ModelResolution {
	value: string;
	label: string;
	/** What Akool's list says; its unit is documented nowhere, so it is no price. */
	listedCredits: number | undefined;
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
	if (value === undefined) return [];
	return [{ value, label: textOf(entry, 'label') ?? value, listedCredits: numberOf(entry, 'unit_credit') }];
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

/** A value that the live list rules out: the parameter's display name, what is wrong with it, and what would be right. */
export interface LimitBreach {
	parameter: string;
	what: string;
	advice: string;
}

const oneOf = (values: readonly unknown[]): string => `Use one of: ${values.join(', ')}.`;

function resolutionBreaches({ label, resolutions }: Model, resolution: string | undefined): LimitBreach[] {
	const allowed = resolutions.map(({ value }) => value);
	if (allowed.length === 0 || (resolution !== undefined && allowed.includes(resolution))) return [];
	const what =
		resolution === undefined ? `is empty, but ${label} needs one` : `is ${resolution}, which ${label} does not offer`;
	return [{ parameter: 'Resolution Name or ID', what, advice: oneOf(allowed) }];
}

/** Gives everything in a request that the model's own limits already rule out, so that it can be refused before it costs anything. */
export function limitBreaches(model: Model, request: ModelRequest): LimitBreach[] {
	const { label, durationsSeconds, maxCount } = model;
	const breaches = resolutionBreaches(model, request.resolution);
	if (durationsSeconds.length > 0 && !durationsSeconds.includes(request.videoLengthSeconds)) {
		const what = `is ${request.videoLengthSeconds} seconds, which ${label} does not offer`;
		breaches.push({ parameter: 'Video Length Name or ID', what, advice: oneOf(durationsSeconds) });
	}
	if (maxCount !== undefined && request.count > maxCount) {
		breaches.push({
			parameter: 'Count',
			what: `is ${request.count}, more than ${label} makes at once`,
			advice: `Use 1 to ${maxCount}.`,
		});
	}
	const unsupported = `cannot be used with ${label}`;
	const advice = 'Remove the option, or choose another model.';
	if (request.wantsLastFrame && !model.supportsLastFrame)
		breaches.push({ parameter: 'Last Image URL', what: unsupported, advice });
	if (request.wantsAudio && !model.supportsAudio)
		breaches.push({ parameter: 'Generate Audio', what: unsupported, advice });
	return breaches;
}
