// Requests that go wrong on a real socket, as n8n's own helper throws them.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { gzipSync } from 'node:zlib';

import { ENDPOINTS } from '../../nodes/AkoolImageToVideo/akool/endpoints';
import { callAkool } from '../../nodes/AkoolImageToVideo/transport/call';
import type { CallOutcome } from '../../nodes/AkoolImageToVideo/transport/outcome';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';
import { listen, type LocalServer } from '../support/localServer';
import { TestClock } from '../support/testClock';

let clock: TestClock;
const servers: LocalServer[] = [];
const sockets = new Set<net.Socket>();

beforeAll(() => (clock = new TestClock()));
afterAll(() => clock.close());
afterEach(async () => {
	await Promise.all(servers.splice(0).map(async ({ close }) => await close()));
	delete process.env.HTTPS_PROXY;
});

async function portOf(server: net.Server): Promise<number> {
	server.on('connection', (socket: net.Socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		socket.on('close', () => sockets.delete(socket));
	});
	const local = await listen(server);
	servers.push(local);
	return local.port;
}

/** A server that deals with the first bytes of each connection as a test wants. */
async function onFirstBytes(deal: (socket: net.Socket) => void): Promise<number> {
	return await portOf(net.createServer((socket) => void socket.once('data', () => deal(socket))));
}

async function create(baseUrl: string, apiKey = 'k'): Promise<CallOutcome> {
	const context = executeContext({ parameters: {}, credential: new KeptCredential({ apiKey, baseUrl }) });
	return await callAkool(context, 'create', { body: { prompt: 'a' } });
}

async function closedPort(): Promise<number> {
	const { port, close } = await listen(net.createServer());
	await close();
	return port;
}

/** A port at which connections wait for ever, since nobody takes those that came before: a system leaves them unanswered then. */
async function fullQueue(): Promise<{ port: number; close: () => void }> {
	// It connects to itself until its queue is full, and is at a standstill from then on.
	const script = `
		const { connect, createServer } = require('node:net');
		const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
			const { port } = server.address();
			for (let count = 0; count < 4; count++) connect(port, '127.0.0.1');
			process.nextTick(() => {
				require('node:fs').writeSync(1, String(port));
				Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
			});
		});`;
	const child = spawn(process.execPath, ['--eval', script]);
	const [port] = await once(child.stdout, 'data');
	return { port: Number(String(port)), close: () => child.kill() };
}

describe('nothing was sent', () => {
	it('if the connection is refused', async () => {
		const port = await closedPort();
		expect(await create(`http://127.0.0.1:${port}`)).toEqual({ kind: 'notSent', reason: 'the connection was refused' });
		expect(await create(`http://localhost:${port}`)).toMatchObject({ kind: 'notSent' });
		expect(await create(`https://127.0.0.1:${port}`)).toMatchObject({ kind: 'notSent' });
	});

	it('if there is no such host', async () => {
		expect(await create('https://akool.invalid')).toMatchObject({ kind: 'notSent' });
	});

	it('if the connection is closed or reset during the handshake', async () => {
		const closing = await onFirstBytes((socket) => socket.end());
		const resetting = await onFirstBytes((socket) => socket.resetAndDestroy());
		for (const port of [closing, resetting])
			expect(await create(`https://127.0.0.1:${port}`)).toMatchObject({ kind: 'notSent' });
	});

	it('if the other side does not speak TLS', async () => {
		const port = await onFirstBytes((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
		expect(await create(`https://127.0.0.1:${port}`)).toMatchObject({ kind: 'notSent' });
	});

	it('if the handshake never ends', async () => {
		const port = await onFirstBytes(() => undefined);
		expect(await create(`https://127.0.0.1:${port}`)).toMatchObject({ kind: 'notSent' });
		await clock.settle();
		expect(sockets.size).toBe(0);
	});

	it('if no connection stood when the time for the call was up', async () => {
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

	it('if the proxy never says whether it has a connection', async () => {
		const port = await onFirstBytes(() => undefined);
		process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
		expect(await create('https://akool.example.com')).toMatchObject({ kind: 'notSent' });
	});

	it('if the key cannot stand in a header', async () => {
		const port = await closedPort();
		expect(await create(`http://127.0.0.1:${port}`, 'kéy\u2713')).toMatchObject({ kind: 'notSent' });
	});

	it('if the proxy refuses, closes, or is not there', async () => {
		const proxy = http.createServer();
		let refuse = (socket: { end(text?: string): void }): void => socket.end();
		proxy.on('connect', (_request, socket) => refuse(socket));
		process.env.HTTPS_PROXY = `http://127.0.0.1:${await portOf(proxy)}`;
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
	it('if the connection ends once it stood', async () => {
		const closing = await onFirstBytes((socket) => socket.end());
		const resetting = await onFirstBytes((socket) => socket.resetAndDestroy());
		for (const port of [closing, resetting]) expect((await create(`http://127.0.0.1:${port}`)).kind).toBe('unknown');
	});

	it('if no answer comes, or one that trickles, until the time is up; then the socket is closed', async () => {
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
	const SUCCESS = JSON.stringify({ code: 1000, data: { _id: '6891abe782f7cd2a890c44ba', status: 1 } });
	const answer = (headers: string, body: string | Buffer = SUCCESS): Buffer =>
		Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nConnection: close\r\n${headers}\r\n\r\n`), Buffer.from(body)]);
	const ANSWERS: ReadonlyArray<readonly [string, CallOutcome['kind'], Buffer]> = [
		['that is no HTTP', 'unknown', Buffer.from('hello\r\n\r\n')],
		['with headers that nobody takes', 'unknown', answer(`X: ${'x'.repeat(100_000)}`)],
		['that is said to be longer', 'unknown', answer('Content-Length: 1000')],
		['that is said to be shorter', 'unknown', answer('Content-Length: 20')],
		['in pieces of which one is missing', 'unknown', answer('Transfer-Encoding: chunked', '5\r\n{"cod\r\n')],
		['in a piece without a length', 'unknown', answer('Transfer-Encoding: chunked', 'x\r\n{}\r\n')],
		['that is said to be gzip', 'unknown', answer('Content-Encoding: gzip')],
		['that is said to be brotli', 'unknown', answer('Content-Encoding: br')],
		['of gzip that is cut', 'unknown', answer('Content-Encoding: gzip', gzipSync(SUCCESS).subarray(0, -9))],
		['of gzip', 'success', answer('Content-Encoding: gzip', gzipSync(SUCCESS))],
		['of an encoding that nobody knows', 'success', answer('Content-Encoding: aws-chunked')],
		['with a byte order mark', 'success', answer('Content-Type: text/plain', `\uFEFF${SUCCESS}`)],
		['of another type', 'success', answer('Content-Type: image/png')],
		['in another character set', 'success', answer('Content-Type: application/json; charset=utf-16')],
		['without a body', 'unknown', answer('Content-Length: 0', '')],
		['with a status alone', 'unknown', Buffer.from('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n')],
		[
			'after another one that asks to wait',
			'success',
			Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'), answer('')]),
		],
	];

	it.each(ANSWERS)('if an answer comes %s: %s', async (_, kind, bytes) => {
		const port = await onFirstBytes((socket) => socket.end(bytes));
		expect((await create(`http://127.0.0.1:${port}`)).kind).toBe(kind);
	});
});
