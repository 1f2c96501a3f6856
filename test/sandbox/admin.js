// The sandbox's own paths, for a test in another process and for a person with curl. Rule: nothing here is an Akool path, and nothing here is
// logged among the requests.
//
// GET  /__sandbox__/state                     address, keys, credits, settings, jobs, faults, callbacks
// GET  /__sandbox__/requests                  the log
// POST /__sandbox__/faults {on, kind, …}      DELETE /__sandbox__/faults     POST /__sandbox__/faults/letgo
// POST /__sandbox__/settings {jobSeconds, credits, listEnabled, …}
// POST /__sandbox__/jobs/<id>/finish {status: 3 | 4}     POST /__sandbox__/jobs/finish {status}
// POST /__sandbox__/callbacks {id, status, url, …}       a callback by hand; answers the HTTP statuses it met
// POST /__sandbox__/tokens/expire   POST /__sandbox__/files/expire   POST /__sandbox__/reset
'use strict';

const { change, finishAll, finishJob, leaks, viewJobs } = require('./controls');
const { sendJson } = require('./http');
const { isRecord } = require('./values');
const { resetWorld } = require('./world');

/** @typedef {import('./world').World} World */

const ADMIN_PREFIX = '/__sandbox__/';
const DONE = { done: true };

/** @param {World} world */
function state(world) {
	const { url, account, settings, faults, callbacks } = world;
	return {
		url,
		apiKey: account.apiKey,
		clientId: account.clientId,
		credits: account.credits,
		settings,
		jobs: viewJobs(world),
		faults: faults.all,
		callbacks: callbacks.log,
		leaks: leaks(world),
	};
}

/** @param {unknown} body @returns {body is import('./callbacks').CallbackOrder} */
function isCallbackOrder(body) {
	return isRecord(body) && typeof body['id'] === 'string' && typeof body['status'] === 'number';
}

/** @param {unknown} body @returns {number | undefined} */
function outcomeOf(body) {
	return isRecord(body) && typeof body['status'] === 'number' ? body['status'] : undefined;
}

/** @type {Readonly<Record<string, (world: World, body: unknown) => unknown>>} */
const ROUTES = {
	'GET state': state,
	'GET requests': (world) => world.requests,
	'POST faults': (world, body) => world.faults.add(body),
	'DELETE faults': (world) => (world.faults.clear(), DONE),
	'POST faults/letgo': (world) => (world.faults.letGo(), DONE),
	'POST settings': (world, body) => (change(world, isRecord(body) ? body : {}), world.settings),
	'POST jobs/finish': (world, body) => (finishAll(world, outcomeOf(body)), DONE),
	'POST callbacks': (world, body) => {
		if (!isCallbackOrder(body)) throw new TypeError('A callback needs "id" and "status"');
		return world.callbacks.sendCallback(body);
	},
	'POST tokens/expire': (world) => (world.account.expireTokens(), DONE),
	'POST files/expire': (world) => ((world.filesExpiredMs = world.now()), DONE),
	'POST reset': (world) => (resetWorld(world), DONE),
};

/** @param {string} method @param {string} path @returns {((world: World, body: unknown) => unknown) | undefined} */
function findRoute(method, path) {
	const id = method === 'POST' ? /^jobs\/([^/]+)\/finish$/.exec(path)?.[1] : undefined;
	if (id !== undefined) return (world, body) => (finishJob(world, id, outcomeOf(body)), DONE);
	return ROUTES[`${method} ${path}`];
}

/** @param {World} world @param {string} method @param {string} path @param {unknown} body @param {import('node:http').ServerResponse} response */
async function answerAdmin(world, method, path, body, response) {
	const route = findRoute(method, path.slice(ADMIN_PREFIX.length));
	if (!route) return sendJson(response, 404, { error: `The sandbox has no ${method} ${path}` });
	try {
		return sendJson(response, 200, await route(world, body));
	} catch (error) {
		return sendJson(response, 400, { error: error instanceof Error ? error.message : String(error) });
	}
}

module.exports = { ADMIN_PREFIX, answerAdmin };
