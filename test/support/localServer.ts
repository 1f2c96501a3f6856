// Owns how a server of this machine listens and closes: for the sandbox, tests, scenarios and the bench. Rule: it listens on the loopback interface only,
// and once `close` has resolved no connection of it is left.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Server, Socket } from 'node:net';

export const HOST = '127.0.0.1';

export interface LocalServer {
	port: number;
	url: string;
	/** May be called more than once. */
	close: () => Promise<void>;
}

/**
 * @param port any free one unless given
 * @throws when the port is taken
 */
export async function listen(server: Server, port = 0): Promise<LocalServer> {
	const sockets = new Set<Socket>();
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	server.listen(port, HOST);
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The server listens nowhere.');
	let closing: Promise<unknown> | undefined;
	const close = async (): Promise<void> => {
		if (closing === undefined) {
			closing = once(server, 'close');
			server.close();
			for (const socket of sockets) socket.destroy();
		}
		await closing;
	};
	return { port: address.port, url: `http://${HOST}:${address.port}`, close };
}

/** Answers HTTP requests. What `answer` throws is answered too, with HTTP 500, so that the caller can show it. */
export async function serve(
	answer: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
	port?: number,
): Promise<LocalServer> {
	const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		try {
			await answer(request, response);
		} catch (error) {
			if (response.headersSent) response.destroy();
			else response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
		}
	};
	return await listen(
		createServer((request, response) => void respond(request, response)),
		port,
	);
}
