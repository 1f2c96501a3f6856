// Hosts of files: one that hands over a made-up body as n8n would, and one on this machine that sends given bytes, however wrong they
// are as HTTP. Rule: the latter keeps its requests, for a test to see what they reveal of the account.

import { createServer, type Server } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

import { listen, type LocalServer } from '../support/localServer';
import type { HostileFile, Transfer } from './hostile';

/** What arrives of a file, as n8n hands it on. */
export function bodyOf({ bytes, breaks }: Pick<HostileFile, 'bytes' | 'breaks'>): Readable {
	async function* parts(): AsyncGenerator<Buffer> {
		const half = Math.ceil(bytes.length / 2);
		if (half > 0) yield bytes.subarray(0, half);
		if (bytes.length > half) yield bytes.subarray(half);
		if (breaks) throw new Error('aborted');
	}
	return Readable.from(parts(), { objectMode: false });
}

/** Longer than a body needs that is let go. */
const TURNS = 100;

/** Whether a body is read to its end, or let go, before long. */
export async function isLetGo(body: Readable): Promise<boolean> {
	const isOver = (): boolean => body.destroyed || body.readableEnded;
	for (let turn = 0; turn < TURNS && !isOver(); turn++) await new Promise((resolve) => setImmediate(resolve));
	return isOver();
}

const CRLF = '\r\n';
const END_OF_CHUNKS = `0${CRLF}${CRLF}`;

/** The head that says how far a body goes, and the body as that needs it. */
function framed(body: Buffer, framing: Transfer['framing']): { head: string; bytes: Buffer } {
	if (framing === 'close') return { head: '', bytes: body };
	if (framing === 'length') return { head: `Content-Length: ${body.length}${CRLF}`, bytes: body };
	const chunk = body.length === 0 ? [] : [Buffer.from(body.length.toString(16) + CRLF), body, Buffer.from(CRLF)];
	return { head: `Transfer-Encoding: chunked${CRLF}`, bytes: Buffer.concat([...chunk, Buffer.from(END_OF_CHUNKS)]) };
}

/** All that goes over the line for a file. */
export function lineOf({ statusCode, contentType, bytes, isCompressed, framing }: Transfer): Buffer {
	const { head, bytes: body } = framed(isCompressed ? gzipSync(bytes) : bytes, framing);
	const encoding = isCompressed ? `Content-Encoding: gzip${CRLF}` : '';
	return Buffer.concat([
		Buffer.from(
			`HTTP/1.1 ${statusCode} Some${CRLF}Content-Type: ${contentType}${CRLF}${encoding}${head}Connection: close${CRLF}${CRLF}`,
		),
		body,
	]);
}

interface Saying {
	bytes: Buffer;
	/** Whether the connection is torn down behind that, instead of closed. */
	resets: boolean;
}

export interface FileHost {
	url: string;
	/** The heads of all requests since this was emptied. */
	asked: string[];
	/** What is said to everybody from here on. */
	say: (next: Saying) => void;
}

const hosts: LocalServer[] = [];

function hostThatSays(saying: () => Saying, asked: string[]): Server {
	return createServer((socket) => {
		const { bytes, resets } = saying();
		socket.on('error', () => socket.destroy());
		socket.once('data', (head) => {
			asked.push(String(head));
			socket.write(bytes, () => (resets ? socket.resetAndDestroy() : socket.destroySoon()));
		});
	});
}

/** Opens a host until the end of the test. */
export async function openFileHost(): Promise<FileHost> {
	const asked: string[] = [];
	let saying: Saying = { bytes: Buffer.alloc(0), resets: false };
	const host = await listen(hostThatSays(() => saying, asked));
	hosts.push(host);
	return { url: host.url, asked, say: (next) => void (saying = next) };
}

afterEach(async () => {
	for (const host of hosts.splice(0)) await host.close();
});
