// Hosts of files: one that hands over a made-up body as n8n would, and one on this machine that says byte for byte what it is told, however wrong that
// is as HTTP. Rule: the latter keeps what it was asked, for a test to see what it was told of the account.
'use strict';

const { once } = require('node:events');
const net = require('node:net');
const { Readable } = require('node:stream');
const { gzipSync } = require('node:zlib');

/** What arrives of a file, as n8n hands it on. @param {Pick<import('./hostile').HostileFile, 'bytes' | 'breaks'>} file */
function bodyOf({ bytes, breaks }) {
	async function* parts() {
		const half = Math.ceil(bytes.length / 2);
		if (half > 0) yield bytes.subarray(0, half);
		if (bytes.length > half) yield bytes.subarray(half);
		if (breaks) throw new Error('aborted');
	}
	return Readable.from(parts(), { objectMode: false });
}

/** Longer than a body needs that is let go. */
const TURNS = 100;

/** Whether a body is read to its end, or let go, before long. @param {Readable} body */
async function isLetGo(body) {
	const isOver = () => body.destroyed || body.readableEnded;
	for (let turn = 0; turn < TURNS && !isOver(); turn++) await new Promise((resolve) => setImmediate(resolve));
	return isOver();
}

const CRLF = '\r\n';
const END_OF_CHUNKS = `0${CRLF}${CRLF}`;

/** The head that says how far a body goes, and the body as that needs it. @param {Buffer} body @param {import('./hostile').Transfer['framing']} framing */
function framed(body, framing) {
	if (framing === 'close') return { head: '', bytes: body };
	if (framing === 'length') return { head: `Content-Length: ${body.length}${CRLF}`, bytes: body };
	const chunk = body.length === 0 ? [] : [Buffer.from(body.length.toString(16) + CRLF), body, Buffer.from(CRLF)];
	return { head: `Transfer-Encoding: chunked${CRLF}`, bytes: Buffer.concat([...chunk, Buffer.from(END_OF_CHUNKS)]) };
}

/** All that goes over the line for a file. @param {import('./hostile').Transfer} transfer */
function lineOf({ statusCode, contentType, bytes, isCompressed, framing }) {
	const { head, bytes: body } = framed(isCompressed ? gzipSync(bytes) : bytes, framing);
	const encoding = isCompressed ? `Content-Encoding: gzip${CRLF}` : '';
	return Buffer.concat([
		Buffer.from(
			`HTTP/1.1 ${statusCode} Some${CRLF}Content-Type: ${contentType}${CRLF}${encoding}${head}Connection: close${CRLF}${CRLF}`,
		),
		body,
	]);
}

/**
 * @typedef {object} Saying
 * @property {Buffer} bytes @property {boolean} resets whether the connection is torn down behind that, instead of closed
 */

/** @type {net.Server[]} */
const servers = [];

/** Opens a host until the end of the test. */
async function openFileHost() {
	/** @type {string[]} */
	const asked = [];
	/** @type {Saying} */
	let saying = { bytes: Buffer.alloc(0), resets: false };
	const server = net.createServer((socket) => {
		const { bytes, resets } = saying;
		socket.on('error', () => socket.destroy());
		socket.once('data', (head) => {
			asked.push(String(head));
			socket.write(bytes, () => (resets ? socket.resetAndDestroy() : socket.destroySoon()));
		});
	});
	servers.push(server);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	return {
		url: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`,
		/** The heads of all requests since this was emptied. */
		asked,
		/** What is said to everybody from here on. @param {Saying} next */
		say(next) {
			saying = next;
		},
	};
}

afterEach(() => {
	for (const server of servers.splice(0)) server.close();
});

module.exports = { bodyOf, isLetGo, lineOf, openFileHost };
