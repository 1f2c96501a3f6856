// Reads parameter values by their field descriptions. Rule: an unusable value is refused with the field's name; so are different
// values where one has to hold for all items.

import { isEqual } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import { isRecord, type JsonRecord } from '../../akool/json';
import { causeOf } from '../../messages/causes';
import { parameterMessage, type UserMessage } from '../../messages/userMessage';
import { inputMessages } from '../../messages/inputs';
import { withoutLinkSecrets } from '../../messages/redact';
import { readChoices, readFieldNames, readObject } from './collections';
import { refused, valueIs, type Reading } from './reading';
import { readBoolean, readChoice, readNumber, type Choice, type NumberRule } from './scalars';
import { readText } from './text';

/** An unusable value; caught by `readPerItem`, or for the whole run by `execute`. */
export class UnusableValue extends Error {
	constructor(readonly userMessage: UserMessage) {
		super(userMessage.title);
	}
}

/** Ends the reading of an item. @throws UnusableValue */
export function refuseValue(parameter: string, what: string, advice: string): never {
	throw new UnusableValue(parameterMessage(parameter, what, advice));
}

/** The value of a reading, undefined where nothing was given. @throws UnusableValue for a refusal */
export function valueOf<T>(reading: Reading<T>): T | undefined {
	if (reading.kind === 'refused') throw new UnusableValue(reading.message);
	return reading.kind === 'value' ? reading.value : undefined;
}

/** The part of a field's description that reading needs. */
export type Field = Pick<INodeProperties, 'displayName' | 'name' | 'options' | 'typeOptions'>;

function choicesOf({ options = [] }: Field): Choice[] {
	return options.flatMap((option) => ('value' in option ? [{ name: option.name, value: option.value }] : []));
}

interface Given {
	/** The stored value, before expressions are evaluated; undefined where nothing is stored. */
	stored: unknown;
	/** The evaluated value for the item. */
	value(): unknown;
}

function isExpression(stored: unknown): boolean {
	if (Array.isArray(stored)) return stored.some(isExpression);
	return isRecord(stored) ? isExpression(stored.value) : typeof stored === 'string' && stored.startsWith('=');
}

/** Values of one item, or of one collection of an item. A method gives undefined where nothing was given, and throws UnusableValue for the rest. */
export class Values {
	/** @param others the values of the other items, where one value is to hold for all */
	constructor(
		private readonly find: (name: string) => Given,
		private readonly others: () => Values[] = () => [],
	) {}

	given(name: string): Given {
		return this.find(name);
	}

	/** Whether something is stored, even an expression that gives nothing. */
	has({ name }: Field): boolean {
		return this.find(name).stored !== undefined;
	}

	/** The evaluated value, of any type. */
	any(field: Field): unknown {
		const value = valueOf(this.reading(field));
		// A value without an expression is the same for all items.
		const others = isExpression(this.find(field.name).stored) ? this.others() : [];
		for (const [index, other] of others.entries()) {
			const another = other.any(field);
			if (isEqual(another, value)) continue;
			throw new UnusableValue(inputMessages.differs(field.displayName, value, another, index + 1));
		}
		return value;
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

	/** A limit. One that is set, but whose expression gives nothing, is refused, since the run would have no limit. */
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

	/** Names of Akool's fields. */
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

	/** A boolean; false where n8n stores nothing because the field is not shown. An expression has to give a value. */
	flag(field: Field): boolean {
		return this.has(field) && this.required(this.boolean(field), field, 'Use true or false.');
	}
}
