// Where Akool's calls come in: a server that hands each one to whoever stands for n8n, and answers as that one says. So the sandbox's calls go
// the whole way, and it repeats what is not answered 200 as it does with a real n8n.
import { once } from 'node:events';
import http from 'node:http';
import { readText } from '../sandbox/http';

/** What n8n answers to a call for an execution that is still running. */
const HTTP_CONFLICT = 409;

export async function openN8nDoor() {
	let handler: ((body: string) => Promise<number>) | undefined;
	const answer = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
		const body = await readText(request);
		response.writeHead(handler === undefined ? HTTP_CONFLICT : await handler(body)).end('{}');
	};
	const server = http.createServer((request, response) => void answer(request, response));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	return {
		url: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`,
		/** Says who takes calls from here on; nobody: they come too early. */
		handBy(next: ((body: string) => Promise<number>) | undefined) {
			handler = next;
		},
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
