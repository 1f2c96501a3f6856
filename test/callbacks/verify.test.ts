import * as crypto from 'node:crypto';
import { deriveKeys, verifySignature } from '../../nodes/AkoolImageToVideo/callbacks/verify';
import { sign } from './akoolCaller';

jest.mock('node:crypto', () => {
	const actual = jest.requireActual<typeof crypto>('node:crypto');
	return { ...actual, timingSafeEqual: jest.fn(actual.timingSafeEqual) };
});

const CLIENT_ID = 'Q2xpZW50T2ZUaGVUZXN0cw==';
const VALUES = { timestamp: '1754377293090', nonce: '1529', dataEncrypt: 'prwHj8zsfRUrQ9qYKDTRfg==' };

function verdict(clientId: string, changed: Partial<typeof VALUES>): string {
	const values = { ...VALUES, ...changed };
	return verifySignature(
		{ ...values, signature: sign(clientId, values.timestamp, values.nonce, values.dataEncrypt) },
		clientId,
	);
}

describe('the signature', () => {
	it.each([
		['the usual order: nonce, timestamp, client ID, data', CLIENT_ID, {}],
		['data that starts with / and so comes first', CLIENT_ID, { dataEncrypt: '/rwHj8zsfRUrQ9qYKDTRfg==' }],
		['data that starts with + and so comes first', CLIENT_ID, { dataEncrypt: '+rwHj8zsfRUrQ9qYKDTRfg==' }],
		[
			'data in upper case, before a client ID in lower case',
			'aGVsbG8gaGVsbG8gaGVsbA==',
			{ dataEncrypt: 'ZrwHj8zsfRUrQ9qYKDTRfg==' },
		],
		['a nonce that sorts after the timestamp', CLIENT_ID, { nonce: '9047' }],
		['a client ID that starts with a digit', '0Q2xpZW50T2ZUaGVUZXN0==', {}],
		['a client ID between nonce and timestamp', '16xpZW50T2ZUaGVUZXN0cw==', {}],
		['a client ID beyond ASCII', 'ключ-客户-🎬', {}],
		['a client ID beyond ASCII that a locale would sort otherwise', 'äbc', { dataEncrypt: 'zrwHj8zsfRUrQ9qYKDTRfg==' }],
		['equal values', '1529', { nonce: '1529' }],
	])('fits for %s', (_, clientId, changed) => {
		expect(verdict(clientId, changed)).toBe('fits');
	});

	it('is the SHA-1 of the four values joined with nothing between', () => {
		const signature = crypto.createHash('sha1').update('15291754377293090CLIENTdata').digest('hex');
		expect(
			verifySignature({ signature, timestamp: '1754377293090', nonce: '1529', dataEncrypt: 'data' }, 'CLIENT'),
		).toBe('fits');
	});

	it('does not fit with another client ID', () => {
		const signature = sign(CLIENT_ID, VALUES.timestamp, VALUES.nonce, VALUES.dataEncrypt);
		expect(verifySignature({ ...VALUES, signature }, `${CLIENT_ID} `)).toBe('does-not-fit');
	});

	it('does not fit in another spelling or length', () => {
		const signature = sign(CLIENT_ID, VALUES.timestamp, VALUES.nonce, VALUES.dataEncrypt);
		for (const other of [
			signature.toUpperCase(),
			signature.slice(1),
			`${signature}0`,
			'',
			` ${signature}`,
			`${signature}zz`,
			'🎬'.repeat(10),
		]) {
			expect(verifySignature({ ...VALUES, signature: other }, CLIENT_ID)).toBe('does-not-fit');
		}
	});

	it('is compared in constant time', () => {
		jest.mocked(crypto.timingSafeEqual).mockClear();
		verdict(CLIENT_ID, {});
		verifySignature({ ...VALUES, signature: '0'.repeat(40) }, CLIENT_ID);
		expect(crypto.timingSafeEqual).toHaveBeenCalledTimes(2);
	});
});

describe('the keys of a credential', () => {
	it.each([
		[16, 'aes-128-cbc'],
		[24, 'aes-192-cbc'],
		[32, 'aes-256-cbc'],
	])('come from the whole API key: %d bytes give %s', (bytes, algorithm) => {
		const apiKey = 'k'.repeat(bytes);
		expect(deriveKeys({ apiKey, clientId: CLIENT_ID })).toMatchObject({
			kind: 'keys',
			keys: { algorithm, key: Buffer.from(apiKey) },
		});
	});

	it('count bytes of the API key, not characters', () => {
		expect(deriveKeys({ apiKey: 'é'.repeat(8), clientId: CLIENT_ID })).toMatchObject({
			kind: 'keys',
			keys: { algorithm: 'aes-128-cbc' },
		});
		expect(deriveKeys({ apiKey: 'é'.repeat(16), clientId: CLIENT_ID })).toMatchObject({
			kind: 'keys',
			keys: { algorithm: 'aes-256-cbc' },
		});
		expect(deriveKeys({ apiKey: `${'k'.repeat(15)}é`, clientId: CLIENT_ID })).toEqual({
			kind: 'unreadable',
			reason: 'api-key-length',
			keyBytes: 17,
		});
	});

	it.each([0, 1, 15, 17, 20, 23, 25, 31, 33, 64])('cannot be derived from an API key of %d bytes', (keyBytes) => {
		expect(deriveKeys({ apiKey: 'k'.repeat(keyBytes), clientId: CLIENT_ID })).toEqual({
			kind: 'unreadable',
			reason: 'api-key-length',
			keyBytes,
		});
	});

	it.each(['', ' ', '\t\n'])('cannot be derived without a client ID (%j)', (clientId) => {
		expect(deriveKeys({ apiKey: 'k'.repeat(32), clientId })).toEqual({
			kind: 'unreadable',
			reason: 'client-id-missing',
		});
	});

	it.each([
		['a longer client ID is cut', CLIENT_ID, Buffer.from('Q2xpZW50T2ZUaGVU')],
		['16 bytes are taken whole', 'TestClientId0001', Buffer.from('TestClientId0001')],
		['a shorter one is filled with zeros', 'short-id', Buffer.from('short-id\0\0\0\0\0\0\0\0')],
		['bytes are cut, even within a character', 'abc€€€€€', Buffer.from('abc€€€€€').subarray(0, 16)],
		['a short one beyond ASCII is filled up in bytes', '🎬ü', Buffer.concat([Buffer.from('🎬ü'), Buffer.alloc(10)])],
	])('contain an IV of 16 bytes: %s', (_, clientId, iv) => {
		expect(deriveKeys({ apiKey: 'k'.repeat(32), clientId })).toMatchObject({ kind: 'keys', keys: { iv } });
	});
});
