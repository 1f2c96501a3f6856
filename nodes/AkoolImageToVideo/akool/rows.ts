// Where Akool puts the rows of a list. Its own pages differ (`data` itself for models, `result` for all others), so each of the known names is accepted in each
// call: a list under another name must not pass for an empty one.

import { fieldOf, isRecord, parsedJson } from './json';

const LIST_FIELDS = ['result', 'list', 'videos', 'data', 'rows', 'items'] as const;

/** The rows of a list; undefined where there is none. */
export function rowsOf(given: unknown): unknown[] | undefined {
	const data = parsedJson(given);
	if (Array.isArray(data)) return data;
	const lists = LIST_FIELDS.map((name) => fieldOf(data, name)).filter((list) => Array.isArray(list));
	if (lists.length > 0) return lists.flat();
	const inner = fieldOf(data, 'result') ?? fieldOf(data, 'data');
	return isRecord(inner) ? rowsOf(inner) : undefined;
}
