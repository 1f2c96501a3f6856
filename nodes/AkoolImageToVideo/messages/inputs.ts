// What is said of values that cannot be used, before anything is sent: which parameter, what it holds, and what to do.

import { isRecord, jsonText } from '../akool/json';
import { shortened } from '../akool/text';
import { parameterMessage, type UserMessage } from './userMessage';

/** A value as it is quoted. */
function quoted(value: unknown): string {
	if (typeof value === 'string') return `"${shortened(value)}"`;
	return typeof value === 'bigint' ? `${value}` : shortened(jsonText(value));
}

function fieldNames(value: unknown): string {
	const names = isRecord(value) ? Object.keys(value).slice(0, 8) : [];
	return names.length === 0 ? '' : ` Its fields: ${names.join(', ')}.`;
}

const isSame = (name: string, value: unknown): boolean => name.toLowerCase() === String(value).toLowerCase();

const namesOf = (choices: ReadonlyArray<{ name: string; value: unknown }>): string =>
	choices.map(({ name, value }) => (isSame(name, value) ? name : `${name} (${String(value)})`)).join(', ');

interface Range {
	minimum?: number | undefined;
	maximum?: number | undefined;
	isWhole?: boolean;
}

function rangeText({ minimum, maximum, isWhole = false }: Range): string {
	const kind = isWhole ? 'a whole number' : 'a number';
	if (minimum !== undefined && maximum !== undefined) return `${kind} from ${minimum} to ${maximum}`;
	return minimum === undefined ? `${kind} up to ${maximum ?? 'any size'}` : `${kind} of ${minimum} or more`;
}

const ID_LENGTH = 24;
const ID_ADVICE = `A video's ID has ${ID_LENGTH} characters, such as 6891abe782f7cd2a890c44ba. Create and Create Batch return it in the field _id.`;

/** What was copied with a character too few or too many looks right. */
function idAdvice(text: string): string {
	const isAlmostAnId = /^[\da-f]{16,32}$/i.test(text) && text.length !== ID_LENGTH;
	return isAlmostAnId ? `It has ${text.length} characters. ${ID_ADVICE}` : ID_ADVICE;
}

export const inputMessages = {
	empty: emptyMessage,

	severalValues: (parameter: string, values: readonly unknown[]) =>
		parameterMessage(
			parameter,
			`holds ${values.length} values where one is needed`,
			`It is ${quoted(values)}. Let the expression pick one of them, or make an item of each with n8n's Split Out node.`,
		),

	notAText: (parameter: string, value: unknown) =>
		parameterMessage(
			parameter,
			'holds an object where a text is needed',
			`Let the expression name the field of the object that holds the text.${fieldNames(value)}`,
		),

	objectInText: (parameter: string, text: string) =>
		parameterMessage(
			parameter,
			'holds an object where a text is needed',
			`It is ${quoted(text)}. Let the expression name the field of the object that holds the text.`,
		),

	expressionInText: (parameter: string, text: string) =>
		parameterMessage(
			parameter,
			'holds an expression that n8n did not evaluate',
			`It is ${quoted(text)}. Switch the field from Fixed to Expression.`,
		),

	expressionFailed: (parameter: string, words: string) => ({
		title: `The expression in '${parameter}' could not be evaluated`,
		description: `n8n says: ${words}. Check the expression, and that every item has the fields that it uses.`,
	}),

	whatAnIdIs: () => ID_ADVICE,

	/** Items that a node before this one has returned with an error. */
	errorInsteadOfId: (parameter: string, error: string) =>
		parameterMessage(
			parameter,
			'is empty',
			`The item holds an error instead of a video: ${quoted(error)}.\n\nLet the node before this one send its errors elsewhere: under its Settings, set 'On Error' to Continue (using error output). Or set 'On Error' of this node to Continue.`,
		),

	notAnId: (parameter: string, text: string) =>
		parameterMessage(parameter, `holds something that is not an ID: ${shortened(text)}`, idAdvice(text)),

	linkInsteadOfId: (parameter: string, link: string) =>
		parameterMessage(
			parameter,
			'holds a link instead of an ID',
			`It is ${shortened(link)}. Akool's links hold no ID. ${ID_ADVICE}`,
		),

	/** What no reader of a value has foreseen. */
	notRead: (words: string) => ({
		title: 'The parameters of this item could not be read',
		description: `n8n says: ${words}. Check the expressions in this node's parameters.`,
	}),

	differs: (parameter: string, first: unknown, other: unknown, itemIndex: number) =>
		parameterMessage(
			parameter,
			'is not the same for all items',
			`It is ${quoted(first)} for item 0 and ${quoted(other)} for item ${itemIndex}, but one value counts for the whole run.\n\nUse one value, or give the items to the node one by one with a Loop Over Items node.`,
		),

	notABoolean: (parameter: string, value: unknown) =>
		parameterMessage(
			parameter,
			'is neither true nor false',
			`It is ${quoted(value)}. Use true or false; yes, no, 1 and 0 count too.`,
		),

	notANumber: (parameter: string, value: unknown) =>
		parameterMessage(
			parameter,
			'is not a number',
			`It is ${quoted(value)}. Enter digits, with a point before decimals and nothing between thousands.`,
		),

	twoNumbers: (parameter: string, value: unknown) =>
		parameterMessage(
			parameter,
			'may mean two numbers',
			`It is ${quoted(value)}. Enter digits, with nothing between thousands and no zeros at the end of decimals.`,
		),

	numberOutOfRange: (parameter: string, number: number, range: Range) =>
		parameterMessage(parameter, `is ${number}, which is not possible`, `Use ${rangeText(range)}.`),

	notAChoice: (parameter: string, text: string, choices: ReadonlyArray<{ name: string; value: unknown }>) =>
		parameterMessage(
			parameter,
			`is ${quoted(text)}, which is not one of its choices`,
			`Use one of: ${namesOf(choices)}.`,
		),

	sheetError: (parameter: string, text: string) =>
		parameterMessage(
			parameter,
			`holds ${quoted(text)}, which a spreadsheet shows instead of a value`,
			'Correct the formula in the sheet, or run the workflow again once the sheet has loaded.',
		),

	notAFieldName: (parameter: string, text: string) =>
		parameterMessage(parameter, `holds ${quoted(text)}, which is no name of a field`, 'Use names such as video_url.'),

	notJson: (parameter: string, text: string, why: string) =>
		parameterMessage(
			parameter,
			'is not valid JSON',
			`It is ${quoted(text)}${why === '' ? '' : ` (${why})`}. Enter an object such as { "field": "value" }.`,
		),

	notAnObject: (parameter: string, value: unknown) =>
		parameterMessage(
			parameter,
			'is not a JSON object',
			`It is ${quoted(value)}. Enter an object such as { "field": "value" }.`,
		),
};

/** @param fromExpression whether an expression was to give the value */
function emptyMessage(parameter: string, fromExpression: boolean, advice: string): UserMessage {
	const why = fromExpression ? 'The expression gives nothing for this item. ' : '';
	return parameterMessage(parameter, 'is empty', `${why}${advice}`);
}
