// Owns where the driver's servers listen. Rules: on the loopback interface only; and no port is given out twice, since whoever it was given to may
// listen on it again later, as an n8n does that is started anew.
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { HOST } from '../../support/localServer';

/** Below those that systems give out by themselves, so that nobody else takes one between two starts. */
const FIRST = 20_000;
const COUNT = 12_000;

/** Processes that run side by side begin at different places. */
let next = randomInt(COUNT);
let given = 0;

/** @returns whether nobody listens there */
const isFree = async (port: number): Promise<boolean> =>
	await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, HOST, () => server.close(() => resolve(true)));
	});

/** @returns a port of the loopback interface that nobody listens on, and that was not given out before */
export async function freePort(): Promise<number> {
	while (given < COUNT) {
		const port = FIRST + (next % COUNT);
		next += 1;
		given += 1;
		if (await isFree(port)) return port;
	}
	throw new Error('There is no free port left.');
}
