// A local server that remembers all it is sent, and answers as a success of Akool's or with a redirect.

import { createServer, type IncomingHttpHeaders } from 'node:http';

import { listen, type LocalServer } from '../support/localServer';

export interface EchoServer extends LocalServer {
	/** Head and body of each request, as text. */
	seen: string[];
	headers: IncomingHttpHeaders[];
	/** Lets it redirect all requests; undefined: it answers them. */
	redirectTo: (location: string | undefined) => void;
	forget: () => void;
}

export async function openEchoServer(): Promise<EchoServer> {
	const seen: string[] = [];
	const headers: IncomingHttpHeaders[] = [];
	let location: string | undefined;
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks).toString();
			seen.push(`${request.method} ${request.url} ${request.rawHeaders.join(' ')} ${body}`);
			headers.push(request.headers);
			if (location !== undefined) response.writeHead(307, { location }).end();
			else response.writeHead(200, { 'content-type': 'application/json' }).end('{"code":1000,"data":{}}');
		});
	});
	// Who is taken for a proxy is asked with CONNECT.
	server.on('connect', (request, socket) => {
		seen.push(`CONNECT ${request.url} ${request.rawHeaders.join(' ')}`);
		socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
	});
	const local = await listen(server);
	return {
		...local,
		seen,
		headers,
		redirectTo: (target) => void (location = target),
		forget: () => {
			location = undefined;
			seen.splice(0);
			headers.splice(0);
		},
	};
}
