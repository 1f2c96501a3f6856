// What the user set on the trigger, read. Expressions may give anything. Rule that must not regress: what cannot be used is never taken for another value;
// it keeps the workflow from being published, and a call that comes all the same is not used up.

import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { DEFAULT_BINARY_FIELD } from '../actions/fields/output';
import { fieldOf, isRecord, jsonText, textOf } from '../akool/json';
import type { OutputForm } from '../items/videoJson';
import { causeOf } from '../messages/causes';
import { triggerMessages } from '../messages/trigger';

export type TriggerEvent = 'completed' | 'failed' | 'progress';

export const DEFAULT_MAX_AGE_MINUTES = 1440;

export interface TriggerSettings {
	events: readonly TriggerEvent[];
	maxAgeMinutes: number;
	verifyByReading: boolean;
	/** Where the file goes; undefined: no download. */
	binaryField: string | undefined;
	output: OutputForm;
}

export type SettingsOutcome =
	{ kind: 'settings'; settings: TriggerSettings } | { kind: 'unusable'; title: string; description: string };

type Context = IHookFunctions | IWebhookFunctions;

function isEvent(value: unknown): value is TriggerEvent {
	return value === 'completed' || value === 'failed' || value === 'progress';
}

/** A list, or a text that is one: JSON, or words with commas between. */
function listed(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	if (typeof value !== 'string') return [value];
	const text = value.trim();
	if (text === '') return [];
	if (!text.startsWith('[')) return text.split(',').map((word) => word.trim());
	try {
		const list: unknown = JSON.parse(text);
		return Array.isArray(list) ? list : [value];
	} catch {
		return [value];
	}
}

/** Reads the trigger's parameters. @throws what n8n throws where an expression cannot be evaluated */
function read(context: Context): SettingsOutcome {
	const chosen: unknown = context.getNodeParameter('triggerOn', []);
	const events = listed(chosen);
	const stranger = events.find((event) => !isEvent(event));
	if (stranger !== undefined || events.length === 0)
		return { kind: 'unusable', ...triggerMessages.unknownEvent(jsonText(stranger ?? chosen)) };

	const given: unknown = context.getNodeParameter('options', {});
	const options = isRecord(given) ? given : {};
	const maxAge = fieldOf(options, 'maxAgeMinutes') ?? DEFAULT_MAX_AGE_MINUTES;
	const maxAgeMinutes = typeof maxAge === 'string' && maxAge.trim() !== '' ? Number(maxAge) : maxAge;
	if (typeof maxAgeMinutes !== 'number' || !(maxAgeMinutes >= 0))
		return { kind: 'unusable', ...triggerMessages.unusableAge(jsonText(maxAge)) };

	return {
		kind: 'settings',
		settings: {
			events: events.filter(isEvent),
			maxAgeMinutes,
			verifyByReading: fieldOf(options, 'verifyByReading') !== false,
			binaryField:
				fieldOf(options, 'downloadVideo') === true
					? (textOf(options, 'outputBinaryField') ?? DEFAULT_BINARY_FIELD)
					: undefined,
			output: textOf(options, 'output') === 'raw' ? 'raw' : 'simplified',
		},
	};
}

/** Reads the trigger's parameters, or says which one cannot be used. Never throws. */
export function readTriggerSettings(context: Context): SettingsOutcome {
	try {
		return read(context);
	} catch (cause) {
		return { kind: 'unusable', ...triggerMessages.expressionFails(causeOf(cause)) };
	}
}

/** The event that a status is; undefined for a status that no page lists. */
export function eventOf(status: number | undefined): TriggerEvent | undefined {
	switch (status) {
		case 1:
		case 2:
			return 'progress';
		case 3:
			return 'completed';
		case 4:
			return 'failed';
		default:
			return undefined;
	}
}
