import { NodeApiError, type INode } from 'n8n-workflow';

import { listError } from '../../nodes/AkoolImageToVideo/n8n/listError';

const NODE: INode = { id: '1', name: 'Akool', type: 'akool', typeVersion: 1, position: [0, 0], parameters: {} };

describe('the error of a list that cannot be loaded', () => {
	it('is of the kind whose description n8n gives to the editor', () => {
		const error = listError(NODE, 'There are no models', 'Try again later.', false);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({ message: 'There are no models', description: 'Try again later.' });
		expect(['401', '403']).not.toContain(error.httpCode);
	});

	it('offers the credential where that is what to change', () => {
		expect(listError(NODE, 'Akool does not know this API key', 'Copy it again.', true)).toMatchObject({
			message: 'Akool does not know this API key',
			httpCode: '401',
		});
	});
});
