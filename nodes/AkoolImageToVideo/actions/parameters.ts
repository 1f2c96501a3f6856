// Reads what the user filled in. A value that cannot be used becomes a message of its item, before anything is sent; expressions may give
// anything at all, so nothing is trusted to be of the type that its field shows.

import type { NodeParameterValueType } from 'n8n-workflow';

import { isRecord, type JsonRecord } from '../akool/json';
import { parseVideoIds } from '../akool/videoIds';
import type { VideoId } from '../akool/video';
import { inputMessage, type UserMessage } from '../messages/videoMessages';
import type { ItemError } from '../items/itemResult';
import type { Run } from '../orders/run';

/** A value that cannot be used; caught by `readPerItem`, or for the whole run by `execute`. */
export class UnusableValue extends Error {
	constructor(readonly userMessage: UserMessage) {
		super(userMessage.title);
	}
}

/** Ends the reading of an item. */
export function refuseValue(parameter: string, what: string, advice: string): never {
	throw new UnusableValue(inputMessage(parameter, what, advice));
}

function messageOf(error: unknown): UserMessage {
	if (error instanceof UnusableValue) return error.userMessage;
	const title = error instanceof Error ? error.message : 'A parameter could not be read';
	return { title, description: 'Check the expressions in this node’s parameters.' };
}

export interface ReadItems<T> {
	values: T[];
	messages: ItemError[];
}

/** Reads every item's parameters; items that cannot be used end as messages. Never throws. */
export async function readPerItem<T>(run: Run, read: (itemIndex: number) => T | Promise<T>): Promise<ReadItems<T>> {
	const result: ReadItems<T> = { values: [], messages: [] };
	for (const itemIndex of run.items.keys()) {
		try {
			result.values.push(await read(itemIndex));
		} catch (error) {
			result.messages.push({ kind: 'error', itemIndex, message: messageOf(error) });
		}
	}
	return result;
}

function rawParameter(run: Run, name: string, itemIndex: number): NodeParameterValueType | object | undefined {
	return run.context.getNodeParameter(name, itemIndex, undefined, { extractValue: true });
}

/** A text, trimmed; empty where nothing was given. */
export function textParameter(run: Run, name: string, itemIndex: number): string {
	const value = rawParameter(run, name, itemIndex);
	return value === undefined || value === null ? '' : String(value).trim();
}

/** What an object becomes in a text: Akool would animate these words, and charge for it. */
const OBJECT_IN_TEXT = '[object Object]';

function withoutObjects(text: string, displayName: string): string {
	if (!text.includes(OBJECT_IN_TEXT)) return text;
	return refuseValue(
		displayName,
		'holds an object where a text is needed',
		'Let the expression name the field of the object that holds the text.',
	);
}

/** A text that has to be there. */
export function requiredText(run: Run, name: string, displayName: string, itemIndex: number, advice: string): string {
	const text = withoutObjects(textParameter(run, name, itemIndex), displayName);
	return text === '' ? refuseValue(displayName, 'is empty', advice) : text;
}

export function booleanParameter(run: Run, name: string, itemIndex: number): boolean {
	const value = rawParameter(run, name, itemIndex);
	return value === true || value === 'true';
}

/** A number; a numeric text, as expressions often give it, counts. */
export function numberParameter(run: Run, name: string, displayName: string, itemIndex: number): number {
	return toNumber(rawParameter(run, name, itemIndex), displayName);
}

/** The IDs of the parameter Video IDs. */
export function videoIdsParameter(run: Run, itemIndex: number): VideoId[] {
	const outcome = parseVideoIds(run.context.getNodeParameter('videoIds', itemIndex, ''));
	if (outcome.kind === 'ids') return outcome.ids;
	throw new UnusableValue({ title: outcome.title, description: outcome.advice });
}

function toNumber(value: unknown, displayName: string): number {
	if (value === undefined || value === null || value === '')
		return refuseValue(displayName, 'is empty', 'Choose or enter a number.');
	const number = typeof value === 'string' ? Number(value) : value;
	if (typeof number === 'number' && Number.isFinite(number)) return number;
	return refuseValue(
		displayName,
		'is not a number',
		`It is ${JSON.stringify(value)}. Enter a number, or an expression that gives one.`,
	);
}

/** The collection Options of an item. */
export class Options {
	private readonly values: JsonRecord;

	constructor(run: Run, itemIndex: number) {
		const values: unknown = run.context.getNodeParameter('options', itemIndex, {});
		this.values = isRecord(values) ? values : {};
	}

	/** A text; undefined where the option is not set or empty. */
	text(name: string): string | undefined {
		const value = this.values[name];
		const text = value === undefined || value === null ? '' : String(value).trim();
		return text === '' ? undefined : text;
	}

	/** A text for Akool to work with; undefined where the option is not set or empty. */
	words(name: string, displayName: string): string | undefined {
		const text = this.text(name);
		return text === undefined ? undefined : withoutObjects(text, displayName);
	}

	boolean(name: string): boolean | undefined {
		const value = this.values[name];
		return value === undefined ? undefined : value === true || value === 'true';
	}

	/** A number of at least `minimum`; undefined where the option is not set. */
	number(name: string, displayName: string, minimum: number): number | undefined {
		const value = this.values[name];
		if (value === undefined || value === '') return undefined;
		const number = toNumber(value, displayName);
		if (number >= minimum) return number;
		return refuseValue(displayName, `is ${number}, which is too small`, `Use ${minimum} or more.`);
	}

	/** A limit: one that was set, but whose expression gives nothing, is refused, for without it the run would be without a limit. */
	limit(name: string, displayName: string): number | undefined {
		const value = Object.hasOwn(this.values, name) ? (this.values[name] ?? '') : undefined;
		if (value === '')
			refuseValue(displayName, 'is empty', 'Enter a number, check the expression, or remove the option.');
		return this.number(name, displayName, 1);
	}

	/** A JSON object, given as an object or as its text; empty where the option is not set. */
	object(name: string, displayName: string): JsonRecord {
		const value = this.values[name];
		if (value === undefined || value === '') return {};
		if (isRecord(value)) return value;
		try {
			const parsed: unknown = JSON.parse(String(value));
			if (isRecord(parsed)) return parsed;
		} catch {
			return refuseValue(displayName, 'is not valid JSON', 'Enter an object such as { "field": "value" }.');
		}
		return refuseValue(displayName, 'is not a JSON object', 'Enter an object such as { "field": "value" }.');
	}
}
