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

/** A name that a field of a JSON object has among people. */
const FIELD_NAME = /^[\w.$-]{1,64}$/;

/** Reads names of fields, those among them that no list has: a list, one alone, or a text with commas. */
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

/** Reads several choices of a field: a list, one of them alone, or a text with commas. */
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

/** Language models give JSON in fences, with its name. */
function withoutFences(text: string): string {
	const isFenced = text.length > 2 * FENCE.length && text.startsWith(FENCE) && text.endsWith(FENCE);
	return isFenced ? text.slice(FENCE.length, -FENCE.length).replace(/^\w+/, '') : text;
}

/** A text processor has put other quotes in the place of the ones that JSON needs. */
const CURLY_QUOTES = /[“”„‟]/g;

const IN_QUOTES = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g;
/** NaN, True, a name: n8n's reader would take it for a text. */
const BARE_VALUE = /[:[,]\s*(?!(?:true|false|null)\b)[\p{L}_$][\w$]*\s*[,}\]]/u;

/** Fields spread from elsewhere, and operators: n8n's reader leaves them out and keeps the rest. */
const CODE = /\.\.\.|[!~]/;

/** n8n's reader gives nothing where a name, a call or a sum stands: the request would go without it, and be paid for. */
function hasGap(value: unknown): boolean {
	if (value === undefined) return true;
	return typeof value === 'object' && value !== null && Object.values(value).some(hasGap);
}

/** As n8n's own nodes read JSON: single quotes, bare names of fields and a comma too many do no harm. @throws where it is none */
function parsedJson(text: string): unknown {
	const bare = withoutFences(text);
	const straight = bare.includes('"') ? bare : bare.replace(CURLY_QUOTES, '"');
	const unquoted = straight.replace(IN_QUOTES, '""');
	return jsonParse<unknown>(straight, { acceptJSObject: !BARE_VALUE.test(unquoted) && !CODE.test(unquoted) });
}

/** An object of an expression as it would be sent: what JSON cannot hold is found before an order is on its way. @throws what JSON.stringify throws */
const asJson = (value: JsonRecord): unknown => JSON.parse(JSON.stringify(value));

/** Reads a JSON object, given as an object, as its text, or as the text of that text. */
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
