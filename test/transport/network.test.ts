// Requests that go wrong on a real socket, as n8n's own helper throws them.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';

import { ENDPOINTS } from '../../nodes/AkoolImageToVideo/akool/endpoints';
import { callAkool } from '../../nodes/AkoolImageToVideo/transport/call';
import type { CallOutcome } from '../../nodes/AkoolImageToVideo/transport/outcome';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';
import { TestClock } from '../support/testClock';

let clock: TestClock;
const servers: net.Server[] = [];
const sockets = new Set<net.Socket>();

beforeAll(() => (clock = new TestClock()));
afterAll(() => clock.close());
afterEach(async () => {
	for (const socket of sockets) socket.destroy();
	await Promise.all(servers.splice(0).map(async (server) => await new Promise((resolve) => server.close(resolve))));
	delete process.env.HTTPS_PROXY;
});

async function listen(server: net.Server): Promise<number> {
	servers.push(server);
	server.on('connection', (socket: net.Socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the server has no port');
	return address.port;
}

/** A server that deals with the first bytes of each connection as a test wants. */
async function onFirstBytes(deal: (socket: net.Socket) => void): Promise<number> {
	return await listen(net.createServer((socket) => void socket.once('data', () => deal(socket))));
}

async function create(baseUrl: string, apiKey = 'k'): Promise<CallOutcome> {
	const context = executeContext({ parameters: {}, credential: new KeptCredential({ apiKey, baseUrl }) });
	return await callAkool(context, 'create', { body: { prompt: 'a' } });
}

async function closedPort(): Promise<number> {
	const server = net.createServer();
	const port = await listen(server);
	servers.splice(servers.indexOf(server), 1);
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/** A port at which connections wait for ever, since nobody takes those that came before: a system leaves them unanswered then. */
async function fullQueue(): Promise<{ port: number; close: () => void }> {
	const script = [
		'import socket, sys',
		'listener = socket.socket(); listener.bind(("127.0.0.1", 0)); listener.listen(0)',
		'waiting = [socket.socket() for _ in range(3)]',
		'for one in waiting: one.setblocking(False); one.connect_ex(listener.getsockname())',
		'print(listener.getsockname()[1], flush=True); sys.stdin.read()',
	];
	const child = spawn('python3', ['-c', script.join('\n')]);
	const [port] = await once(child.stdout, 'data');
	return { port: Number(String(port)), close: () => child.kill() };
}

describe('nothing was sent', () => {
	it('where the connection is refused', async () => {
		const port = await closedPort();
		expect(await create(`http://127.0.0.1:${port}`)).toEqual({ kind: 'notSent', reason: 'the connection was refused' });
		expect(await create(`http://localhost:${port}`)).toMatchObject({ kind: 'notSent' });
		expect(await create(`https://127.0.0.1:${port}`)).toMatchObject({ kind: 'notSent' });
	});

	it('where there is no such host', async () => {
		expect(await create('https://akool.invalid')).toMatchObject({ kind: 'notSent' });
	});

	it('where the connection is closed or reset during the handshake', async () => {
		const closing = await onFirstBytes((socket) => socket.end());
		const resetting = await onFirstBytes((socket) => socket.resetAndDestroy());
		for (const port of [closing, resetting])
			expect(await create(`https://127.0.0.1:${port}`)).toMatchObject({ kind: 'notSent' });
	});

	it('where the other side speaks no TLS', async () => {
		const port = await onFirstBytes((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
		expect(await create(`https://127.0.0.1:${port}`)).toMatchObject({ kind: 'notSent' });
	});

	it('where the handshake comes to no end', async () => {
		const port = await onFirstBytes(() => undefined);
		expect(await create(`https://127.0.0.1:${port}`)).toMatchObject({ kind: 'notSent' });
		await clock.settle();
		expect(sockets.size).toBe(0);
	});

	it('where the connection never stood when the time for the whole call was up', async () => {
		const full = await fullQueue();
		const isConnecting = (): boolean => process.getActiveResourcesInfo().some((name) => name.endsWith('ConnectWrap'));
		for (const scheme of ['http', 'https']) {
			await clock.until(() => !isConnecting(), 'the end of the connection before');
			const outcome = create(`${scheme}://127.0.0.1:${full.port}`);
			await clock.until(isConnecting, 'the connection');
			clock.advance(ENDPOINTS.create.timeoutMs);
			expect(await outcome).toMatchObject({ kind: 'notSent' });
		}
		full.close();
	});

	it('where the proxy never says whether it has a connection', async () => {
		const port = await onFirstBytes(() => undefined);
		process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
		expect(await create('https://akool.example.com')).toMatchObject({ kind: 'notSent' });
	});

	it('where the key cannot stand in a header', async () => {
		const port = await closedPort();
		expect(await create(`http://127.0.0.1:${port}`, 'kéy\u2713')).toMatchObject({ kind: 'notSent' });
	});

	it('where the proxy refuses, closes, or is not there', async () => {
		const proxy = http.createServer();
		let refuse = (socket: { end(text?: string): void }): void => socket.end();
		proxy.on('connect', (_request, socket) => refuse(socket));
		process.env.HTTPS_PROXY = `http://127.0.0.1:${await listen(proxy)}`;
		expect(await create('https://akool.example.com')).toMatchObject({ kind: 'notSent' });
		refuse = (socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
		expect(await create('https://akool.example.com')).toMatchObject({ kind: 'notSent' });
		refuse = (socket) => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
		// As a proxy's refusal it looks like an answer: of unknown outcome, since n8n does not say whose it is.
		expect(await create('https://akool.example.com')).toMatchObject({ kind: 'httpError', httpStatus: 403 });
		process.env.HTTPS_PROXY = `http://127.0.0.1:${await closedPort()}`;
		expect(await create('https://akool.example.com')).toMatchObject({ kind: 'notSent' });
	});
});

describe('something may have been sent', () => {
	it('where the connection ends once it stood', async () => {
		const closing = await onFirstBytes((socket) => socket.end());
		const resetting = await onFirstBytes((socket) => socket.resetAndDestroy());
		for (const port of [closing, resetting]) expect((await create(`http://127.0.0.1:${port}`)).kind).toBe('unknown');
	});

	it('where no answer comes, or one that trickles, until the time for the whole call is up; then its socket is gone', async () => {
		const silent = await onFirstBytes(() => undefined);
		const trickling = await onFirstBytes((socket) => {
			socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{');
			const more = setInterval(() => (socket.destroyed ? clearInterval(more) : socket.write(' ')), 1);
		});
		for (const port of [silent, trickling]) {
			const beganMs = clock.now();
			const outcome = create(`http://127.0.0.1:${port}`);
			await clock.until(() => sockets.size > 0, 'the request');
			if (port === trickling) clock.advance(ENDPOINTS.create.timeoutMs);
			expect(await outcome).toEqual({ kind: 'unknown', reason: 'no answer came in time' });
			expect(clock.now() - beganMs).toBeGreaterThanOrEqual(ENDPOINTS.create.timeoutMs);
			await clock.until(() => sockets.size === 0, 'the end of the connection');
		}
	});
});
