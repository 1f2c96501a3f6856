// The lists behind From List: effects, models, recent videos, and what the chosen model offers. Rule: a list that cannot be loaded, or is empty, says why.

import {
	NodeError,
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
	type NodeApiError,
} from 'n8n-workflow';

import { codeFact } from '../akool/codes';
import { modelTitle, type Model } from '../akool/models';
import { textOf, type JsonRecord } from '../akool/json';
import { statusName, type AkoolVideo } from '../akool/video';
import { callMessage } from '../messages/calls';
import { causeOf } from '../messages/causes';
import type { UserMessage } from '../messages/userMessage';
import { listMessages } from '../messages/lists';
import { withoutLinkSecrets } from '../messages/redact';
import { listError } from '../n8n/listError';
import { effectsOf, modelsOf } from '../transport/lists';
import { readRecentVideos } from '../transport/recentVideos';
import { CallFailure } from '../transport/outcome';

/** @returns the error whose title and advice the list shows */
function errorFor(context: ILoadOptionsFunctions, { title, description, code }: UserMessage): NodeApiError {
	const isAboutCredential = code !== undefined && codeFact(code).topic === 'credential';
	return listError(context.getNode(), title, description, isAboutCredential);
}

/** @throws NodeApiError with the reason where there is nothing to show */
async function load<T>(context: ILoadOptionsFunctions, list: Promise<T[]>, empty: UserMessage): Promise<T[]> {
	const entries = await list.catch((error: unknown) => {
		if (error instanceof CallFailure) throw errorFor(context, callMessage(error.outcome, error.endpoint));
		if (error instanceof NodeError) throw error;
		throw new NodeOperationError(context.getNode(), withoutLinkSecrets(causeOf(error)));
	});
	if (entries.length === 0) throw errorFor(context, empty);
	return entries;
}

/** The entries whose name and value contain each of the words that the user typed. */
function matching(entries: INodeListSearchItems[], filter: string | undefined): INodeListSearchResult {
	const words = filter?.trim().toLowerCase().split(/\s+/) ?? [];
	const isWanted = ({ name, value }: INodeListSearchItems): boolean => {
		const text = `${name} ${String(value)}`.toLowerCase();
		return words.every((word) => text.includes(word));
	};
	return { results: entries.filter(isWanted) };
}

/** Effects by name, each with its image and the way to its preview. */
export async function searchEffects(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const effects = await load(this, effectsOf(this), listMessages.noEffects());
	const entries = effects
		.map(({ code, name, logoUrl, previewUrl }) => ({ name, value: code, icon: logoUrl, url: previewUrl }))
		.sort((a, b) => a.name.localeCompare(b.name));
	return matching(entries, filter);
}

async function loadModels(context: ILoadOptionsFunctions): Promise<Model[]> {
	return await load(context, modelsOf(context), listMessages.noModels());
}

/** Models in Akool's own order, best first, with the facts that matter when choosing. */
export async function searchModels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const models = await loadModels(this);
	const entries = models.map((model) => ({
		name: modelTitle(model),
		value: model.value,
		description: model.description,
	}));
	return matching(entries, filter);
}

/** A list that follows the chosen model. Its first entry leaves the choice to the model. */
async function offersOfModel(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	offersOf: (model: Model) => INodeListSearchItems[],
): Promise<INodeListSearchResult> {
	const chosen = String(context.getCurrentNodeParameter('modelName', { extractValue: true }) ?? '');
	const best = { name: listMessages.bestForModel(), value: '' };
	if (chosen === '') return { results: [{ ...best, description: listMessages.modelNotChosen() }] };
	const model = (await loadModels(context)).find(({ value }) => value === chosen);
	if (model === undefined) return { results: [{ ...best, description: listMessages.modelNotListed(chosen) }] };
	const offers = offersOf(model);
	// n8n shows only one entry for each value.
	return matching(offers.some(({ value }) => value === '') ? offers : [best, ...offers], filter);
}

/** The resolutions of the chosen model, as listed. */
export async function searchResolutions(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await offersOfModel(this, filter, ({ resolutions, setsResolution }) => {
		if (setsResolution) return [{ name: listMessages.setByModel(), value: '' }];
		return resolutions.map(({ label, value, listedCredits }) => ({
			name: label,
			value,
			description: listedCredits === undefined ? undefined : listMessages.listedCredits(listedCredits),
		}));
	});
}

/** The lengths of the chosen model. */
export async function searchVideoLengths(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await offersOfModel(this, filter, ({ durationsSeconds }) =>
		durationsSeconds.map((seconds) => ({ name: listMessages.seconds(seconds), value: seconds })),
	);
}

const RECENT_VIDEOS = 100;

/** The prompt or effect by which a person recognizes a video. Without a prompt from the user, the effect's code was sent as one. */
function whatIsShown(raw: JsonRecord): string | undefined {
	const prompt = textOf(raw, 'prompt');
	return prompt === textOf(raw, 'effect_code') ? textOf(raw, 'effect_name') : prompt;
}

function videoTitle({ createTimeMs, status, raw, id }: AkoolVideo): string {
	const made = createTimeMs === undefined ? undefined : new Date(createTimeMs);
	const date =
		made === undefined || Number.isNaN(made.getTime()) ? '' : made.toISOString().slice(0, 16).replace('T', ' ');
	return listMessages.video(date, whatIsShown(raw) ?? id, statusName(status));
}

/** Recent videos of the account, newest first: time, prompt and status. */
export async function searchVideos(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const recent = await readRecentVideos(this, RECENT_VIDEOS, () => true);
	if (recent.kind === 'notListed') throw errorFor(this, listMessages.videosNotListed(recent.why));
	if (recent.videos.length === 0) throw errorFor(this, listMessages.noVideos());
	const entries = recent.videos.map((video) => ({ name: videoTitle(video), value: video.id }));
	return matching(entries, filter);
}
