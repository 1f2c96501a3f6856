// The model that the user has chosen in the open node, for the lists that follow it.

import { NodeOperationError, type ILoadOptionsFunctions, type INodePropertyOptions } from 'n8n-workflow';

import type { Model } from '../akool/models';
import { reasonEntry } from './dropdown';
import { loadModels } from './searchModels';

async function findChosen(context: ILoadOptionsFunctions): Promise<Model> {
	const chosen = String(context.getCurrentNodeParameter('modelName', { extractValue: true }) ?? '');
	if (chosen === '') {
		const description =
			'If Model is an expression, execute the nodes before this one, or enter an expression here too.';
		throw new NodeOperationError(context.getNode(), 'Choose a model first: this list follows it', { description });
	}
	const models = await loadModels(context);
	const model = models.find(({ value }) => value === chosen);
	if (model === undefined) {
		const description = 'Choose another model, or enter a value as an expression.';
		throw new NodeOperationError(context.getNode(), `Akool does not list the model "${chosen}"`, { description });
	}
	return model;
}

/** What the chosen model offers; one entry that says why where that cannot be known. */
export async function offersOfChosenModel(
	context: ILoadOptionsFunctions,
	offersOf: (model: Model) => INodePropertyOptions[],
): Promise<INodePropertyOptions[]> {
	try {
		return offersOf(await findChosen(context));
	} catch (error) {
		return [reasonEntry(error)];
	}
}
