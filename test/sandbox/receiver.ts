// Takes callbacks in, for tests. Rule: it answers as told and keeps what came, byte by byte; whether it is genuine is for the test to say.
import { once } from 'node:events';
import http from 'node:http';
import { readText } from './http';

const LOOK_AGAIN_MS = 5;
const LONGEST_WAIT_MS = 3000;

/** @param statuses what the first callbacks are answered with; all later ones get 200 */
export async function startReceiver(statuses: number[] = []) {
	const bodies: string[] = [];
	const receive = async (request: http.IncomingMessage, response: http.ServerResponse) => {
		const body = await readText(request);
		response.writeHead(statuses[bodies.length] ?? 200).end('{}');
		bodies.push(body);
	};
	const server = http.createServer((request, response) => void receive(request, response));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = address !== null && typeof address === 'object' ? address.port : 0;
	return {
		url: `http://127.0.0.1:${port}/callback`,
		bodies,
		/** Resolves when that many came in. */
		async received(count: number) {
			await until(() => bodies.length >= count, `${count} callbacks, have ${bodies.length}`);
		},
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

export async function until(isTrue: () => boolean, what: string) {
	const giveUpAtMs = Date.now() + LONGEST_WAIT_MS;
	while (!isTrue()) {
		if (Date.now() > giveUpAtMs) throw new Error(`waited in vain for ${what}`);
		await new Promise((resolve) => {
			setTimeout(resolve, LOOK_AGAIN_MS);
		});
	}
}
