// Stands where n8n's requests leave this machine, and answers instead of whoever they are for. Everything above it is n8n's own: the credential, its
// token, the errors. Rule: what nobody answers is written down, for the test to fail by; to the package it is a connection that broke off.
'use strict';

require('../integration/n8n');
const { OutboundHttp } = require('@n8n/backend-network');
const { Container } = require('@n8n/di');

/**
 * @typedef {import('n8n-workflow').IHttpRequestOptions} Request
 * @typedef {object} Answer as n8n's full response has it
 * @property {number} statusCode @property {object} headers @property {unknown} body
 */

/**
 * Answers every request from here to the end of the test.
 * @param {(request: Request, send: () => Promise<unknown>) => Answer | Promise<unknown> | undefined} answerTo `send` lets a request go where it wants to go
 * @returns {string[]} the addresses of those that nobody answered
 */
function answerRequests(answerTo) {
	/** @type {string[]} */
	const unanswered = [];
	const outbound = Container.get(OutboundHttp);
	const real = OutboundHttp.prototype.requests.call(outbound);
	/** @param {Request} request */
	const request = async (request) => {
		const answer = answerTo(request, async () => await real.request(request));
		if (answer !== undefined) return await answer;
		unanswered.push(`${request.baseURL ?? ''}${request.url}`);
		throw new Error('nobody answers');
	};
	Object.assign(outbound, { requests: () => ({ request }) });
	return unanswered;
}

afterEach(() => Reflect.deleteProperty(Container.get(OutboundHttp), 'requests'));

module.exports = { answerRequests };
