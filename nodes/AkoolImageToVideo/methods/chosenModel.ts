// The model that the user has chosen in the open node, for the dropdowns that follow it.

import { NodeOperationError, type ILoadOptionsFunctions } from 'n8n-workflow';

import type { Model } from '../akool/models';
import { modelsOf } from '../transport/catalogue';
import { loadList } from './dropdown';

/**
 * Finds the chosen model in the live list.
 *
 * @throws NodeOperationError with what to do where none is chosen, or the list does not know it
 */
export async function chosenModel(context: ILoadOptionsFunctions): Promise<Model> {
	const chosen = String(context.getCurrentNodeParameter('modelName', { extractValue: true }) ?? '');
	if (chosen === '') throw new NodeOperationError(context.getNode(), 'Choose a model first: this list follows it');
	const models = await loadList(context, async () => await modelsOf(context), 'Akool offers no models to this account at the moment');
	const model = models.find(({ value }) => value === chosen);
	if (model === undefined) throw new NodeOperationError(context.getNode(), `Akool does not list the model "${chosen}"`);
	return model;
}
