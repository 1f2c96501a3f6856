// Lists of choices, and JSON objects.

import { jsonParse } from 'n8n-workflow';

import { isRecord, jsonText, type JsonRecord } from '../../akool/json';
import { trimInvisible } from '../../akool/text';
import { causeOf } from '../../messages/causes';
import { inputMessages } from '../../messages/inputs';
import { ABSENT, onValue, readSingle, refused, valueIs, type Reading } from './reading';
import { readChoice, type Choice } from './scalars';
import { isNothing, readText } from './text';

/** A text that is JSON as what it says, any other text as its parts between commas, semicolons or lines. */
function entriesOf(text: string): unknown[] {
	if (!text.startsWith('[')) return text.split(/[,;|\r\n]+/);
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) ? parsed : [parsed];
	} catch {
		return [text];
	}
}

function listedIn(given: unknown): unknown[] {
	const listed = Array.isArray(given) ? given : [given];
	return listed.flatMap((entry) => (typeof entry === 'string' ? entriesOf(trimInvisible(entry)) : [entry]));
}

/** A plausible name of a JSON field. */
const FIELD_NAME = /^[\w.$-]{1,64}$/;

/** Reads field names, also unlisted ones: a list, a single name, or text separated by commas. */
export function readFieldNames(parameter: string, given: unknown): Reading<string[]> {
	const names = new Set<string>();
	for (const entry of listedIn(given)) {
		const reading = readText(parameter, entry);
		if (reading.kind === 'refused') return reading;
		if (reading.kind === 'value' && !FIELD_NAME.test(reading.value))
			return refused(inputMessages.notAFieldName(parameter, reading.value));
		if (reading.kind === 'value') names.add(reading.value);
	}
	return names.size === 0 ? ABSENT : valueIs([...names]);
}

/** Reads several choices of a field: a list, a single one, or text separated by commas. */
export function readChoices<C extends Choice>(
	parameter: string,
	given: unknown,
	choices: readonly C[],
): Reading<Array<C['value']>> {
	const chosen = new Set<C['value']>();
	for (const entry of listedIn(given)) {
		const reading = readChoice(parameter, entry, choices);
		if (reading.kind === 'refused') return reading;
		if (reading.kind === 'value') chosen.add(reading.value);
	}
	return chosen.size === 0 ? ABSENT : valueIs([...chosen]);
}

const FENCE = '```';

/** Removes Markdown fences, which language models put around JSON. */
function withoutFences(text: string): string {
	const isFenced = text.length > 2 * FENCE.length && text.startsWith(FENCE) && text.endsWith(FENCE);
	return isFenced ? text.slice(FENCE.length, -FENCE.length).replace(/^\w+/, '') : text;
}

/** Quotes that word processors use instead of those that JSON needs. */
const CURLY_QUOTES = /[“”„‟]/g;

const IN_QUOTES = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g;
/** NaN, True or a name: n8n's parser would read it as text. */
const BARE_VALUE = /[:[,]\s*(?!(?:true|false|null)\b)[\p{L}_$][\w$]*\s*[,}\]]/u;

/** Spread fields and operators: n8n's parser drops them and keeps the rest. */
const CODE = /\.\.\.|[!~]/;

/** n8n's parser returns undefined for a name, a call or a sum, so the request would be sent, and charged, without it. */
function hasGap(value: unknown): boolean {
	if (value === undefined) return true;
	return typeof value === 'object' && value !== null && Object.values(value).some(hasGap);
}

/** Parses JSON like n8n's own nodes: single quotes, unquoted field names and trailing commas are accepted. @throws where it is not JSON */
function parsedJson(text: string): unknown {
	const bare = withoutFences(text);
	const straight = bare.includes('"') ? bare : bare.replace(CURLY_QUOTES, '"');
	const unquoted = straight.replace(IN_QUOTES, '""');
	return jsonParse<unknown>(straight, { acceptJSObject: !BARE_VALUE.test(unquoted) && !CODE.test(unquoted) });
}

/** An expression's object as it would be sent, so that values that JSON cannot hold are found before ordering. @throws what JSON.stringify throws */
const asJson = (value: JsonRecord): unknown => JSON.parse(JSON.stringify(value));

/** Reads a JSON object, given as an object or as JSON text, even if encoded twice. */
export function readObject(parameter: string, given: unknown): Reading<JsonRecord> {
	return onValue(readSingle(parameter, given), (value) => {
		const text = trimInvisible(typeof value === 'string' ? value : jsonText(value));
		if (isNothing(text)) return ABSENT;
		try {
			const parsed = isRecord(value) ? asJson(value) : parsedJson(text);
			if (hasGap(parsed)) return refused(inputMessages.notJson(parameter, text, ''));
			if (typeof parsed === 'string' && parsed !== value) return readObject(parameter, parsed);
			return onValue(readSingle(parameter, parsed), (found) =>
				isRecord(found) ? valueIs(found) : refused(inputMessages.notAnObject(parameter, value)),
			);
		} catch (error) {
			return refused(inputMessages.notJson(parameter, text, causeOf(error)));
		}
	});
}
