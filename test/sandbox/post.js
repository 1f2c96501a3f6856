// Sends one callback. Rule: never to a host other than this machine, whatever URL a test or a workflow carries; and never follows a redirect.
'use strict';

const http = require('node:http');

/** Invented, since no page names one; long enough for an n8n on a busy machine. */
const CALLBACK_TIMEOUT_MS = 180_000;

/** @param {string} url */
function isLoopback(url) {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	return protocol === 'http:' && (/^127(\.\d+){3}$/.test(hostname) || hostname === 'localhost' || hostname === '[::1]');
}

/**
 * @param {string} url a loopback URL @param {string} body @param {Set<http.ClientRequest>} open where the request is kept while it runs
 * @returns {Promise<number | null>} the HTTP status, or null when nobody answered in time
 */
function post(url, body, open) {
	return new Promise((resolve) => {
		const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
		const request = http.request(
			url,
			{ method: 'POST', agent: false, headers, timeout: CALLBACK_TIMEOUT_MS },
			(response) => {
				response.resume();
				resolve(response.statusCode ?? null);
			},
		);
		open.add(request);
		request.on('timeout', () => request.destroy());
		request.on('error', () => resolve(null));
		request.on('close', () => {
			open.delete(request);
			resolve(null);
		});
		request.end(body);
	});
}

module.exports = { isLoopback, post };
