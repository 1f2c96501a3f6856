// The list Video Length of Create Batch: the seconds that the chosen model offers.

import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { offersOfChosenModel } from './chosenModel';

export async function getModelVideoLengths(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await offersOfChosenModel(this, ({ durationsSeconds, label }) => {
		if (durationsSeconds.length === 0)
			return [
				{
					name: 'Not Listed',
					value: '',
					description: `${label} lists no lengths. Enter the seconds as an expression.`,
				},
			];
		return durationsSeconds.map((seconds) => ({ name: `${seconds} Seconds`, value: seconds }));
	});
}
