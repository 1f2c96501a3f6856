// Where Akool's calls come in: a server that hands each one to whoever stands for n8n, and answers as that one says. So the sandbox's calls go
// the whole way, and it repeats what is not answered 200 as it does with a real n8n.
import { readText } from '../sandbox/http';
import { serve } from '../support/localServer';

/** What n8n answers to a call for an execution that is still running. */
const HTTP_CONFLICT = 409;

export async function openN8nDoor() {
	let handler: ((body: string) => Promise<number>) | undefined;
	const server = await serve(async (request, response) => {
		const body = await readText(request);
		response.writeHead(handler === undefined ? HTTP_CONFLICT : await handler(body)).end('{}');
	});
	return {
		url: server.url,
		/** Says who takes calls from here on; nobody: they come too early. */
		handBy(next: ((body: string) => Promise<number>) | undefined) {
			handler = next;
		},
		close: server.close,
	};
}
