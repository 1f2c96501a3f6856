// The result of reading a parameter value. Expressions may give anything, so no value is assumed to have its field's type. Rule: an unusable value
// is refused with its parameter's name; it never silently becomes another one.

import { isRecord } from '../../akool/json';
import type { UserMessage } from '../../messages/userMessage';
import { inputMessages } from '../../messages/inputs';

export type Reading<T> = { kind: 'value'; value: T } | { kind: 'absent' } | { kind: 'refused'; message: UserMessage };

export const ABSENT: Reading<never> = { kind: 'absent' };

export function valueIs<T>(value: T): Reading<T> {
	return { kind: 'value', value };
}

export function refused(message: UserMessage): Reading<never> {
	return { kind: 'refused', message };
}

/** Continues with a value if there is one. */
export function onValue<T, R>(reading: Reading<T>, next: (value: T) => Reading<R>): Reading<R> {
	return reading.kind === 'value' ? next(reading.value) : reading;
}

/** The value of a resource locator; any other value unchanged. */
function located(value: unknown): unknown {
	return isRecord(value) && '__rl' in value ? value.value : value;
}

/** The one value that was given: a list of one counts as what is in it, an empty list as nothing. */
export function readSingle(parameter: string, given: unknown): Reading<unknown> {
	const value = located(given);
	if (value === undefined || value === null) return ABSENT;
	if (!Array.isArray(value)) return valueIs(value);
	const entries = value.filter((entry) => entry !== undefined && entry !== null);
	if (entries.length === 0) return ABSENT;
	const [first] = entries;
	return entries.length === 1 ? readSingle(parameter, first) : refused(inputMessages.severalValues(parameter, value));
}
