// Owns the one public address of an n8n of several processes, as a load balancer gives it: webhooks to the webhook processor, all else to the main
// process. Rule: what passes is not changed, and who is down is reported as a load balancer does.
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { pipeline } from 'node:stream';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { HOST, listen } from '../../support/localServer';

/** What a webhook processor serves. The test addresses are the main process's: it is the editor that listens there. */
const WEBHOOK_PATH = /^\/(webhook|webhook-waiting|form|form-waiting|mcp)(\/|$)/;
/** Headers that are about one connection, not about the message. */
const OF_THE_CONNECTION = ['connection', 'keep-alive'];
const BAD_GATEWAY = 502;

const passedOn = (headers: IncomingHttpHeaders) =>
	Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.includes(name)));

interface LoadBalancer {
	port: number;
	url: string;
	/** says where the processes are; until then nobody is in */
	routeTo: (ports: { main: number; webhook: number }) => void;
	close: () => Promise<void>;
}

export async function openLoadBalancer(): Promise<LoadBalancer> {
	const ports = { main: 0, webhook: 0 };
	const portFor = ({ url = '/' }: IncomingMessage) => (WEBHOOK_PATH.test(url) ? ports.webhook : ports.main);

	const server = createServer((incoming, outgoing) => {
		const { method, url: path, headers } = incoming;
		const inside = request(
			{ host: HOST, port: portFor(incoming), method, path, headers: passedOn(headers), agent: false, setHost: false },
			(answer) => {
				outgoing.writeHead(answer.statusCode ?? BAD_GATEWAY, passedOn(answer.headers));
				pipeline(answer, outgoing, () => undefined);
			},
		);
		inside.on('error', () => {
			if (outgoing.headersSent) outgoing.destroy();
			else outgoing.writeHead(BAD_GATEWAY).end('Bad Gateway');
		});
		outgoing.on('close', () => inside.destroy());
		incoming.pipe(inside);
	});

	const upgraded: Set<Socket> = new Set();
	// The editor's own channel is a web socket: from its first line on, bytes go to and fro as they are.
	server.on('upgrade', (incoming, socket, head) => {
		const inside = connect(portFor(incoming), HOST, () => {
			const headers = [];
			for (let at = 0; at < incoming.rawHeaders.length; at += 2)
				headers.push(`${incoming.rawHeaders[at]}: ${incoming.rawHeaders[at + 1]}`);
			inside.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
			inside.write(head);
			socket.pipe(inside).pipe(socket);
		});
		for (const end of [socket, inside]) {
			for (const event of ['error', 'close'])
				end.on(event, () => void [socket, inside].forEach((either) => either.destroy()));
		}
		upgraded.add(inside);
		inside.on('close', () => upgraded.delete(inside));
	});

	const { port, url, close } = await listen(server);
	return {
		port,
		url,
		routeTo: (places) => void Object.assign(ports, places),
		close: async () => {
			for (const socket of upgraded) socket.destroy();
			await close();
		},
	};
}
