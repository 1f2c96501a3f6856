import { decryptPayload } from '../../nodes/AkoolImageToVideo/callbacks/decrypt';
import { deriveKeys, type CallbackKeys } from '../../nodes/AkoolImageToVideo/callbacks/verify';
import { ACCOUNT, COMPLETED, encrypt, encryptPadded, type Account } from './akoolCaller';

function keysOf(account: Account): CallbackKeys {
	const outcome = deriveKeys(account);
	if (outcome.kind === 'unreadable') throw new Error(outcome.reason);
	return outcome.keys;
}

const KEYS = keysOf(ACCOUNT);
const UNDECIPHERABLE = { kind: 'undecipherable' };
const PLAIN = JSON.stringify(COMPLETED);

describe('decrypting a payload', () => {
	it.each([16, 24, 32])('works with a key of %d bytes', (bytes) => {
		const account = { apiKey: 'k'.repeat(bytes), clientId: ACCOUNT.clientId };
		expect(decryptPayload(encrypt(PLAIN, account), keysOf(account))).toEqual({ kind: 'decrypted', content: COMPLETED });
	});

	it.each([
		['a key of multi-byte characters', { apiKey: 'ключ'.repeat(4), clientId: 'short' }],
		['a client ID of multi-byte characters', { apiKey: 'k'.repeat(32), clientId: '客户客户客户' }],
	])('works with %s', (_, account) => {
		expect(decryptPayload(encrypt(PLAIN, account), keysOf(account))).toEqual({ kind: 'decrypted', content: COMPLETED });
	});

	it('works with text beyond ASCII', () => {
		const content = { ...COMPLETED, file_name: 'Ein Äffchen läuft – 猫 🎬 \u0000 ' };
		expect(decryptPayload(encrypt(JSON.stringify(content), ACCOUNT), KEYS)).toEqual({ kind: 'decrypted', content });
	});

	it('works with the documented padding, up to 24 bytes with the byte 0x18', () => {
		const plain = PLAIN.padEnd(Math.ceil(PLAIN.length / 48) * 48 + 24, ' ');
		expect(plain.length % 48).toBe(24);
		expect(decryptPayload(encrypt(plain, ACCOUNT, 0x18), KEYS)).toEqual({ kind: 'decrypted', content: COMPLETED });
	});

	it.each(Array.from({ length: 32 }, (_, index) => index + 1))('works with %d bytes of padding', (padding) => {
		const plain = PLAIN + ' '.repeat((16 - ((PLAIN.length + padding) % 16)) % 16);
		expect(decryptPayload(encrypt(plain, ACCOUNT, padding), KEYS)).toEqual({ kind: 'decrypted', content: COMPLETED });
	});

	it('uses only the last padding byte', () => {
		const padded = Buffer.concat([
			Buffer.from(PLAIN.padEnd(Math.ceil(PLAIN.length / 16) * 16 + 13)),
			Buffer.from([9, 0, 3]),
		]);
		expect(decryptPayload(encryptPadded(padded, ACCOUNT), KEYS)).toEqual({ kind: 'decrypted', content: COMPLETED });
	});

	it.each([0, 33, 48, 255])(
		'refuses a payload whose last byte is %d, even if dropping that many bytes left JSON',
		(last) => {
			const padded = Buffer.from(PLAIN.padEnd(480));
			padded[padded.length - 1] = last;
			expect(decryptPayload(encryptPadded(padded, ACCOUNT), KEYS)).toEqual(UNDECIPHERABLE);
			padded[padded.length - 1] = 32;
			expect(decryptPayload(encryptPadded(padded, ACCOUNT), KEYS).kind).toBe('decrypted');
		},
	);

	it('refuses padding that is longer than the payload', () => {
		const padded = Buffer.concat([Buffer.from('{"a":1}     '), Buffer.from([20, 20, 20, 20])]);
		expect(decryptPayload(encryptPadded(padded, ACCOUNT), KEYS)).toEqual(UNDECIPHERABLE);
	});

	it.each([
		['an empty one', encryptPadded(Buffer.alloc(16, 16), ACCOUNT)],
		['a list', encrypt('[1]', ACCOUNT)],
		['null', encrypt('null', ACCOUNT)],
		['a text', encrypt('"text"', ACCOUNT)],
		['broken JSON', encrypt('{"_id":', ACCOUNT)],
		['JSON and more', encrypt('{}{}', ACCOUNT)],
		['a byte order mark', encrypt('\uFEFF{}', ACCOUNT)],
		[
			'invalid UTF-8',
			encrypt(Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]), ACCOUNT),
		],
		['raw control characters', encrypt('{"a":"\n"}', ACCOUNT)],
	])('refuses a payload that holds %s', (_, dataEncrypt) => {
		expect(decryptPayload(dataEncrypt, KEYS)).toEqual(UNDECIPHERABLE);
	});

	it('refuses a payload encrypted with another key', () => {
		expect(decryptPayload(encrypt(PLAIN, ACCOUNT), keysOf({ ...ACCOUNT, apiKey: 'K3yK'.repeat(8) }))).toEqual(
			UNDECIPHERABLE,
		);
	});

	it('refuses anything but canonical base64 in whole blocks', () => {
		const good = encrypt(PLAIN.padEnd(Math.ceil(PLAIN.length / 48) * 48 + 20), ACCOUNT);
		expect(good).toMatch(/[^=]=$/);
		expect(decryptPayload(good, KEYS).kind).toBe('decrypted');
		const lastDigit = good.at(-2) ?? '';
		const otherEnd = `${good.slice(0, -2)}${String.fromCharCode(lastDigit.charCodeAt(0) + 1)}=`;
		expect(Buffer.from(otherEnd, 'base64')).toEqual(Buffer.from(good, 'base64'));
		const urlSafe = good.replaceAll('+', '-').replaceAll('/', '_');
		expect(urlSafe).not.toBe(good);
		const others = [
			`${good}\n`,
			` ${good}`,
			`${good}=`,
			good.slice(0, -1),
			otherEnd,
			urlSafe,
			good.replace(/.{76}/g, '$&\r\n'),
			`${good}AAAA`,
			good.slice(4),
			'',
			'=',
			'====',
			'AAAA',
			'🎬',
		];
		for (const other of others) expect(decryptPayload(other, KEYS)).toEqual(UNDECIPHERABLE);
	});

	it('keeps a field called __proto__ as a field', () => {
		const outcome = decryptPayload(encrypt('{"__proto__":{"status":3}}', ACCOUNT), KEYS);
		expect(outcome.kind === 'decrypted' && Object.keys(outcome.content)).toEqual(['__proto__']);
		expect(({} as Record<string, unknown>).status).toBeUndefined();
	});

	it('accepts any depth of nesting', () => {
		const outcome = decryptPayload(encrypt(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, ACCOUNT), KEYS);
		expect(outcome.kind).toBe('decrypted');
	});
});
