// The one place that turns parameter values into typed values or refusals, for the action node and the trigger. Rule: an unusable value becomes a
// message of its item, with the field's label, before anything is sent.

import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { fieldOf } from '../akool/json';
import { causeOf } from '../messages/causes';
import type { UserMessage } from '../messages/userMessage';
import { inputMessages } from '../messages/inputs';
import { withoutSecrets } from '../messages/redact';
import type { ItemError } from '../items/itemResult';
import type { Run } from '../orders/run';
import { UnusableValue, Values } from './values/values';

export { refuseValue, UnusableValue, valueOf, type Field, type Values } from './values/values';

function messageOf({ account }: Run, error: unknown): UserMessage {
	return error instanceof UnusableValue
		? error.userMessage
		: inputMessages.notRead(withoutSecrets(causeOf(error), account));
}

export interface ReadItems<T> {
	values: T[];
	messages: ItemError[];
}

/** Reads every item's parameters; items with unusable values become messages. Never throws. */
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

/** The parameters of an item. */
export function parametersOf({ context }: Pick<Run, 'context'>, itemIndex: number): Values {
	return new Values((name) => ({
		stored: context.getNodeParameter(name, itemIndex, null, { rawExpressions: true }) ?? undefined,
		value: () => context.getNodeParameter(name, itemIndex, null),
	}));
}

/** The entries of an item's collection Options; each is evaluated by itself, so that a message can name it. */
export function optionsOf({ context }: Pick<Run, 'context'>, itemIndex: number): Values {
	const stored: unknown = context.getNodeParameter('options', itemIndex, {}, { rawExpressions: true });
	return new Values((name) => ({
		stored: fieldOf(stored, name),
		value: () => context.getNodeParameter(`options.${name}`, itemIndex, null),
	}));
}

/** Fields that exist under Options and at the top level: a value under Options takes precedence. */
export function settingsOf(run: Pick<Run, 'context'>, itemIndex: number): Values {
	const options = optionsOf(run, itemIndex);
	const parameters = parametersOf(run, itemIndex);
	return new Values((name) => {
		const given = options.given(name);
		return given.stored === undefined ? parameters.given(name) : given;
	});
}

/** Values that hold for all items. @throws UnusableValue, on reading, if an expression gives the items different values */
export function valuesOfRun(
	run: Pick<Run, 'context' | 'items'>,
	valuesOfItem: (run: Pick<Run, 'context'>, itemIndex: number) => Values,
): Values {
	const first = valuesOfItem(run, 0);
	return new Values(
		(name) => first.given(name),
		() => [...run.items.keys()].slice(1).map((itemIndex) => valuesOfItem(run, itemIndex)),
	);
}

/** The parameters of the trigger, or the entries of its collection Options. */
export function triggerValues(context: IWebhookFunctions | IHookFunctions, prefix: 'options.' | '' = ''): Values {
	return new Values((name) => ({
		stored: context.getNodeParameter(`${prefix}${name}`, null, { rawExpressions: true }) ?? undefined,
		value: () => context.getNodeParameter(`${prefix}${name}`, null),
	}));
}
