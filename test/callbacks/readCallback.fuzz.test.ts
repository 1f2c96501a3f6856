import fc from 'fast-check';
import { readCallback, type CallbackOutcome } from '../../nodes/AkoolImageToVideo/callbacks/readCallback';
import vectors from '../fixtures/webhook/vectors.json';
import { ACCOUNT, callback, COMPLETED, encrypt, SENT_AT_MS, signedBody, VIDEO_ID } from './akoolCaller';
import { anything, RUNS } from './fuzz';
import { ANY_CHARACTER } from '../support/anyCharacter';

const FIELDS = ['signature', 'dataEncrypt', 'timestamp', 'nonce'] as const;
const KINDS: ReadonlyArray<CallbackOutcome['kind']> = ['accepted', 'repeated', 'refused', 'malformed', 'unreadable'];
/** The widest opening there is: no limit of age, nothing remembered. */
const NO_LIMIT = { nowMs: SENT_AT_MS, maxAgeMinutes: 0 };
const GOOD = callback(COMPLETED);

function kindOf(body: unknown, account = ACCOUNT): CallbackOutcome['kind'] {
	const { kind } = readCallback(body, account, NO_LIMIT);
	if (!KINDS.includes(kind)) throw new Error(`No outcome: ${String(kind)}`);
	return kind;
}

function refused(body: unknown, account = ACCOUNT): boolean {
	return ['malformed', 'refused'].includes(kindOf(body, account));
}

function holds<Values extends [unknown, ...unknown[]]>(property: fc.IPropertyWithHooks<Values>): void {
	fc.assert(property, { numRuns: RUNS });
}

describe('arbitrary calls', () => {
	it('are refused without throwing: any value', () => {
		holds(fc.property(anything(), (body) => refused(body)));
	});

	it('are refused without throwing: any JSON, as a value, as text and as bytes', () => {
		holds(
			fc.property(fc.json(), (text) => {
				for (const body of [text, JSON.parse(text), Buffer.from(text)]) expect(refused(body)).toBe(true);
			}),
		);
	});

	it('are refused without throwing: any text and any bytes', () => {
		holds(
			fc.property(
				fc.string({ unit: ANY_CHARACTER }),
				fc.uint8Array({ maxLength: 400 }),
				(text, bytes) => refused(text) && refused(Buffer.from(bytes)),
			),
		);
	});

	it('give an outcome if any field is missing, of another type or named like a prototype’s', () => {
		const field = (good: unknown) => fc.oneof(fc.constant(good), anything(), fc.string());
		const fields = {
			signature: field(GOOD.signature),
			dataEncrypt: field(GOOD.dataEncrypt),
			timestamp: field(GOOD.timestamp),
			nonce: field(GOOD.nonce),
		};
		const extra = fc.dictionary(
			fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'toJSON'),
			anything(),
		);
		holds(
			fc.property(fc.record(fields, { requiredKeys: [], noNullPrototype: false }), extra, (body, more) => {
				const unchanged = FIELDS.every((name) => Object.hasOwn(body, name) && body[name] === GOOD[name]);
				expect(kindOf({ ...more, ...body }) === 'accepted').toBe(unchanged);
			}),
		);
	});

	it('give an outcome with any credential', () => {
		holds(
			fc.property(fc.string({ unit: ANY_CHARACTER }), fc.string({ unit: 'binary' }), (apiKey, clientId) =>
				['refused', 'unreadable'].includes(kindOf(GOOD, { apiKey, clientId })),
			),
		);
	});

	it('give an outcome with any payload that Akool could have encrypted', () => {
		holds(fc.property(fc.json(), (text) => kindOf(signedBody(encrypt(text, ACCOUNT), ACCOUNT)) === 'refused'));
	});
});

describe('a changed callback', () => {
	const positive = vectors.filter(({ name }) => !name.includes('negative'));

	it.each(positive)(
		'is never accepted: every single bit of every field of $name',
		({ body, clientId, clientSecret }) => {
			const account = { apiKey: clientSecret, clientId };
			expect(kindOf(body, account)).toBe('accepted');
			for (const field of FIELDS) {
				const text = String(body[field]);
				for (let index = 0; index < text.length; index += 1) {
					for (let bit = 0; bit < 8; bit += 1) {
						const flipped = String.fromCharCode(text.charCodeAt(index) ^ (1 << bit));
						const changed = { ...body, [field]: text.slice(0, index) + flipped + text.slice(index + 1) };
						if (!refused(changed, account))
							throw new Error(`Accepted with bit ${bit} of character ${index} of ${field} flipped`);
					}
				}
			}
		},
	);

	it('is never accepted: every single character removed or doubled', () => {
		for (const field of FIELDS) {
			const text = String(GOOD[field]);
			for (let index = 0; index < text.length; index += 1) {
				expect(refused({ ...GOOD, [field]: text.slice(0, index) + text.slice(index + 1) })).toBe(true);
				expect(refused({ ...GOOD, [field]: text.slice(0, index + 1) + text.slice(index) })).toBe(true);
			}
		}
	});

	it('is never accepted: any other text in any field', () => {
		holds(
			fc.property(
				fc.constantFrom(...FIELDS),
				fc.nat(),
				fc.nat({ max: 3 }),
				fc.string({ unit: ANY_CHARACTER, maxLength: 8 }),
				(field, at, cut, inserted) => {
					const text = String(GOOD[field]);
					const index = at % (text.length + 1);
					const changed = text.slice(0, index) + inserted + text.slice(index + cut);
					fc.pre(changed !== text);
					return refused({ ...GOOD, [field]: changed });
				},
			),
		);
	});

	it.each(FIELDS.flatMap((left) => FIELDS.filter((right) => right > left).map((right) => [left, right] as const)))(
		'is never accepted: %s and %s swapped, though the signature may still fit',
		(left, right) => {
			expect(refused({ ...GOOD, [left]: GOOD[right], [right]: GOOD[left] })).toBe(true);
		},
	);

	it('is never accepted: data moved into the nonce and digits into the timestamp under the same signature', () => {
		for (const { signature, dataEncrypt, timestamp, nonce } of [GOOD, callback(COMPLETED, ACCOUNT, SENT_AT_MS, 9047)]) {
			const digits = [String(nonce), String(timestamp)].sort().join('');
			for (let cut = 1; cut < dataEncrypt.length; cut += 1) {
				const [first, second] = [dataEncrypt.slice(0, cut), dataEncrypt.slice(cut)];
				expect(refused({ signature, timestamp: digits, nonce: first, dataEncrypt: second })).toBe(true);
				expect(refused({ signature, timestamp: digits, nonce: second, dataEncrypt: first })).toBe(true);
				expect(refused({ signature, timestamp, nonce: `${nonce}${first}`, dataEncrypt: second })).toBe(true);
			}
		}
	});

	it('still says the same if digits move between timestamp and nonce, which the signature cannot tell', () => {
		for (const { signature, dataEncrypt, timestamp, nonce } of [GOOD, callback(COMPLETED, ACCOUNT, SENT_AT_MS, 9047)]) {
			const digits = [String(nonce), String(timestamp)].sort().join('');
			for (let cut = 1; cut < digits.length; cut += 1) {
				const [first, second] = [digits.slice(0, cut), digits.slice(cut)];
				for (const traded of [
					{ timestamp: first, nonce: second },
					{ timestamp: second, nonce: first },
				]) {
					const outcome = readCallback({ signature, dataEncrypt, ...traded }, ACCOUNT, NO_LIMIT);
					if (traded.timestamp.length !== 13) expect(outcome).toMatchObject({ kind: 'refused', reason: 'shape' });
					else if (outcome.kind === 'accepted') expect(outcome.payload).toEqual(COMPLETED);
					else expect(outcome.kind).toBe('refused');
				}
			}
		}
	});

	it.each([
		['a line break behind it', (text: string) => `${text}\n`],
		['a line break in it', (text: string) => text.replace(/.{76}/g, '$&\n')],
		['a space before it', (text: string) => ` ${text}`],
		['the alphabet of URLs', (text: string) => text.replaceAll('+', '-').replaceAll('/', '_')],
		['a padding too many', (text: string) => `${text}=`],
	])('is never accepted, even with a new signature: the same base64 with %s', (_, respell) => {
		let count = 0;
		let body = GOOD;
		while (!/[+/]/.test(body.dataEncrypt)) {
			count += 1;
			body = callback({ ...COMPLETED, count });
		}
		const dataEncrypt = respell(body.dataEncrypt);
		expect(dataEncrypt).not.toBe(body.dataEncrypt);
		expect(kindOf({ ...body, dataEncrypt })).toBe('refused');
		expect(kindOf(signedBody(dataEncrypt, ACCOUNT))).toBe('refused');
	});

	it('is never accepted: overwritten bytes of the JSON text, unless it still says the same', () => {
		const bytes = Buffer.from(JSON.stringify(GOOD));
		holds(
			fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), (index, value) => {
				const changed = Buffer.from(bytes);
				changed[index] = value;
				fc.pre(!changed.equals(bytes));
				return refused(changed);
			}),
		);
	});

	it('is never accepted from somebody who knows only the client ID: payload changed or invented, signature renewed', () => {
		const encrypted = Buffer.from(GOOD.dataEncrypt, 'base64');
		const block = fc.uint8Array({ minLength: 16, maxLength: 16 });
		holds(
			fc.property(
				fc.nat({ max: encrypted.length - 1 }),
				fc.integer({ min: 1, max: 255 }),
				fc.array(block, { minLength: 1, maxLength: 8 }),
				(index, mask, blocks) => {
					const changed = Buffer.from(encrypted);
					changed[index] = (changed[index] ?? 0) ^ mask;
					const madeUp = Buffer.concat(blocks);
					return [changed, madeUp].every(
						(bytes) => kindOf(signedBody(bytes.toString('base64'), ACCOUNT)) === 'refused',
					);
				},
			),
		);
	});
});

describe('a genuine callback', () => {
	const apiKey = fc.oneof(
		...[16, 24, 32].map((bytes) =>
			fc.string({ unit: fc.constantFrom('a', 'Z', '0', '+', '~'), minLength: bytes, maxLength: bytes }),
		),
		...[8, 12, 16].map((characters) =>
			fc.string({ unit: fc.constantFrom('é', 'ж', 'ß'), minLength: characters, maxLength: characters }),
		),
	);
	const clientId = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== '');
	const timestamp = fc
		.integer({ min: 1_000_000_000_000, max: 9_999_999_999_999 })
		.chain((ms) => fc.constantFrom<number | string>(ms, String(ms)));
	const nonce = fc.oneof(
		fc.nat({ max: 99_999 }),
		fc.nat({ max: 99_999 }).map(String),
		fc.uuid(),
		fc.double({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true, minExcluded: true }),
	);
	const event = fc.record({
		_id: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 24, maxLength: 24 }),
		status: fc.constantFrom<number | string>(1, 2, 3, 4, '3', 99),
	});
	const more = fc.dictionary(
		fc.oneof(fc.string({ unit: ANY_CHARACTER }), fc.constantFrom('__proto__', 'constructor', 'url', 'type')),
		fc.jsonValue(),
	);

	it('is accepted and read as it was sent, whatever it says and whatever the keys', () => {
		holds(
			fc.property(
				apiKey,
				clientId,
				timestamp,
				nonce,
				event,
				more,
				fc.boolean(),
				(key, id, sentAt, once, said, extra, longPadding) => {
					const account = { apiKey: key, clientId: id };
					const plain = JSON.stringify({ ...extra, ...said });
					const padding = 16 - (Buffer.byteLength(plain) % 16) + (longPadding ? 16 : 0);
					const body = signedBody(encrypt(plain, account, padding), account, sentAt, once);
					for (const form of [body, JSON.stringify(body), Buffer.from(JSON.stringify(body))]) {
						const outcome = readCallback(form, account, NO_LIMIT);
						expect(outcome).toMatchObject({ kind: 'accepted', id: said._id, status: Number(said.status) });
						expect(outcome.kind === 'accepted' && JSON.stringify(outcome.payload)).toBe(plain);
					}
				},
			),
		);
	});

	it('is accepted at any depth of nesting', () => {
		const plain = `{"_id":"${VIDEO_ID}","status":3,"deep":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
		expect(kindOf(signedBody(encrypt(plain, ACCOUNT), ACCOUNT))).toBe('accepted');
	});
});
