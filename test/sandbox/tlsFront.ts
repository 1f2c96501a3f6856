// A TLS server in front of a sandbox, for faults before a request is sent. Rule: a connection that it closes or holds during the handshake never
// reaches the sandbox, so the sandbox's log proves that nothing was ordered.
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { listen } from '../support/localServer';
import { makeChain } from './certificates';
import type { CertificateKind, HandshakeFault } from './types';

/** What answers a TLS client hello that is no TLS at all. */
const NOT_TLS = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n';

/** Passes a request on, and its answer back; where there is none, the connection breaks here too. */
function passOn(target: string, request: http.IncomingMessage, response: http.ServerResponse): void {
	const { method, headers, url = '/' } = request;
	const onward = http.request(target + url, { method, headers }, (answer) => {
		response.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.pipe(response);
		answer.on('error', () => response.destroy());
	});
	onward.on('error', () => response.destroy());
	response.on('close', () => onward.destroy());
	request.pipe(onward);
}

/**
 * Starts a TLS front.
 * @param target where requests go, such as the address of a sandbox
 * @param certificate what is wrong with the certificate; clients that trust `ca` accept `good`
 */
export async function startTlsFront(target: string, certificate: CertificateKind = 'good') {
	const { key, cert, ca } = await makeChain(certificate);
	const secure = https.createServer({ key, cert }, (request, response) => passOn(target, request, response));
	const faults: HandshakeFault[] = [];
	let connections = 0;
	let isClosedNext = false;
	// A client that does not like the certificate says so here; that is what is tested.
	secure.on('tlsClientError', () => {});
	secure.on('secureConnection', (socket) => {
		if (isClosedNext) socket.destroy();
		isClosedNext = false;
	});
	const server = net.createServer((socket) => {
		connections += 1;
		socket.on('error', () => {});
		const fault = faults.shift();
		if (fault === undefined || fault === 'closedAfter') {
			isClosedNext = fault === 'closedAfter';
			secure.emit('connection', socket);
			return;
		}
		socket.once('data', () => {
			if (fault === 'closed') socket.destroy();
			if (fault === 'reset') socket.resetAndDestroy();
			if (fault === 'garbage') socket.end(NOT_TLS);
		});
	});
	const { port, close } = await listen(server);
	return {
		url: `https://localhost:${port}`,
		/** What a client has to trust. */
		ca,
		/** How many connections were opened. */
		get connections() {
			return connections;
		},
		/** The next connections end like this: closed, reset or answered with something else during the handshake, never answered, or closed after it. */
		breakHandshakes(fault: HandshakeFault, times = 1) {
			faults.push(...Array.from({ length: times }, () => fault));
		},
		close,
	};
}

export type TlsFront = Awaited<ReturnType<typeof startTlsFront>>;
