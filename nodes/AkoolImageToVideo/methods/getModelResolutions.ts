// The list Resolution of Create Batch: what the chosen model offers, in its own words.

import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { offersOfChosenModel } from './chosenModel';

export async function getModelResolutions(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await offersOfChosenModel(this, ({ resolutions }) => {
		if (resolutions.length === 0)
			return [{ name: 'Set by the Model', value: '', description: 'This model decides the size by itself' }];
		return resolutions.map(({ label, value, listedCredits }) => ({
			name: label,
			value,
			description:
				listedCredits === undefined
					? undefined
					: `Akool’s list says ${listedCredits} credits; what is charged may differ`,
		}));
	});
}
