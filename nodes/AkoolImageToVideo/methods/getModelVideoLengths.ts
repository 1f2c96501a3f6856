// The dropdown Video Length of Create Batch: the seconds that the chosen model offers.

import { NodeOperationError, type ILoadOptionsFunctions, type INodePropertyOptions } from 'n8n-workflow';

import { chosenModel } from './chosenModel';

export async function getModelVideoLengths(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { durationsSeconds, label } = await chosenModel(this);
	if (durationsSeconds.length === 0) {
		throw new NodeOperationError(this.getNode(), `${label} lists no lengths: enter the seconds as an expression`);
	}
	return durationsSeconds.map((seconds) => ({ name: `${seconds} Seconds`, value: seconds }));
}
