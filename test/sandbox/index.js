// An Akool that runs on this machine: same answers, same refusals, same callbacks, and every fault on request. Rule: it says no more than the
// vendor's documentation says; what had to be invented is marked "invented" where it stands.
'use strict';

const { change, countRequests, finishAll, finishJob, leaks, viewJobs } = require('./controls');
const { listen } = require('./server');
const { makeWorld, resetWorld } = require('./world');

/**
 * @typedef {Awaited<ReturnType<typeof startSandbox>>} Sandbox
 * @typedef {import('./world').SandboxOptions} SandboxOptions
 */

/**
 * Starts a sandbox.
 * @param {SandboxOptions} [options] see settings.js; also port (0: any free one), credits, apiKey, clientId, now
 * @throws when the port is taken
 */
async function startSandbox(options = {}) {
	const world = makeWorld(options);
	let server = await listen(world);
	/** @returns {Promise<void>} */
	const stopListening = () =>
		new Promise((resolve) => {
			server.close(() => resolve());
			server.closeAllConnections();
		});
	return {
		/** Also the base of every file's address. */
		url: world.url,
		apiKey: world.account.apiKey,
		clientId: world.account.clientId,
		get credits() {
			return world.account.credits;
		},
		set credits(credits) {
			change(world, { credits });
		},
		get settings() {
			return world.settings;
		},
		get jobs() {
			return viewJobs(world);
		},
		get requests() {
			return world.requests;
		},
		get callbacks() {
			return world.callbacks.log;
		},
		get faults() {
			return world.faults.all;
		},
		/** Requests for files that carried a key. */
		get leaks() {
			return leaks(world);
		},
		/** @param {string} name */
		countRequests: (name) => countRequests(world, name),
		/** @param {import('./faults').FaultOptions} fault @returns the fault, whose `hits` count */
		addFault: (fault) => world.faults.add(fault),
		clearFaults: () => world.faults.clear(),
		/** Answers what a fault of the kind `hold` has held until now. */
		letGo: () => world.faults.letGo(),
		/** @param {Record<string, unknown>} changes settings, and credits */
		change: (changes) => change(world, changes),
		/** @param {string} id @param {3 | 4} [status] */
		finishJob: (id, status) => finishJob(world, id, status),
		/** @param {3 | 4} [status] */
		finishAll: (status) => finishAll(world, status),
		/** @param {import('./callbacks').CallbackOrder} order @returns the HTTP status of each copy */
		sendCallback: (order) => world.callbacks.sendCallback(order),
		/** The body of a callback, sealed but not sent. @param {import('./callbacks').CallbackOrder} order */
		sealCallback: (order) => world.callbacks.seal(order),
		expireTokens: () => world.account.expireTokens(),
		expireFiles: () => {
			world.filesExpiredMs = world.now();
		},
		/** Jobs, faults, logs, tokens, credits; settings stay. */
		reset: () => resetWorld(world),
		/** From here on connections are refused; everything else stays as it is. */
		shut: stopListening,
		/** Listens again, at the same address. */
		open: async () => {
			server = await listen(world);
		},
		close: async () => {
			resetWorld(world);
			await stopListening();
		},
	};
}

module.exports = { startSandbox };
