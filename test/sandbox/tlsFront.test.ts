// What a client of the TLS front gets, as Node.js reports it, and that the sandbox behind it receives no request that failed before.
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, type CertificateKind, type Sandbox } from '.';
import { WANTED } from './caller';
import { until } from './receiver';
import { startTlsFront, type TlsFront } from './tlsFront';

const CREATE_PATH = '/api/open/v4/image2Video/createBySourcePrompt';

let sandbox: Sandbox;
let front: TlsFront | undefined;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(async () => {
	await front?.close();
	sandbox.reset();
});
afterAll(() => sandbox.close());

async function open(certificate?: CertificateKind) {
	front = await startTlsFront(sandbox.url, certificate);
	return front;
}

/** Orders a video through the front. @param ca what is trusted */
async function order(url: string, ca?: string): Promise<unknown> {
	return await new Promise((resolve, reject) => {
		const headers = { 'x-api-key': sandbox.apiKey, 'content-type': 'application/json' };
		const request = https.request(url + CREATE_PATH, { method: 'POST', headers, ca, agent: false }, (response) => {
			let text = '';
			response.on('data', (piece) => (text += String(piece)));
			response.on('end', () => resolve(JSON.parse(text)));
		});
		request.on('error', reject);
		request.end(JSON.stringify(WANTED));
	});
}

test('a good certificate leads to the sandbox for clients that trust its root', async () => {
	const { url, ca } = await open();
	expect(await order(url, ca)).toMatchObject({ code: 1000, data: { _id: sandbox.jobs[0]?._id } });
});

test.each<[CertificateKind, string]>([
	['good', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
	['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
	['rootInChain', 'SELF_SIGNED_CERT_IN_CHAIN'],
	['leafAlone', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
	['expired', 'CERT_HAS_EXPIRED'],
	['notYetValid', 'CERT_NOT_YET_VALID'],
])('an untrusted certificate, %s, ends in %s', async (certificate, code) => {
	const { url } = await open(certificate);
	await expect(order(url)).rejects.toHaveProperty('code', code);
	expect(sandbox.requests).toEqual([]);
});

test.each<[CertificateKind, string]>([
	['expired', 'CERT_HAS_EXPIRED'],
	['notYetValid', 'CERT_NOT_YET_VALID'],
	['otherHost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
])('a certificate with a trusted root, %s, ends in %s', async (certificate, code) => {
	const { url, ca } = await open(certificate);
	await expect(order(url, ca)).rejects.toHaveProperty('code', code);
	expect(sandbox.requests).toEqual([]);
});

test.each([
	['closed', 'ECONNRESET', 'Client network socket disconnected before secure TLS connection was established'],
	['reset', 'ECONNRESET', expect.any(String)],
	['garbage', expect.stringMatching(/^(EPROTO|ERR_SSL_)/), expect.any(String)],
	['closedAfter', 'ECONNRESET', 'socket hang up'],
] as const)('a handshake that is %s ends in %s, and the next one is fine', async (fault, code, message) => {
	const { url, ca, breakHandshakes } = await open();
	breakHandshakes(fault);
	await expect(order(url, ca)).rejects.toMatchObject({ code, message });
	expect(sandbox.requests).toEqual([]);
	expect(await order(url, ca)).toHaveProperty('code', 1000);
});

test('a handshake can stay without an answer', async () => {
	const opened = await open();
	opened.breakHandshakes('silent');
	const answer = order(opened.url, opened.ca).catch(() => 'broken');
	await until(() => opened.connections === 1, 'the connection');
	expect(await Promise.race([answer, sleep(50, 'silence')])).toBe('silence');
	expect(sandbox.requests).toEqual([]);
});

test('a broken connection behind the front is broken in front of it too', async () => {
	const { url, ca } = await open();
	sandbox.addFault({ on: 'create', kind: 'resetAfter' });
	await expect(order(url, ca)).rejects.toHaveProperty('code', 'ECONNRESET');
	expect(sandbox.jobs).toHaveLength(1);
});
