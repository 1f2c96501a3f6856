// The one place that turns what n8n gives into a typed value or a refusal, for the action node and the trigger alike. Rule: what cannot be used becomes a
// message of its item, by the name that the field shows, before anything is sent.

import type { IHookFunctions, INodeProperties, IWebhookFunctions } from 'n8n-workflow';

import { fieldOf, isRecord, type JsonRecord } from '../akool/json';
import { causeOf } from '../messages/causes';
import { parameterMessage, type UserMessage } from '../messages/define';
import { inputMessages } from '../messages/inputs';
import { withoutLinkSecrets, withoutSecrets } from '../messages/redact';
import type { ItemError } from '../items/itemResult';
import type { Run } from '../orders/run';
import { readChoices, readFieldNames, readObject } from './values/collections';
import { refused, valueIs, type Reading } from './values/reading';
import { readBoolean, readChoice, readNumber, type Choice, type NumberRule } from './values/scalars';
import { readText } from './values/text';

/** A value that cannot be used; caught by `readPerItem`, or for the whole run by `execute`. */
export class UnusableValue extends Error {
	constructor(readonly userMessage: UserMessage) {
		super(userMessage.title);
	}
}

/** Ends the reading of an item. */
export function refuseValue(parameter: string, what: string, advice: string): never {
	throw new UnusableValue(parameterMessage(parameter, what, advice));
}

/** What a reading gives, undefined where nothing was given. @throws UnusableValue for what cannot be used */
export function valueOf<T>(reading: Reading<T>): T | undefined {
	if (reading.kind === 'refused') throw new UnusableValue(reading.message);
	return reading.kind === 'value' ? reading.value : undefined;
}

function messageOf({ account }: Run, error: unknown): UserMessage {
	return error instanceof UnusableValue
		? error.userMessage
		: inputMessages.notRead(withoutSecrets(causeOf(error), account));
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
			result.messages.push({ kind: 'error', itemIndex, message: messageOf(run, error) });
		}
	}
	return result;
}

/** What there is to know of a field to read it: its description in the editor. */
export type Field = Pick<INodeProperties, 'displayName' | 'name' | 'options' | 'typeOptions'>;

function choicesOf({ options = [] }: Field): Choice[] {
	return options.flatMap((option) => ('value' in option ? [{ name: option.name, value: option.value }] : []));
}

interface Given {
	/** As n8n stores it, before any expression is evaluated; undefined where nothing is stored. */
	stored: unknown;
	/** What it comes out as for the item. */
	value(): unknown;
}

const isExpression = (stored: unknown): boolean =>
	isRecord(stored) ? isExpression(stored.value) : typeof stored === 'string' && stored.startsWith('=');

/** Values of one item, or of one collection of an item. A method gives undefined where nothing was given, and throws UnusableValue for the rest. */
export class Values {
	constructor(private readonly find: (name: string) => Given) {}

	given(name: string): Given {
		return this.find(name);
	}

	/** Says whether something is stored, if only an expression that gives nothing. */
	has({ name }: Field): boolean {
		return this.find(name).stored !== undefined;
	}

	/** As it comes out, whatever it is. */
	any(field: Field): unknown {
		return valueOf(this.reading(field));
	}

	private reading({ name, displayName }: Field): Reading<unknown> {
		try {
			return valueIs(this.find(name).value());
		} catch (error) {
			return refused(inputMessages.expressionFailed(displayName, withoutLinkSecrets(causeOf(error))));
		}
	}

	text(field: Field): string | undefined {
		return valueOf(readText(field.displayName, this.any(field)));
	}

	boolean(field: Field): boolean | undefined {
		return valueOf(readBoolean(field.displayName, this.any(field)));
	}

	/** A number within the field's own limits. */
	number(field: Field, rule: NumberRule = {}): number | undefined {
		const { minValue: minimum, maxValue: maximum } = field.typeOptions ?? {};
		return valueOf(readNumber(field.displayName, this.any(field), { minimum, maximum, ...rule }));
	}

	/** A limit: one that is set, but whose expression gives nothing, is refused, for without it the run would be without a limit. */
	limit(field: Field): number | undefined {
		if (!this.has(field)) return undefined;
		return this.required(this.number(field), field, 'Enter a number, check the expression, or remove the option.');
	}

	/** One of the field's choices, as its value. */
	choice(field: Field): Choice['value'] | undefined {
		return valueOf(readChoice(field.displayName, this.any(field), choicesOf(field)));
	}

	/** Several of the field's choices. */
	choices(field: Field): Array<Choice['value']> | undefined {
		return valueOf(readChoices(field.displayName, this.any(field), choicesOf(field)));
	}

	/** Names of fields of Akool's. */
	fieldNames(field: Field): string[] | undefined {
		return valueOf(readFieldNames(field.displayName, this.any(field)));
	}

	/** A JSON object; an empty one where nothing was given. */
	object(field: Field): JsonRecord {
		return valueOf(readObject(field.displayName, this.any(field))) ?? {};
	}

	/** A value that has to be there. */
	required<T>(value: T | undefined, { name, displayName }: Field, advice: string): T {
		if (value !== undefined) return value;
		throw new UnusableValue(inputMessages.empty(displayName, isExpression(this.find(name).stored), advice));
	}

	requiredText(field: Field, advice: string): string {
		return this.required(this.text(field), field, advice);
	}

	/** A switch; off where n8n stores nothing, since the field is not shown. An expression has to give something. */
	flag(field: Field): boolean {
		return this.has(field) && this.required(this.boolean(field), field, 'Use true or false.');
	}
}

/** The parameters of an item. */
export function parametersOf({ context }: Pick<Run, 'context'>, itemIndex: number): Values {
	return new Values((name) => ({
		stored: context.getNodeParameter(name, itemIndex, null, { rawExpressions: true }) ?? undefined,
		value: () => context.getNodeParameter(name, itemIndex, null),
	}));
}

/** The entries of the collection Options of an item; each is evaluated on its own, so that a message can name it. */
export function optionsOf({ context }: Pick<Run, 'context'>, itemIndex: number): Values {
	const stored: unknown = context.getNodeParameter('options', itemIndex, {}, { rawExpressions: true });
	return new Values((name) => ({
		stored: fieldOf(stored, name),
		value: () => context.getNodeParameter(`options.${name}`, itemIndex, null),
	}));
}

/** Fields that have a home among the options and one at the top level: what stands in Options counts first. */
export function settingsOf(run: Pick<Run, 'context'>, itemIndex: number): Values {
	const options = optionsOf(run, itemIndex);
	const parameters = parametersOf(run, itemIndex);
	return new Values((name) => {
		const given = options.given(name);
		return given.stored === undefined ? parameters.given(name) : given;
	});
}

/** The parameters of the trigger, or the entries of its collection Options. */
export function triggerValues(context: IWebhookFunctions | IHookFunctions, prefix: 'options.' | '' = ''): Values {
	return new Values((name) => ({
		stored: context.getNodeParameter(`${prefix}${name}`, null, { rawExpressions: true }) ?? undefined,
		value: () => context.getNodeParameter(`${prefix}${name}`, null),
	}));
}
