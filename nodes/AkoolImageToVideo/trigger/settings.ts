// Reads the trigger's settings. Expressions may give anything. Rule that must not regress: an unusable value is never read as another one;
// it prevents publishing, and a call that comes anyway is answered so that Akool repeats it.

import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import {
	DEFAULT_BINARY_FIELD,
	downloadOption,
	fileNameOption,
	outputBinaryField,
	outputFormIn,
} from '../actions/fields/output';
import { triggerValues, UnusableValue } from '../actions/parameters';
import type { OutputForm } from '../items/videoJson';
import { causeOf } from '../messages/causes';
import { triggerMessages } from '../messages/trigger';
import { DEFAULT_MAX_AGE_MINUTES, maximumAge, triggerOn, verifyWithAkool } from './fields';

export type TriggerEvent = 'completed' | 'failed' | 'progress';

export interface TriggerSettings {
	events: readonly TriggerEvent[];
	maxAgeMinutes: number;
	verifyByReading: boolean;
	/** The binary field for the file; undefined for no download. */
	binaryField: string | undefined;
	/** The file name; undefined to use the ID. */
	fileName: string | undefined;
	output: OutputForm;
}

export type SettingsOutcome =
	{ kind: 'settings'; settings: TriggerSettings } | { kind: 'unusable'; title: string; description: string };

type Context = IHookFunctions | IWebhookFunctions;

function isEvent(value: unknown): value is TriggerEvent {
	return value === 'completed' || value === 'failed' || value === 'progress';
}

/** Reads the trigger's parameters. @throws UnusableValue for one that cannot be used */
function read(context: Context): TriggerSettings {
	const events = triggerValues(context).choices(triggerOn)?.filter(isEvent) ?? [];
	if (events.length === 0) throw new UnusableValue(triggerMessages.noEvent());
	const options = triggerValues(context, 'options.');
	return {
		events,
		maxAgeMinutes: options.number(maximumAge) ?? DEFAULT_MAX_AGE_MINUTES,
		verifyByReading: options.boolean(verifyWithAkool) ?? true,
		binaryField:
			options.boolean(downloadOption) === true ? (options.text(outputBinaryField) ?? DEFAULT_BINARY_FIELD) : undefined,
		fileName: options.text(fileNameOption),
		output: outputFormIn(options),
	};
}

/** Reads the trigger's parameters, or says which one cannot be used. Never throws. */
export function readTriggerSettings(context: Context): SettingsOutcome {
	try {
		return { kind: 'settings', settings: read(context) };
	} catch (cause) {
		if (cause instanceof UnusableValue) return { kind: 'unusable', ...cause.userMessage };
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
