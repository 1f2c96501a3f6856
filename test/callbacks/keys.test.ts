import { deriveKeys } from '../../nodes/AkoolImageToVideo/callbacks/keys';

const CLIENT_ID = 'Q2xpZW50T2ZUaGVUZXN0cw==';

describe('the keys of a credential', () => {
	it.each([
		[16, 'aes-128-cbc'],
		[24, 'aes-192-cbc'],
		[32, 'aes-256-cbc'],
	])('come from the whole API key: %d bytes are %s', (bytes, algorithm) => {
		const apiKey = 'k'.repeat(bytes);
		expect(deriveKeys({ apiKey, clientId: CLIENT_ID })).toMatchObject({
			kind: 'keys',
			keys: { algorithm, key: Buffer.from(apiKey) },
		});
	});

	it('count bytes, not characters', () => {
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

	it.each([0, 1, 15, 17, 20, 23, 25, 31, 33, 64])('do not exist for an API key of %d bytes', (keyBytes) => {
		expect(deriveKeys({ apiKey: 'k'.repeat(keyBytes), clientId: CLIENT_ID })).toEqual({
			kind: 'unreadable',
			reason: 'api-key-length',
			keyBytes,
		});
	});

	it.each(['', ' ', '\t\n'])('do not exist without a client ID (%j)', (clientId) => {
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
	])('hold an IV of 16 bytes: %s', (_, clientId, iv) => {
		expect(deriveKeys({ apiKey: 'k'.repeat(32), clientId })).toMatchObject({ kind: 'keys', keys: { iv } });
	});
});
