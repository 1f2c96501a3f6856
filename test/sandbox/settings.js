// What can be turned on this sandbox, and the defaults. Rule: an unknown name or a wrong type is an error, never silently ignored.
'use strict';

/**
 * @typedef {object} Settings
 * @property {number} queueSeconds time in status 1; Infinity (null over JSON) = stays there
 * @property {number} jobSeconds time in status 2 after the queue; Infinity = until finishJob
 * @property {number} repeatCallbackSeconds pause before a callback that was not answered 200 is sent again
 * @property {number} callbackTries how often one callback is sent at most
 * @property {number} fileSeconds how long a finished video can be fetched
 * @property {number} videoMiB size of finished videos; 0 = the small real sample
 * @property {number} shortOfCreditsCode 1006 or 1104: both are documented, so both must be understood
 * @property {boolean} listEnabled whether the undocumented list of videos exists
 * @property {boolean} subscribed false = a free account: 10 seconds, premium and paid models are refused with 1213
 * @property {boolean} refundFailed whether a failed video gives its credits back
 */

const SEVEN_DAYS_SECONDS = 7 * 24 * 60 * 60;

/** @type {Readonly<Settings>} */
const DEFAULT_SETTINGS = Object.freeze({
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

/** A number of zero or more; null stands for Infinity, which JSON cannot carry. @param {string} name @param {unknown} value */
function amount(name, value) {
	if (value === null) return Infinity;
	if (typeof value !== 'number' || !(value >= 0)) throw new TypeError(`${name} must be a number of zero or more`);
	return value;
}

/**
 * Settings with some of them changed.
 * @param {Readonly<Settings>} settings @param {Record<string, unknown>} changes @returns {Settings} @throws {TypeError}
 */
function withChanges(settings, changes) {
	for (const name of Object.keys(changes)) {
		if (!(name in settings))
			throw new TypeError(`There is no setting "${name}". Known: ${Object.keys(settings).join(', ')}`);
	}
	/** @param {string} name @param {number} current */
	const number = (name, current) => (changes[name] === undefined ? current : amount(name, changes[name]));
	/** @param {string} name @param {boolean} current */
	const flag = (name, current) => {
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

module.exports = { DEFAULT_SETTINGS, amount, withChanges };
