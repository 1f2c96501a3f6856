// Owns how an example workflow becomes one that runs here. Rule: only what a user would fill in is filled in; everything else runs as it is shipped.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/lib/paths.mjs';
import { CREDENTIAL_TYPE } from './stage.mjs';

const PACKAGE_PREFIX = 'n8n-nodes-akool.';
const WRITE_FILE_TYPE = 'n8n-nodes-base.readWriteFile';
/** The folder that the examples save into, which is n8n's own default in its container. */
const SHIPPED_FOLDER = '/home/node/.n8n-files';

/**
 * @param {string} name of a file in `examples/`, without `.json`
 * @param {{ credential: import('./n8nNodes.mjs').Credential, imageUrl: string, folder: string }} answers
 *   `folder`: where n8n may write; it has to exist
 * @returns {Promise<any>} a workflow for `client.createWorkflow`
 */
export async function readExample(name, { credential: { id, name: credentialName }, imageUrl, folder }) {
	const workflow = JSON.parse(await readFile(join(ROOT, 'examples', `${name}.json`), 'utf8'));
	for (const node of workflow.nodes) {
		if (node.type.startsWith(PACKAGE_PREFIX)) {
			node.credentials = { [CREDENTIAL_TYPE]: { id, name: credentialName } };
			if ('imageUrl' in node.parameters) node.parameters.imageUrl = imageUrl;
		}
		if (node.type === WRITE_FILE_TYPE) node.parameters.fileName = node.parameters.fileName.replace(SHIPPED_FOLDER, folder);
	}
	return workflow;
}
