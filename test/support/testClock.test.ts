// Time passes only once nothing is on its way; a busy machine delivers later than an idle one.
import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { listen, type LocalServer } from './localServer';
import { TestClock } from './testClock';

/** Many times the idle period after which the clock jumps, and longer than a busy machine keeps bytes back. */
const DELIVERY_MS = 40;
const TIMEOUT_MS = 60_000;

let clock: TestClock;
let server: LocalServer;

beforeEach(() => (clock = new TestClock()));
afterEach(async () => {
	clock.close();
	await server.close();
});

/** The status of an answer, or `timed out` once the clock has passed the time-out. */
async function request(): Promise<number | string | undefined> {
	const answered = new Promise<number | undefined>((resolve, reject) => {
		http
			.get(`http://127.0.0.1:${server.port}`, (response) => {
				response.resume();
				response.once('end', () => resolve(response.statusCode));
			})
			.once('error', reject);
	});
	return await Promise.race([answered, clock.sleep(TIMEOUT_MS).then(() => 'timed out')]);
}

it('does not let time pass while an answer that a server has sent is still on its way', async () => {
	server = await listen(
		net.createServer((socket) => {
			socket.once('data', () => {
				void sleep(DELIVERY_MS).then(() => socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n'));
			});
		}),
	);
	expect(await request()).toBe(204);
});

it('lets time pass while a server that sleeps by the same clock handles a request', async () => {
	server = await listen(
		http.createServer((_, response) => {
			void clock.background.sleep(TIMEOUT_MS / 2).then(() => response.end());
		}),
	);
	const beganMs = clock.now();
	expect(await request()).toBe(200);
	expect(clock.now() - beganMs).toBeGreaterThanOrEqual(TIMEOUT_MS / 2);
});

it('lets time pass where no answer ever comes', async () => {
	server = await listen(net.createServer(() => undefined));
	expect(await request()).toBe('timed out');
});
