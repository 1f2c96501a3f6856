// Where Akool's calls come in: a server that hands each one to whoever stands for n8n, and answers as that one says. So the sandbox's calls go
// the whole way, and it repeats what is not answered 200 as it does with a real n8n.
'use strict';

const { once } = require('node:events');
const http = require('node:http');
const { readText } = require('../sandbox/http');

/** What n8n answers to a call for an execution that is still running. */
const HTTP_CONFLICT = 409;

async function openN8nDoor() {
	/** @type {((body: string) => Promise<number>) | undefined} */
	let handler;
	const server = http.createServer(async (request, response) => {
		const body = await readText(request);
		response.writeHead(handler === undefined ? HTTP_CONFLICT : await handler(body)).end('{}');
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	return {
		url: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`,
		/** Says who takes calls from here on; nobody: they come too early. @param {((body: string) => Promise<number>) | undefined} next */
		handBy(next) {
			handler = next;
		},
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

module.exports = { openN8nDoor };
