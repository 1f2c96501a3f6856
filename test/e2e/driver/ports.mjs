// Owns where the driver's servers listen. Rule: on the loopback interface only.
import { createServer } from 'node:net';

export const HOST = '127.0.0.1';

/** @returns {Promise<number>} a port of the loopback interface that nobody listens on */
export async function freePort() {
	const server = createServer();
	await new Promise((resolve) => server.listen(0, HOST, () => resolve(undefined)));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
	return address.port;
}
