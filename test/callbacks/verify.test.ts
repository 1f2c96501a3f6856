import * as crypto from 'node:crypto';
import { verifySignature } from '../../nodes/AkoolImageToVideo/callbacks/verify';
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

	it('does not fit another client ID', () => {
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
