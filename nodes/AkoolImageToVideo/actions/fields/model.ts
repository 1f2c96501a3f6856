// The model of Create Batch, with the resolution and length that depend on it. All three may be left to Akool or the model. Rule: values that the live list
// rules out are refused before anything is created, all in one message; a model that is not listed is not checked.

import { countBy, partition } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import type { BatchRequest } from '../../akool/bodies';
import { bestResolution, bestSeconds, limitBreaches, mayIgnoreAudio, modelTitle, type Model } from '../../akool/models';
import { addHint } from '../../items/hints';
import { causeOf } from '../../messages/causes';
import { listMessages } from '../../messages/lists';
import { logMessages } from '../../messages/log';
import { withoutSecrets } from '../../messages/redact';
import type { Run } from '../../orders/run';
import { modelsOf } from '../../transport/lists';
import { UnusableValue, type Values } from '../parameters';
import { readSingle } from '../values/reading';
import { SECONDS, findNamed, isOneOf, sameWord } from '../values/scalars';

const BEST_FOR_MODEL = listMessages.bestForModel();

/** A list that is searched as it is typed into, and a way to enter what is not in it. */
function locator(
	method: string,
	placeholder: string,
	byText: { name: string; displayName: string; placeholder: string },
) {
	return {
		type: 'resourceLocator' as const,
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list' as const,
				placeholder,
				typeOptions: { searchListMethod: method, searchable: true },
			},
			{ type: 'string' as const, ...byText },
		],
	};
}

const modelName: INodeProperties = {
	displayName: 'Model',
	name: 'modelName',
	...locator('searchModels', "Akool's default model", {
		name: 'name',
		displayName: 'By Name',
		placeholder: 'e.g. AkoolImage2VideoFastV1',
	}),
	description: 'The AI model that creates the videos. Resolution and length follow it.',
};

const batchResolution: INodeProperties = {
	displayName: 'Resolution',
	name: 'batchResolution',
	...locator('searchResolutions', BEST_FOR_MODEL, {
		name: 'value',
		displayName: 'By Value',
		placeholder: 'e.g. 768P',
	}),
	description: 'What the model offers. The best one is 720p, or else the first in its list.',
};

const batchVideoLength: INodeProperties = {
	displayName: 'Video Length',
	name: 'batchVideoLength',
	...locator('searchVideoLengths', BEST_FOR_MODEL, {
		name: 'value',
		displayName: 'By Value',
		placeholder: 'e.g. 10',
	}),
	description: 'What the model offers, in seconds. The best one is 5, or else the first in its list.',
};

export const modelFields: INodeProperties[] = [modelName, batchResolution, batchVideoLength];

/** The live list of models; undefined, with a hint, if it could not be read. Never throws. */
export async function modelsOrHint(run: Run): Promise<readonly Model[] | undefined> {
	try {
		const models = await modelsOf(run.context);
		if (models.length === 0) addHint(run, listMessages.modelsNotChecked());
		return models;
	} catch (error) {
		run.context.logger.warn(withoutSecrets(logMessages.modelsNotRead(causeOf(error)), run.account));
		addHint(run, listMessages.modelsNotChecked());
		return undefined;
	}
}

/** The models as people know them, those first that share a word with what was given. Models with the same label are told apart by their names. */
function namesOf(models: readonly Model[], given: string): string[] {
	const sameLabel = countBy(models, ({ label }) => sameWord(label));
	const words = given.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
	const likely = partition(models, ({ label, value }) =>
		words.some((word) => `${label} ${value}`.toLowerCase().includes(word.toLowerCase())),
	);
	return likely.flat().map(({ label, value }) => (sameLabel[sameWord(label)] === 1 ? label : value));
}

/**
 * The model with this name, or with this label, also as the list shows it, where only one has it; undefined where it is left to Akool, or where there is no
 * list to find it in.
 */
function findModel(models: readonly Model[] | undefined, name: string | undefined): Model | undefined {
	if (name === undefined || models === undefined || models.length === 0) return undefined;
	const named = findNamed(models, name, (model) => [model.value, model.label, modelTitle(model)]);
	if (named !== undefined) return named;
	throw new UnusableValue(listMessages.unknownModel(name, namesOf(models, name)));
}

/** The label of the list's first entry means no choice, even if it is typed in. */
function unlessBest(text: string | undefined): string | undefined {
	return text !== undefined && isOneOf(text, [BEST_FOR_MODEL]) ? undefined : text;
}

function readSeconds(parameters: Values): number | undefined {
	const given = readSingle(batchVideoLength.displayName, parameters.any(batchVideoLength));
	if (given.kind === 'value' && typeof given.value === 'string' && isOneOf(given.value, [BEST_FOR_MODEL]))
		return undefined;
	return parameters.number(batchVideoLength, { units: SECONDS, minimum: 1, isWhole: true });
}

/** A model that lists no resolutions sets it by itself: then none is sent, whatever was left in the field. */
function readResolution(parameters: Values, model: Model | undefined): string | undefined {
	if (model?.setsResolution === true) return undefined;
	const given = unlessBest(parameters.text(batchResolution));
	if (given === undefined) return bestResolution(model);
	const listed = model?.resolutions ?? [];
	const chosen =
		listed.find(({ value }) => value === given) ??
		listed.find(({ value, label }) => isOneOf(given, [value, label, value.replace(/^(\d+)p$/i, '$1')]));
	return chosen?.value ?? given;
}

export interface ChosenModel extends Pick<BatchRequest, 'modelName' | 'resolution' | 'videoLengthSeconds'> {
	/** Its entry in the live list; undefined where there is none. */
	model: Model | undefined;
}

/** Reads the model of an item with resolution and length. @throws UnusableValue for a model that is not listed */
export function readModel(parameters: Values, models: readonly Model[] | undefined): ChosenModel {
	const name = parameters.text(modelName);
	const model = findModel(models, name);
	return {
		model,
		modelName: model?.value ?? name,
		resolution: readResolution(parameters, model),
		videoLengthSeconds: readSeconds(parameters) ?? bestSeconds(model),
	};
}

/** Compares a request with what its model can do. @throws UnusableValue with every value that it cannot */
export function checkModel(run: Run, model: Model, request: BatchRequest): void {
	const asked = {
		resolution: request.resolution,
		videoLengthSeconds: request.videoLengthSeconds,
		count: request.count,
		wantsLastFrame: request.lastImageUrl !== undefined,
		wantsAudio: request.generateAudio === true,
	};
	const breaches = limitBreaches(model, asked);
	if (breaches.length > 0) throw new UnusableValue(listMessages.notOffered(model.label, breaches));
	if (mayIgnoreAudio(model, asked)) addHint(run, listMessages.audioMayBeIgnored(model.label));
}
