// Owns what the editor asks n8n about a node and its credential: tests, dropdowns, files. Rule: asked exactly as the editor asks.
import type { INodeTypeDescription } from 'n8n-workflow';
import type { Request } from './n8nSession';

export type Credential = { id: string; name: string; type: string };
interface DropdownQuery {
	/** the node's type, e.g. `n8n-nodes-akool.akoolImageToVideo` */
	node: string;
	/** of the node, 1 unless given */
	version?: number;
	/** the node's `listSearch` method */
	method: string;
	/** path of the parameter, without `parameters.` */
	parameter: string;
	/** the node's other parameters */
	parameters?: Record<string, unknown>;
	credential: Credential;
	/** what was typed into a search */
	filter?: string;
	paginationToken?: string;
}

const bodyOf = ({
	node,
	version = 1,
	method,
	parameter,
	parameters = {},
	credential: { id, name, type },
}: DropdownQuery) => ({
	nodeTypeAndVersion: { name: node, version },
	methodName: method,
	path: `parameters.${parameter}`,
	currentNodeParameters: parameters,
	credentials: { [type]: { id, name } },
});

export function nodeCalls(request: Request) {
	return {
		createCredential: async (credential: { name: string; type: string; data: object }): Promise<Credential> =>
			await request('POST', '/rest/credentials', credential),
		updateCredential: async ({ id, name, type }: Credential, data: object) =>
			void (await request('PATCH', `/rest/credentials/${id}`, { name, type, data })),
		deleteCredential: async ({ id }: Credential) => void (await request('DELETE', `/rest/credentials/${id}`)),
		/** @returns `status` is `OK` or `Error` */
		async testCredential({ id, name, type }: Credential): Promise<{ status: string; message: string }> {
			const { data } = await request<{ data: object }>('GET', `/rest/credentials/${id}`, undefined, {
				params: { includeData: true },
			});
			return await request('POST', '/rest/credentials/test', { credentials: { id, name, type, data } });
		},
		searchList: async (
			query: DropdownQuery,
		): Promise<{ results: { name: string; value: string | number; url?: string }[]; paginationToken?: string }> =>
			await request('POST', '/rest/dynamic-node-parameters/resource-locator-results', {
				...bodyOf(query),
				filter: query.filter,
				paginationToken: query.paginationToken,
			}),
		/** All node types that this n8n knows. */
		listNodeTypes: async (): Promise<INodeTypeDescription[]> => await request('GET', '/types/nodes.json'),
		/**
		 * @param binary one of an item's `binary` fields
		 * @returns the file
		 */
		async downloadBinary({ id, data }: { id?: string; data: string }): Promise<Buffer> {
			if (id === undefined) return Buffer.from(data, 'base64');
			const params = { id, action: 'download' };
			return Buffer.from(
				await request<ArrayBuffer>('GET', '/rest/binary-data', undefined, { params, responseType: 'arraybuffer' }),
			);
		},
	};
}
