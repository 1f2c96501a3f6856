// The other side of a callback: encrypts and signs as Akool does, written without any of the code under test.
import { createCipheriv, createHash } from 'node:crypto';

export interface Account {
	apiKey: string;
	clientId: string;
}

export interface CallbackBody {
	signature: string;
	dataEncrypt: string;
	timestamp: number | string;
	nonce: number | string;
}

export const ACCOUNT: Account = { apiKey: 'k3yK'.repeat(8), clientId: 'Q2xpZW50T2ZUaGVUZXN0cw==' };
export const SENT_AT_MS = 1754377293090;
export const VIDEO_ID = '6891abe782f7cd2a890c44ba';
export const COMPLETED = { _id: VIDEO_ID, status: 3, type: 'image2video', url: 'https://example.com/out/1.mp4' };

/** The whole key chooses the cipher; `padding` is how many bytes of its own value are put behind the plain text. */
export function encrypt(plain: string | Buffer, { apiKey, clientId }: Account, padding?: number): string {
	const bytes = Buffer.from(plain);
	const fill = padding ?? 16 - (bytes.length % 16);
	return encryptPadded(Buffer.concat([bytes, Buffer.alloc(fill, fill)]), { apiKey, clientId });
}

export function encryptPadded(padded: Buffer, { apiKey, clientId }: Account): string {
	const bits = Buffer.byteLength(apiKey) * 8;
	const iv = Buffer.concat([Buffer.from(clientId), Buffer.alloc(16)]).subarray(0, 16);
	const cipher = createCipheriv(`aes-${bits}-cbc`, Buffer.from(apiKey), iv);
	cipher.setAutoPadding(false);
	return cipher.update(padded, undefined, 'base64') + cipher.final('base64');
}

function inCodeUnitOrder(left: string, right: string): number {
	for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
		const difference = left.charCodeAt(index) - right.charCodeAt(index);
		if (difference !== 0) return difference;
	}
	return left.length - right.length;
}

export function sign(
	clientId: string,
	timestamp: number | string,
	nonce: number | string,
	dataEncrypt: string,
): string {
	const values = [`${nonce}`, dataEncrypt, `${timestamp}`, clientId];
	values.sort(inCodeUnitOrder);
	const hash = createHash('sha1');
	for (const value of values) hash.update(Buffer.from(value, 'utf8'));
	return hash.digest('hex');
}

/** A body around any `dataEncrypt`, rightly signed: what anybody who knows the client ID can make. */
export function signedBody(
	dataEncrypt: string,
	account: Account,
	timestamp: number | string = SENT_AT_MS,
	nonce: number | string = '1529',
): CallbackBody {
	return { signature: sign(account.clientId, timestamp, nonce, dataEncrypt), dataEncrypt, timestamp, nonce };
}

/** A call as Akool makes it. */
export function callback(
	payload: unknown,
	account: Account = ACCOUNT,
	timestamp?: number | string,
	nonce?: number | string,
): CallbackBody {
	return signedBody(encrypt(JSON.stringify(payload), account), account, timestamp, nonce);
}
