import {
	readCallback,
	type CallbackCircumstances,
	type CallbackOutcome,
} from '../../nodes/AkoolImageToVideo/callbacks/readCallback';
import { SeenCallbacks } from '../../nodes/AkoolImageToVideo/callbacks/seen';
import vectors from '../fixtures/webhook/vectors.json';
import vendorSample from '../fixtures/webhook/vendor-sample.json';
import { ACCOUNT, callback, COMPLETED, encrypt, SENT_AT_MS, signedBody, VIDEO_ID, type Account } from './akoolCaller';

const NOW: CallbackCircumstances = { nowMs: SENT_AT_MS + 1000, maxAgeMinutes: 1440 };

function seenBefore(): SeenCallbacks {
	const seen = new SeenCallbacks();
	seen.add(VIDEO_ID, 3, SENT_AT_MS);
	return seen;
}

function read(body: unknown, account: Account = ACCOUNT, circumstances = NOW): CallbackOutcome {
	return readCallback(body, account, circumstances);
}

describe('the test vectors', () => {
	const positive = vectors.filter(({ name }) => !name.includes('negative'));
	const negative = vectors.filter(({ name }) => name.includes('negative'));

	it('are five valid callbacks and an invalid one', () => {
		expect([positive.length, negative.length]).toEqual([5, 1]);
	});

	it.each(positive)('are accepted: $name', ({ body, clientId, clientSecret, plaintext }) => {
		const payload = JSON.parse(plaintext);
		const expected = {
			kind: 'accepted',
			id: payload._id,
			status: payload.status,
			url: payload.url || undefined,
			payload,
		};
		for (const form of [body, JSON.stringify(body), Buffer.from(JSON.stringify(body))]) {
			expect(read(form, { apiKey: clientSecret, clientId })).toEqual(expected);
		}
	});

	it.each(negative)('are refused: $name', ({ body, clientId, clientSecret }) => {
		expect(read(body, { apiKey: clientSecret, clientId })).toMatchObject({ kind: 'refused', reason: 'signature' });
	});

	it('refuse the sample on Akool’s own page, whose signature and payload do not fit', () => {
		const { body, clientId, clientSecret } = vendorSample;
		const atThatTime = { nowMs: body.timestamp, maxAgeMinutes: 1440 };
		const account = { apiKey: clientSecret, clientId };
		expect(read(body, account, atThatTime)).toMatchObject({ kind: 'refused', reason: 'signature' });
		expect(read(signedBody(body.dataEncrypt, account, body.timestamp, body.nonce), account, atThatTime)).toMatchObject({
			kind: 'refused',
			reason: 'decryption',
		});
	});
});

describe('reading a callback', () => {
	it('accepts it with the video, its status, the result and the whole payload', () => {
		expect(read(callback(COMPLETED))).toEqual({
			kind: 'accepted',
			id: VIDEO_ID,
			status: 3,
			url: COMPLETED.url,
			payload: COMPLETED,
		});
	});

	it.each([
		['a nonce that sorts after the timestamp', ACCOUNT, 9047],
		['a client ID that starts with a digit', { ...ACCOUNT, clientId: '7Q2xpZW50T2ZUaGVUZXN0==' }, '1529'],
		['a client ID shorter than the IV', { ...ACCOUNT, clientId: 'id' }, '1529'],
		['a client ID of multi-byte characters', { ...ACCOUNT, clientId: '客户客户客户客户' }, '1529'],
		['a key of 16 bytes', { ...ACCOUNT, apiKey: 'k'.repeat(16) }, '1529'],
		['a key of 24 bytes', { ...ACCOUNT, apiKey: 'k'.repeat(24) }, '1529'],
		['a key of 16 characters and 32 bytes', { ...ACCOUNT, apiKey: 'é'.repeat(16) }, '1529'],
	])('accepts it with %s', (_, account, nonce) => {
		expect(read(callback(COMPLETED, account, SENT_AT_MS, nonce), account)).toMatchObject({
			kind: 'accepted',
			id: VIDEO_ID,
		});
	});

	it.each(['/', '+', '9'])('accepts data that starts with %s, which sorts before the other values', (start) => {
		let attempt = 0;
		let clientId = '';
		let body = callback(COMPLETED);
		while (!body.dataEncrypt.startsWith(start)) {
			attempt += 1;
			clientId = `client-${attempt}`;
			body = callback(COMPLETED, { ...ACCOUNT, clientId });
		}
		expect(read(body, { ...ACCOUNT, clientId })).toMatchObject({ kind: 'accepted' });
	});

	it('accepts a status that no page documents', () => {
		expect(read(callback({ _id: VIDEO_ID, status: 9 }))).toMatchObject({ kind: 'accepted', status: 9, url: undefined });
	});

	it('reports a missing client ID as unreadable, with what to fill in', () => {
		for (const clientId of ['', '  ']) {
			const account = { ...ACCOUNT, clientId };
			expect(read(callback(COMPLETED, account), account)).toMatchObject({
				kind: 'unreadable',
				message: expect.stringContaining("has no 'Client ID'"),
			});
		}
	});

	it('reports an API key of the wrong length as unreadable, with its length', () => {
		expect(read(callback(COMPLETED), { ...ACCOUNT, apiKey: 'k'.repeat(20) })).toMatchObject({
			kind: 'unreadable',
			message: expect.stringMatching(/20 bytes.*16, 24 or 32/),
		});
	});

	it('refuses a signature made with another client ID', () => {
		expect(read(callback(COMPLETED, { ...ACCOUNT, clientId: 'another' }))).toMatchObject({
			kind: 'refused',
			reason: 'signature',
		});
	});

	it('refuses a sender who knows the client ID but not the API key', () => {
		const dataEncrypt = encrypt(JSON.stringify(COMPLETED), { ...ACCOUNT, apiKey: 'x'.repeat(32) });
		expect(read(signedBody(dataEncrypt, ACCOUNT))).toMatchObject({ kind: 'refused', reason: 'decryption' });
	});

	it('refuses a payload without a video or status like a forged callback', () => {
		expect(read(callback({ status: 3 }))).toMatchObject({ kind: 'refused', reason: 'payload-id' });
		expect(read(callback({ _id: VIDEO_ID }))).toMatchObject({ kind: 'refused', reason: 'payload-status' });
	});

	it('refuses a callback that is too old or in the future, unless the limit is 0', () => {
		const body = callback(COMPLETED);
		expect(read(body, ACCOUNT, { nowMs: SENT_AT_MS + 61 * 60_000, maxAgeMinutes: 60 })).toMatchObject({
			kind: 'refused',
			reason: 'too-old',
		});
		expect(read(body, ACCOUNT, { nowMs: SENT_AT_MS - 3_600_000, maxAgeMinutes: 60 })).toMatchObject({
			kind: 'refused',
			reason: 'from-the-future',
		});
		expect(read(body, ACCOUNT, { nowMs: SENT_AT_MS * 2, maxAgeMinutes: 0 })).toMatchObject({ kind: 'accepted' });
	});

	it('reports the same video and status as repeated, however it is encrypted', () => {
		const circumstances = { ...NOW, seen: seenBefore() };
		expect(read(callback(COMPLETED), ACCOUNT, circumstances)).toEqual({ kind: 'repeated', id: VIDEO_ID, status: 3 });
		expect(
			read(
				callback({ ...COMPLETED, url: 'https://example.com/2.mp4' }, ACCOUNT, SENT_AT_MS + 5, 77),
				ACCOUNT,
				circumstances,
			),
		).toMatchObject({ kind: 'repeated' });
		expect(read(callback({ ...COMPLETED, status: 4 }), ACCOUNT, circumstances)).toMatchObject({ kind: 'accepted' });
	});

	it('checks shape, credential, signature, decryption, age and repetition in this order', () => {
		const noKeys = { apiKey: 'short', clientId: '' };
		const late = { nowMs: SENT_AT_MS * 2, maxAgeMinutes: 60, seen: seenBefore() };
		const body = callback(COMPLETED);
		const unsigned = { ...body, signature: '0'.repeat(40) };
		const undecipherable = signedBody('AAAA', ACCOUNT);
		expect(read({ ...unsigned, nonce: '' }, noKeys, late)).toMatchObject({ kind: 'malformed' });
		expect(read(unsigned, noKeys, late)).toMatchObject({ kind: 'unreadable' });
		expect(read({ ...unsigned, dataEncrypt: 'AAAA' }, ACCOUNT, late)).toMatchObject({
			kind: 'refused',
			reason: 'signature',
		});
		expect(read(undecipherable, ACCOUNT, late)).toMatchObject({ kind: 'refused', reason: 'decryption' });
		expect(read(body, ACCOUNT, late)).toMatchObject({ kind: 'refused', reason: 'too-old' });
		expect(read(body, ACCOUNT, { ...late, nowMs: SENT_AT_MS })).toMatchObject({ kind: 'repeated' });
		expect(read(body, ACCOUNT, { ...late, nowMs: SENT_AT_MS, seen: undefined })).toMatchObject({ kind: 'accepted' });
	});

	it('logs no secret and nothing of the body', () => {
		const body = callback(COMPLETED);
		const refused = [
			read({ ...body, nonce: 'SECRET/SECRET' }),
			read({ ...body, signature: '0'.repeat(40) }),
			read(signedBody(encrypt('SECRET', ACCOUNT), ACCOUNT)),
			read(callback({ _id: 'SECRET', status: 3 })),
			read(callback({ _id: VIDEO_ID, status: 'SECRET' })),
			read(body, ACCOUNT, { ...NOW, nowMs: 0 }),
			read(body, { ...ACCOUNT, apiKey: 'SECRET' }),
			read(body, { ...ACCOUNT, clientId: '' }),
		];
		for (const outcome of refused) {
			expect(outcome).toHaveProperty('message', expect.stringMatching(/^['A-Z].*\.$/));
			const logged = JSON.stringify(outcome);
			for (const secret of ['SECRET', ACCOUNT.apiKey, ACCOUNT.clientId, body.dataEncrypt, body.signature])
				expect(logged).not.toContain(secret);
		}
	});
});
