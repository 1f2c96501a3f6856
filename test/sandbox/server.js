// Takes requests in, logs them and finds who answers. Rules: every request but the sandbox's own is logged before anything can go wrong with
// it; unknown paths and methods are HTTP 404; an unknown caller is refused before the body is looked at.
'use strict';

const http = require('node:http');
const { answerAdmin, ADMIN_PREFIX } = require('./admin');
const { distort, isAccepted, strike } = require('./breakages');
const { asBody } = require('./checks');
const { Refusal, refusalAnswer } = require('./codes');
const { ENDPOINTS } = require('./endpoints');
const { answerFile } = require('./files');
const { parseJson, readText, sendJson, sendPage } = require('./http');
const { isRecord, splitIds } = require('./values');

/**
 * @typedef {import('./world').World} World
 * @typedef {import('./world').RequestEntry} RequestEntry
 * @typedef {import('./endpoints').Answer} Answer
 */

const FILES_PREFIX = '/files/';

/** @param {string} method @param {string} path */
function endpointName(method, path) {
	if (path.startsWith(FILES_PREFIX) && (method === 'GET' || method === 'HEAD')) return 'file';
	const found = Object.entries(ENDPOINTS).find(([, endpoint]) => endpoint.path === path && endpoint.method === method);
	return found?.[0] ?? 'unknown';
}

/**
 * The answer of an endpoint, refusals included.
 * @param {World} world @param {RequestEntry} entry @param {URLSearchParams} query
 * @param {import('./faults').Fault | undefined} fault @returns {Promise<Answer>}
 */
async function work(world, entry, query, fault) {
	const endpoint = ENDPOINTS[entry.endpoint];
	if (!endpoint) throw new TypeError(`no endpoint ${entry.endpoint}`);
	try {
		if (!endpoint.open) world.account.checkCaller(entry.headers);
		return await endpoint.answer({ world, body: asBody(entry.body), query, fault });
	} catch (error) {
		if (error instanceof Refusal) return refusalAnswer(error.code, error.message);
		throw error;
	}
}

/** Whether a request asks about one of these videos. @param {unknown} body @param {string[]} ids */
const namesOneOf = (body, ids) => isRecord(body) && splitIds(String(body['_ids'])).some((id) => ids.includes(id));

/** @param {World} world @param {RequestEntry} entry @param {URLSearchParams} query @param {http.ServerResponse} response */
async function answerEndpoint(world, entry, query, response) {
	const fault = world.faults.take(
		entry.endpoint,
		({ kind, ids }) => kind !== 'code' || ids === undefined || namesOneOf(entry.body, ids),
	);
	entry.fault = fault?.kind;
	if (fault?.kind === 'delay') await world.timers.wait(fault.ms ?? 0);
	if (fault?.kind === 'hold') await world.faults.hold();
	const answer = !fault || isAccepted(fault) ? await work(world, entry, query, fault) : undefined;
	if (fault && strike(fault, answer, response)) return;
	if (answer) sendJson(response, 200, fault ? distort(fault, answer) : answer);
}

/**
 * Finds who answers one logged request.
 * @param {World} world @param {RequestEntry} entry @param {URL} url
 * @param {boolean} valid whether the body was JSON @param {http.ServerResponse} response
 */
async function route(world, entry, url, valid, response) {
	const missing = entry.endpoint === 'unknown' || (entry.endpoint === 'list' && !world.settings.listEnabled);
	if (missing) return sendPage(response, 404, `Cannot ${entry.method} ${url.pathname}`);
	if (entry.endpoint === 'file') return answerFile(world, url.pathname, entry, response);
	if (!valid) return sendPage(response, 400, 'Bad Request');
	return answerEndpoint(world, entry, url.searchParams, response);
}

/** @param {World} world @param {http.IncomingMessage} request @param {http.ServerResponse} response */
async function handle(world, request, response) {
	const url = new URL(request.url ?? '/', world.url);
	const { method = 'GET', headers } = request;
	const { valid, value } = parseJson(await readText(request));
	if (url.pathname.startsWith(ADMIN_PREFIX)) return answerAdmin(world, method, url.pathname, value, response);
	/** @type {RequestEntry} */
	const entry = {
		endpoint: endpointName(method, url.pathname),
		method,
		path: url.pathname + url.search,
		headers,
		body: value,
		atMs: world.now(),
		answered: null,
	};
	world.requests.push(entry);
	await route(world, entry, url, valid, response);
	entry.answered = response.headersSent ? response.statusCode : (entry.fault ?? 'aborted');
}

/** Starts to listen on this machine only; sets world.url. @param {World} world @returns {Promise<http.Server>} */
function listen(world) {
	const server = http.createServer((request, response) => {
		handle(world, request, response).catch((error) => {
			if (response.headersSent || response.destroyed) return response.destroy();
			// A fault of the sandbox itself must be told apart from one that was asked for.
			return sendJson(response, 599, { sandboxError: String(error) });
		});
	});
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(world.port, '127.0.0.1', () => {
			const address = server.address();
			world.port = address !== null && typeof address === 'object' ? address.port : world.port;
			world.url = `http://127.0.0.1:${world.port}`;
			resolve(server);
		});
	});
}

module.exports = { listen };
