// The dropdown Model: in Akool's own order, best first, with what a user has to know before choosing.

import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { modelsOf } from '../transport/catalogue';
import { loadList, matching } from './dropdown';

export async function searchModels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const models = await loadList(this, async () => await modelsOf(this), 'Akool offers no models to this account at the moment');
	const entries = models.map((model) => ({
		name: model.requiresPaidPlan ? `${model.label} (Paid Plan)` : model.label,
		value: model.value,
		description: model.description,
	}));
	return { results: matching(entries, filter) };
}
