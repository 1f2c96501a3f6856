// A local server that remembers all it is sent, and answers as a success of Akool's or with a redirect.

import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface EchoServer {
	port: number;
	url: string;
	/** Head and body of each request, as text. */
	seen: string[];
	headers: IncomingHttpHeaders[];
	/** Lets it redirect all requests; undefined: it answers them. */
	redirectTo: (location: string | undefined) => void;
	forget: () => void;
	close: () => Promise<void>;
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
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	return {
		port,
		url: `http://127.0.0.1:${port}`,
		seen,
		headers,
		redirectTo: (target) => void (location = target),
		forget: () => {
			location = undefined;
			seen.splice(0);
			headers.splice(0);
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
