// Reading requests and sending answers. Rule: Content-Length is always the true length, because a cut answer must look cut.
'use strict';

const MOST_BODY_BYTES = 4 * 1024 * 1024;

/**
 * @typedef {import('node:http').IncomingMessage} Incoming
 * @typedef {import('node:http').ServerResponse} Outgoing
 */

/** @param {Incoming} request @returns {Promise<string>} */
async function readText(request) {
	/** @type {Buffer[]} */
	const pieces = [];
	let bytes = 0;
	for await (const piece of request) {
		bytes += piece.length;
		if (bytes > MOST_BODY_BYTES) throw new RangeError('request body too large');
		pieces.push(piece);
	}
	return Buffer.concat(pieces).toString('utf8');
}

/** @param {string} text @returns {{ valid: boolean, value: unknown }} */
function parseJson(text) {
	if (text === '') return { valid: true, value: undefined };
	try {
		return { valid: true, value: JSON.parse(text) };
	} catch {
		return { valid: false, value: text };
	}
}

/** @param {Outgoing} response @param {number} status @param {string} type @param {string} body @param {Record<string, string>} [headers] */
function send(response, status, type, body, headers = {}) {
	response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers });
	response.end(body);
}

/** @param {Outgoing} response @param {number} status @param {unknown} value */
function sendJson(response, status, value) {
	send(response, status, 'application/json; charset=utf-8', JSON.stringify(value));
}

/** @param {Outgoing} response @param {number} status @param {string} text */
function sendPage(response, status, text) {
	send(response, status, 'text/html; charset=utf-8', `<!DOCTYPE html><html><body><h1>${text}</h1></body></html>`);
}

module.exports = { parseJson, readText, send, sendJson, sendPage };
