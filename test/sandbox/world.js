// Everything that one sandbox consists of, made in one place. Rule: one clock for all of it, so that times in answers, logs and callbacks agree.
'use strict';

const { Account } = require('./account');
const { Callbacks } = require('./callbacks');
const { FaultBook } = require('./faults');
const { Jobs } = require('./jobs');
const { DEFAULT_SETTINGS, withChanges } = require('./settings');
const { Timers } = require('./timers');

/**
 * @typedef {object} RequestEntry one request as it came in
 * @property {string} endpoint a name of faults.js, or 'unknown'
 * @property {string} method @property {string} path with the query @property {import('node:http').IncomingHttpHeaders} headers
 * @property {unknown} body parsed JSON, else the text @property {number} atMs
 * @property {number | string | null} answered the HTTP status; the fault's kind where none was sent; null while it runs
 * @property {string} [fault] the kind of the fault that struck
 *
 * @typedef {{ port?: number, credits?: number, apiKey?: string, clientId?: string, now?: () => number }} StartOptions
 * @typedef {Partial<import('./settings').Settings> & StartOptions} SandboxOptions
 * @typedef {ReturnType<typeof makeParts>} Parts
 * @typedef {Parts & { callbacks: Callbacks }} World
 */

/** @param {SandboxOptions} options */
function makeParts({ now = Date.now, apiKey, clientId, credits, port, ...changes }) {
	return {
		now,
		/** Where it listens; a port of 0 becomes a real one in server.js. */
		port: port ?? 0,
		url: '',
		account: new Account({ apiKey, clientId, credits }),
		settings: withChanges(DEFAULT_SETTINGS, changes),
		timers: new Timers(),
		jobs: new Jobs(),
		faults: new FaultBook(),
		/** @type {RequestEntry[]} */
		requests: [],
		/** Videos finished at or before this moment are gone. */
		filesExpiredMs: -Infinity,
	};
}

/** @param {SandboxOptions} options @returns {World} */
function makeWorld(options) {
	const parts = makeParts(options);
	return Object.assign(parts, { callbacks: new Callbacks(parts) });
}

/** Back to a fresh account; the settings stay as they were set. @param {World} world */
function resetWorld(world) {
	world.timers.clear();
	world.callbacks.reset();
	world.jobs.reset();
	world.faults.reset();
	world.account.reset();
	world.requests = [];
	world.filesExpiredMs = -Infinity;
}

module.exports = { makeWorld, resetWorld };
