// Receives the sandbox's callbacks over HTTP and gives each to the test's handler, whose status is the answer. So callbacks go over a real connection,
// and the sandbox repeats what is not answered 200, as Akool does with a real n8n.
import { readText } from '../sandbox/http';
import { serve } from '../support/localServer';

/** What n8n answers to a call for an execution that is still running. */
const HTTP_CONFLICT = 409;

export async function openWebhookReceiver() {
	let handler: ((body: string) => Promise<number>) | undefined;
	const server = await serve(async (request, response) => {
		const body = await readText(request);
		response.writeHead(handler === undefined ? HTTP_CONFLICT : await handler(body)).end('{}');
	});
	return {
		url: server.url,
		/** Sets who answers callbacks from here on; undefined: they come too early, and n8n refuses them. */
		setHandler(next: ((body: string) => Promise<number>) | undefined) {
			handler = next;
		},
		close: server.close,
	};
}
