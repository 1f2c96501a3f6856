// Booleans, numbers and choices, in the forms that expressions and sheets give.

import { plainValue } from '../../akool/text';
import { inputMessages } from '../../messages/inputs';
import { onValue, readSingle, refused, valueIs, type Reading } from './reading';
import { readText } from './text';

const TRUE_TEXTS = ['true', 't', 'yes', 'y', 'on', 'checked', 'enabled'];
const FALSE_TEXTS = ['false', 'f', 'no', 'n', 'off', 'unchecked', 'disabled'];

/** Reads a boolean. "TRUE", "yes", 1 and "1.0" count; anything else is refused, never read as false. */
export function readBoolean(parameter: string, given: unknown): Reading<boolean> {
	return onValue(readSingle(parameter, given), (value) => {
		if (typeof value === 'boolean') return valueIs(value);
		if (value === 1 || value === 0) return valueIs(value === 1);
		if (typeof value !== 'string') return refused(inputMessages.notABoolean(parameter, value));
		return onValue(readText(parameter, value), (text) => {
			const word = plainValue(text).toLowerCase();
			const number = numberFromText(word, []);
			if (TRUE_TEXTS.includes(word) || number === 1) return valueIs(true);
			if (FALSE_TEXTS.includes(word) || number === 0) return valueIs(false);
			return refused(inputMessages.notABoolean(parameter, value));
		});
	});
}

export const SECONDS: readonly string[] = ['s', 'sec', 'secs', 'second', 'seconds'];
export const MINUTES: readonly string[] = ['m', 'min', 'mins', 'minute', 'minutes'];

/** The rule for a number. */
export interface NumberRule {
	minimum?: number | undefined;
	maximum?: number | undefined;
	isWhole?: boolean;
	/** Units that may follow it in text, such as `s` and `seconds`. */
	units?: readonly string[];
}

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const NUMBER_AND_UNIT = /^(.*?\d\.?)\s*([a-z]+)\.?$/i;

function numberFromText(given: string, units: readonly string[]): number | undefined {
	const text = plainValue(given);
	const [, amount, unit] = NUMBER_AND_UNIT.exec(text) ?? [];
	const digits = unit !== undefined && units.includes(unit.toLowerCase()) ? amount : text;
	const number = digits !== undefined && DECIMAL.test(digits) ? Number(digits) : NaN;
	return Number.isFinite(number) ? number : undefined;
}

/** "1.000" is a thousand in many languages, and one in others. */
const THOUSANDS = /^\d{1,3}(?:\.\d{3})+$/;

/** Whether a text such as "1.000" may also mean thousands, within the field's maximum. */
function mayBeThousands(given: unknown, maximum: number): boolean {
	const text = typeof given === 'string' ? plainValue(given) : '';
	return THOUSANDS.test(text) && Number(text.replaceAll('.', '')) <= maximum;
}

function numberFrom(parameter: string, value: unknown, units: readonly string[]): Reading<number> {
	if (typeof value === 'string') {
		return onValue(readText(parameter, value), (text) => {
			const number = numberFromText(text, units);
			return number === undefined ? refused(inputMessages.notANumber(parameter, value)) : valueIs(number);
		});
	}
	const number = typeof value === 'bigint' ? Number(value) : value;
	if (typeof number === 'number' && Number.isFinite(number)) return valueIs(number);
	return refused(inputMessages.notANumber(parameter, value));
}

/** Reads a number; a decimal text counts, with a unit behind it where the field has one. "1,000" and "1.000" may mean two things, and are refused. */
export function readNumber(parameter: string, given: unknown, rule: NumberRule = {}): Reading<number> {
	const { minimum = -Infinity, maximum = Infinity, isWhole = false, units = [] } = rule;
	const found = onValue(readSingle(parameter, given), (value) =>
		mayBeThousands(value, maximum)
			? refused(inputMessages.twoNumbers(parameter, value))
			: numberFrom(parameter, value, units),
	);
	return onValue(found, (number) => {
		const isFit = number >= minimum && number <= maximum && (!isWhole || Number.isInteger(number));
		return isFit ? valueIs(number) : refused(inputMessages.numberOutOfRange(parameter, number, rule));
	});
}

export interface Choice {
	name: string;
	value: string | number | boolean;
}

/** Ignores case and blanks: "1080 P" is 1080p. */
export const sameWord = (text: string): string => plainValue(text).toLowerCase().replaceAll(/\s+/g, '');

/** Whether a text is one of these, ignoring case and blanks. */
export const isOneOf = (given: string, texts: readonly string[]): boolean =>
	texts.some((text) => sameWord(text) === sameWord(given));

/**
 * The entry of a list that a text means: the one with exactly this value, or else the only one that it names, ignoring case and blanks.
 *
 * @param textsOf the value of an entry, then its other names
 */
export function findNamed<T>(
	entries: readonly T[],
	given: string,
	textsOf: (entry: T) => readonly string[],
): T | undefined {
	const exact = entries.find((entry) => textsOf(entry)[0] === given);
	if (exact !== undefined) return exact;
	const [named, ...others] = entries.filter((entry) => isOneOf(given, textsOf(entry)));
	return others.length === 0 ? named : undefined;
}

/** "1080" is 1080p, and "10 s" is 10, since such choices have only one unit. */
function isMeant({ name, value }: Choice, given: string): boolean {
	const isLength = SECONDS.some((unit) => name.toLowerCase() === `${value} ${unit}`);
	if (typeof value === 'number' && numberFromText(given, isLength ? SECONDS : []) === value) return true;
	return [String(value), `${value}`.replace(/^(\d+)p$/, '$1'), name].some((text) => sameWord(text) === given);
}

/** Reads a choice of a field, by its value or its label, ignoring case. */
export function readChoice<C extends Choice>(
	parameter: string,
	given: unknown,
	choices: readonly C[],
): Reading<C['value']> {
	return onValue(readText(parameter, given), (text) => {
		const chosen = choices.find((choice) => isMeant(choice, sameWord(text)));
		return chosen === undefined ? refused(inputMessages.notAChoice(parameter, text, choices)) : valueIs(chosen.value);
	});
}
