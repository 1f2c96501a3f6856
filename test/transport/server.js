// A server of this machine that answers as a test wants, and writes down what was asked of it.
'use strict';

const http = require('node:http');

/** @param {(path: string) => { status: number, headers?: Record<string, string>, body?: string }} answer */
async function serve(answer) {
	/** @type {string[]} */
	const asked = [];
	const server = http.createServer(({ url = '' }, response) => {
		asked.push(url);
		const { status, headers, body } = answer(url);
		response.writeHead(status, headers).end(body);
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const address = server.address();
	const port = address !== null && typeof address === 'object' ? address.port : 0;
	return {
		url: `http://localhost:${port}`,
		/** The paths of all requests. */
		asked,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

module.exports = { serve };
