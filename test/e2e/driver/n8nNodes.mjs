// Owns what the editor asks n8n about a node and its credential: tests, dropdowns, files. Rule: asked exactly as the editor asks.

/** @typedef {{ id: string, name: string, type: string }} Credential */
/**
 * @typedef {object} DropdownQuery
 * @property {string} node the node's type, e.g. `n8n-nodes-akool.akoolImageToVideo`
 * @property {number} [version] of the node, 1 unless given
 * @property {string} method the node's `loadOptions` or `listSearch` method
 * @property {string} parameter path of the parameter, without `parameters.`
 * @property {Record<string, unknown>} [parameters] the node's other parameters
 * @property {Credential} credential
 * @property {string} [filter] what was typed into a search
 * @property {string} [paginationToken]
 */

/** @param {DropdownQuery} query */
const bodyOf = ({ node, version = 1, method, parameter, parameters = {}, credential: { id, name, type } }) => ({
	nodeTypeAndVersion: { name: node, version },
	methodName: method,
	path: `parameters.${parameter}`,
	currentNodeParameters: parameters,
	credentials: { [type]: { id, name } },
});

/** @param {import('./n8nSession.mjs').Request} request */
export function nodeCalls(request) {
	return {
		/** @param {{ name: string, type: string, data: object }} credential @returns {Promise<Credential>} */
		createCredential: async (credential) => await request('POST', '/rest/credentials', credential),
		/** @param {Credential} credential */
		deleteCredential: async ({ id }) => void (await request('DELETE', `/rest/credentials/${id}`)),
		/** @param {Credential} credential @returns {Promise<{ status: string, message: string }>} `status` is `OK` or `Error` */
		async testCredential({ id, name, type }) {
			const { data } = await request('GET', `/rest/credentials/${id}`, undefined, { params: { includeData: true } });
			return await request('POST', '/rest/credentials/test', { credentials: { id, name, type, data } });
		},
		/** @param {DropdownQuery} query @returns {Promise<{ name: string, value: unknown, description?: string }[]>} */
		loadOptions: async (query) => await request('POST', '/rest/dynamic-node-parameters/options', bodyOf(query)),
		/** @param {DropdownQuery} query @returns {Promise<{ results: { name: string, value: string, url?: string }[], paginationToken?: string }>} */
		searchList: async (query) =>
			await request('POST', '/rest/dynamic-node-parameters/resource-locator-results', {
				...bodyOf(query),
				filter: query.filter,
				paginationToken: query.paginationToken,
			}),
		/** All node types that this n8n knows. @returns {Promise<any[]>} */
		listNodeTypes: async () => await request('GET', '/types/nodes.json'),
		/** @param {{ id?: string, data: string }} binary one of an item's `binary` fields @returns {Promise<Buffer>} the file */
		async downloadBinary({ id, data }) {
			if (id === undefined) return Buffer.from(data, 'base64');
			const params = { id, action: 'download' };
			return Buffer.from(await request('GET', '/rest/binary-data', undefined, { params, responseType: 'arraybuffer' }));
		},
	};
}
