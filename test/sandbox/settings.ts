// The settings of the sandbox, and their defaults. Rule: an unknown name or a wrong type is an error, never silently ignored.
import { isRecord } from './values';
import type { JobKind, PriceRule, Settings } from './types';

const SEVEN_DAYS_SECONDS = 7 * 24 * 60 * 60;
const JOB_KINDS: readonly unknown[] = ['create', 'batch', 'audio'] satisfies JobKind[];

export const DEFAULT_SETTINGS: Readonly<Settings> = Object.freeze({
	queueSeconds: 0.05,
	jobSeconds: 0.2,
	resultLagSeconds: 0,
	repeatCallbackSeconds: 0.2,
	callbackTries: 3,
	progressCallbacks: 0,
	callbackApiKey: '',
	callbackClientId: '',
	fileSeconds: SEVEN_DAYS_SECONDS,
	fileLagSeconds: 0,
	fileLagStatus: 404,
	videoMiB: 0,
	imageVideos: false,
	fetchInputs: false,
	fetchAfterSeconds: 0,
	prices: [],
	shortOfCreditsCode: 1006,
	balanceLagSeconds: 0,
	lockCredit: null,
	ordersPerMinute: Infinity,
	runningJobs: Infinity,
	listEnabled: true,
	listCode: 1000,
	listLagSeconds: 0,
	extraModels: [],
	subscribed: true,
	refundFailed: false,
	failureField: '',
	failureReason: 'content was flagged by our moderation system',
});

/** A number of zero or more; null stands for Infinity, which JSON cannot carry. */
export function amount(name: string, value: unknown): number {
	if (value === null) return Infinity;
	if (typeof value !== 'number' || !(value >= 0)) throw new TypeError(`${name} must be a number of zero or more`);
	return value;
}

function flag(name: string, value: unknown): boolean {
	if (typeof value !== 'boolean') throw new TypeError(`${name} must be true or false`);
	return value;
}

function text(name: string, value: unknown): string {
	if (typeof value !== 'string') throw new TypeError(`${name} must be a text`);
	return value;
}

function list(name: string, value: unknown): unknown[] {
	if (!Array.isArray(value)) throw new TypeError(`${name} must be a list`);
	return value;
}

const amountOrNull = (name: string, value: unknown) => (value === null ? null : amount(name, value));

function isPriceRule(rule: unknown): rule is PriceRule {
	if (!isRecord(rule) || typeof rule['credits'] !== 'number') return false;
	const isFit = rule['on'] === undefined || JOB_KINDS.includes(rule['on']);
	return isFit && (rule['match'] === undefined || isRecord(rule['match']));
}

function priceRules(name: string, value: unknown): PriceRule[] {
	if (!Array.isArray(value) || !value.every(isPriceRule)) {
		throw new TypeError(`${name} must be a list of { credits, on, match, from, to, said, later }`);
	}
	return value;
}

const READERS: { readonly [Name in keyof Settings]: (name: string, value: unknown) => Settings[Name] } = {
	queueSeconds: amount,
	jobSeconds: amount,
	resultLagSeconds: amount,
	repeatCallbackSeconds: amount,
	callbackTries: amount,
	progressCallbacks: amount,
	callbackApiKey: text,
	callbackClientId: text,
	fileSeconds: amount,
	fileLagSeconds: amount,
	fileLagStatus: amount,
	videoMiB: amount,
	imageVideos: flag,
	fetchInputs: flag,
	fetchAfterSeconds: amount,
	prices: priceRules,
	shortOfCreditsCode: amount,
	balanceLagSeconds: amount,
	lockCredit: amountOrNull,
	ordersPerMinute: amount,
	runningJobs: amount,
	listEnabled: flag,
	listCode: amount,
	listLagSeconds: amount,
	extraModels: list,
	subscribed: flag,
	refundFailed: flag,
	failureField: text,
	failureReason: (_name, value) => value,
};

const isSetting = (name: string): name is keyof Settings => Object.hasOwn(READERS, name);

function withChange<Name extends keyof Settings>(settings: Settings, name: Name, value: unknown): void {
	settings[name] = READERS[name](name, value);
}

/** Settings with some of them changed; what is undefined stays. @throws {TypeError} */
export function withChanges(settings: Readonly<Settings>, changes: Record<string, unknown>): Settings {
	const changed = { ...settings };
	for (const [name, value] of Object.entries(changes)) {
		if (!isSetting(name)) {
			throw new TypeError(`There is no setting "${name}". Known: ${Object.keys(READERS).join(', ')}`);
		}
		if (value !== undefined) withChange(changed, name, value);
	}
	return changed;
}
