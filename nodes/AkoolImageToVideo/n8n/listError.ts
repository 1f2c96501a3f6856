// What the editor shows where a list cannot be loaded. It gets a title of most errors; of a NodeApiError it gets all, shows the description as well, and
// offers a link to the credential where its HTTP code is 401 or 403.
// Since: seen on n8n 2.8 and 2.41. Source:
// https://github.com/n8n-io/n8n/blob/master/packages/cli/src/response-helper.ts
// Without it: the list shows the title alone.

import { NodeApiError, type INode } from 'n8n-workflow';

const OPENS_CREDENTIAL = '401';

/** @param isAboutCredential whether another credential, or a change of this one, would help */
export function listError(node: INode, title: string, description: string, isAboutCredential: boolean): NodeApiError {
	const httpCode = isAboutCredential ? OPENS_CREDENTIAL : undefined;
	return new NodeApiError(node, {}, { message: title, description, httpCode });
}
