// The dropdown Model: in Akool's own order, best first, with what a user has to know before choosing.

import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Model } from '../akool/models';
import { listMessages } from '../messages/lists';
import { modelsOf } from '../transport/lists';
import { loadList, matching } from './dropdown';

/** The models, or why there are none to choose from. */
export async function loadModels(context: ILoadOptionsFunctions): Promise<Model[]> {
	return await loadList(context, async () => await modelsOf(context), listMessages.noModels());
}

export async function searchModels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const models = await loadModels(this);
	const entries = models.map((model) => ({
		name: model.requiresPaidPlan ? `${model.label} (Paid Plan)` : model.label,
		value: model.value,
		description: model.description,
	}));
	return { results: matching(entries, filter) };
}
