// What all dropdowns share: a list that cannot be had, or that is empty, says why. An empty list in silence leaves a user helpless.

import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INode,
	type INodeListSearchItems,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { callMessage } from '../messages/calls';
import type { UserMessage } from '../messages/define';
import { CallFailure } from '../transport/outcome';

function loadError(node: INode, error: unknown): NodeOperationError {
	if (!(error instanceof CallFailure))
		return new NodeOperationError(node, error instanceof Error ? error : String(error));
	const { title, description } = callMessage(error.outcome, error.endpoint);
	return new NodeOperationError(node, title, { description });
}

/**
 * Loads a list for a dropdown.
 *
 * @param empty what to say when Akool offers nothing
 * @throws NodeOperationError with the reason where there is nothing to show
 */
export async function loadList<T>(
	context: ILoadOptionsFunctions,
	load: () => Promise<T[]>,
	empty: UserMessage,
): Promise<T[]> {
	let list: T[];
	try {
		list = await load();
	} catch (error) {
		throw loadError(context.getNode(), error);
	}
	if (list.length === 0) throw new NodeOperationError(context.getNode(), empty.title, empty);
	return list;
}

/** A list that cannot be shown, as one entry that says why: of what an options list throws, the editor shows nothing. */
export function reasonEntry(error: unknown): INodePropertyOptions {
	const description = error instanceof NodeOperationError ? (error.description ?? '') : '';
	return { name: error instanceof Error ? error.message : String(error), value: '', description };
}

/** The entries whose name or value contains what the user typed. */
export function matching(entries: INodeListSearchItems[], filter: string | undefined): INodeListSearchItems[] {
	const wanted = filter?.trim().toLowerCase() ?? '';
	return entries.filter(({ name, value }) => `${name} ${String(value)}`.toLowerCase().includes(wanted));
}
