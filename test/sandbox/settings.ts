// What can be turned on this sandbox, and the defaults. Rule: an unknown name or a wrong type is an error, never silently ignored.
import type { Settings } from './types';

const SEVEN_DAYS_SECONDS = 7 * 24 * 60 * 60;

export const DEFAULT_SETTINGS: Readonly<Settings> = Object.freeze({
	queueSeconds: 0.05,
	jobSeconds: 0.2,
	repeatCallbackSeconds: 0.2,
	callbackTries: 10,
	fileSeconds: SEVEN_DAYS_SECONDS,
	videoMiB: 0,
	shortOfCreditsCode: 1006,
	listEnabled: true,
	subscribed: true,
	refundFailed: false,
});

/** A number of zero or more; null stands for Infinity, which JSON cannot carry. */
export function amount(name: string, value: unknown) {
	if (value === null) return Infinity;
	if (typeof value !== 'number' || !(value >= 0)) throw new TypeError(`${name} must be a number of zero or more`);
	return value;
}

/** Settings with some of them changed. @throws {TypeError} */
export function withChanges(settings: Readonly<Settings>, changes: Record<string, unknown>): Settings {
	for (const name of Object.keys(changes)) {
		if (!(name in settings))
			throw new TypeError(`There is no setting "${name}". Known: ${Object.keys(settings).join(', ')}`);
	}
	const number = (name: string, current: number) =>
		changes[name] === undefined ? current : amount(name, changes[name]);
	const flag = (name: string, current: boolean) => {
		const value = changes[name] ?? current;
		if (typeof value !== 'boolean') throw new TypeError(`${name} must be true or false`);
		return value;
	};
	return {
		queueSeconds: number('queueSeconds', settings.queueSeconds),
		jobSeconds: number('jobSeconds', settings.jobSeconds),
		repeatCallbackSeconds: number('repeatCallbackSeconds', settings.repeatCallbackSeconds),
		callbackTries: number('callbackTries', settings.callbackTries),
		fileSeconds: number('fileSeconds', settings.fileSeconds),
		videoMiB: number('videoMiB', settings.videoMiB),
		shortOfCreditsCode: number('shortOfCreditsCode', settings.shortOfCreditsCode),
		listEnabled: flag('listEnabled', settings.listEnabled),
		subscribed: flag('subscribed', settings.subscribed),
		refundFailed: flag('refundFailed', settings.refundFailed),
	};
}
