// Lists of choices, and JSON objects.

import { isRecord, type JsonRecord } from '../../akool/json';
import { trimInvisible } from '../../akool/text';
import { inputMessages } from '../../messages/inputs';
import { ABSENT, onValue, readSingle, refused, valueIs, type Reading } from './reading';
import { readChoice, type Choice } from './scalars';

/** A text that is JSON as what it says, any other text as its parts between commas. */
function entriesOf(text: string): unknown[] {
	if (!text.startsWith('[')) return text.split(',');
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) ? parsed : [parsed];
	} catch {
		return [text];
	}
}

/** Reads several choices of a field: a list, one of them alone, or a text with commas. */
export function readChoices<C extends Choice>(
	parameter: string,
	given: unknown,
	choices: readonly C[],
): Reading<Array<C['value']>> {
	const listed = Array.isArray(given) ? given : [given];
	const entries = listed.flatMap((entry) => (typeof entry === 'string' ? entriesOf(trimInvisible(entry)) : [entry]));
	const chosen = new Set<C['value']>();
	for (const entry of entries) {
		const reading = readChoice(parameter, entry, choices);
		if (reading.kind === 'refused') return reading;
		if (reading.kind === 'value') chosen.add(reading.value);
	}
	return chosen.size === 0 ? ABSENT : valueIs([...chosen]);
}

/** Reads a JSON object, given as an object or as its text. */
export function readObject(parameter: string, given: unknown): Reading<JsonRecord> {
	return onValue(readSingle(parameter, given), (value) => {
		if (isRecord(value)) return valueIs(value);
		const text = trimInvisible(String(value));
		if (text === '') return ABSENT;
		try {
			const parsed: unknown = JSON.parse(text);
			if (parsed === null) return ABSENT;
			return isRecord(parsed) ? valueIs(parsed) : refused(inputMessages.notAnObject(parameter, value));
		} catch (error) {
			return refused(inputMessages.notJson(parameter, text, error instanceof Error ? error.message : ''));
		}
	});
}
