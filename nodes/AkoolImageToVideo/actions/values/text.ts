// Reads texts. Akool charges for any prompt, so text that is the remains of an object or an expression is refused.

import { isRecord } from '../../akool/json';
import { trimInvisible } from '../../akool/text';
import { inputMessages } from '../../messages/inputs';
import { ABSENT, onValue, readSingle, refused, valueIs, type Reading } from './reading';

/** Texts that other nodes, databases or sheets use for an empty value. */
const NOTHING = /^(?:undefined|null|NaN|n\/a|[\s,;])*$/i;
export const isNothing = (text: string): boolean => NOTHING.test(text);
/** What a sheet shows instead of a value that it could not find, calculate or load. */
const SHEET_ERROR =
	/^(?:#(?:N\/A|NV|REF!|BEZUG!|VALUE!|WERT!|NAME\?|DIV\/0!|NULL!|NUM!|ZAHL!|ERROR!|SPILL!|CALC!)|Loading\.{3})$/i;
const OBJECT_IN_TEXT = /\[object \w+\]/;
/** An expression in a field that is set to Fixed, or in a sheet. */
const PLACEHOLDER = /^\{\{[^{}]*\}\}$/;
const EXPRESSION_START = /\{\{(?:[^{}$]|\{(?!\{)|\$(?![\w(]))*\$[\w(]/;

/** Runs in linear time, since anyone can write a prompt into a chat that would block a backtracking expression. */
function holdsExpression(text: string): boolean {
	if (PLACEHOLDER.test(text)) return true;
	const start = EXPRESSION_START.exec(text);
	return start !== null && text.includes('}}', start.index + start[0].length);
}

/** A date as ISO text; n8n's own dates are Luxon's. */
function isoText(value: unknown): string | undefined {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	if (!isRecord(value) || typeof value.toISO !== 'function') return undefined;
	const iso: unknown = value.toISO();
	return typeof iso === 'string' ? iso : undefined;
}

function textFrom(parameter: string, value: unknown): Reading<string> {
	if (typeof value === 'string') return valueIs(value);
	if (typeof value === 'boolean' || typeof value === 'bigint') return valueIs(String(value));
	if (typeof value === 'number' && Number.isFinite(value)) return valueIs(String(value));
	const date = isoText(value);
	return date === undefined ? refused(inputMessages.notAText(parameter, value)) : valueIs(date);
}

/** Reads a text without blanks at its ends; an empty one counts as no value. */
export function readText(parameter: string, given: unknown): Reading<string> {
	const found = onValue(readSingle(parameter, given), (value) => textFrom(parameter, value));
	return onValue(found, (whole) => {
		const text = trimInvisible(whole);
		if (isNothing(text)) return ABSENT;
		if (SHEET_ERROR.test(text)) return refused(inputMessages.sheetError(parameter, text));
		if (OBJECT_IN_TEXT.test(text)) return refused(inputMessages.objectInText(parameter, text));
		if (holdsExpression(text)) return refused(inputMessages.expressionInText(parameter, text));
		return valueIs(text);
	});
}
