import {
	CLOCK_SKEW_MINUTES,
	judgeAge,
	MAX_BODY_BYTES,
	parseEnvelope,
	parsePayload,
} from '../../nodes/AkoolImageToVideo/callbacks/parse';
import { COMPLETED, SENT_AT_MS, VIDEO_ID } from './akoolCaller';

const BODY = {
	signature: '0123456789abcdef0123456789abcdef01234567',
	dataEncrypt: 'YWJj',
	timestamp: 1754377293090,
	nonce: '1529',
};
const ENVELOPE = { ...BODY, timestamp: '1754377293090' };

function reasonFor(body: unknown): string {
	const outcome = parseEnvelope(body);
	return outcome.kind === 'malformed' ? outcome.reason : outcome.kind;
}

function flawOf(body: unknown): string {
	const outcome = parseEnvelope(body);
	return outcome.kind === 'wrongShape' ? outcome.reason : outcome.kind;
}

describe('the envelope of a callback', () => {
	it.each([
		['an object', BODY],
		['JSON text', JSON.stringify(BODY)],
		['JSON bytes', Buffer.from(JSON.stringify(BODY))],
		['an object with fields that Akool may add', { ...BODY, event: 'video' }],
		['an object without a prototype', Object.assign(Object.create(null), BODY)],
	])('is read from %s', (_, body) => {
		expect(parseEnvelope(body)).toEqual({ kind: 'envelope', envelope: ENVELOPE });
	});

	it('keeps timestamp and nonce as the signed text, whether they are numbers or texts', () => {
		expect(parseEnvelope({ ...BODY, timestamp: '1754377293090', nonce: 1529 })).toEqual({
			kind: 'envelope',
			envelope: ENVELOPE,
		});
		expect(parseEnvelope({ ...BODY, nonce: '0077' })).toMatchObject({ envelope: { nonce: '0077' } });
		expect(parseEnvelope({ ...BODY, nonce: 0.25 })).toMatchObject({ envelope: { nonce: '0.25' } });
		expect(parseEnvelope({ ...BODY, nonce: 'f47ac10b-58cc-4372-a567-0e02b2c3d479' })).toMatchObject({
			kind: 'envelope',
		});
	});

	it.each([
		undefined,
		null,
		true,
		7,
		7n,
		Symbol('x'),
		[],
		[BODY],
		'',
		'null',
		'[]',
		'"text"',
		'{',
		'{"signature":',
		'\uFEFF' + JSON.stringify(BODY),
	])('is malformed if it is not a JSON object (case %#)', (body) => {
		expect(reasonFor(body)).toBe('body-not-json');
	});

	it('is malformed if its bytes are not UTF-8', () => {
		const bytes = Buffer.concat([
			Buffer.from('{"note":"'),
			Buffer.from([0xff, 0xfe]),
			Buffer.from(`",${JSON.stringify(BODY).slice(1)}`),
		]);
		expect(reasonFor(bytes)).toBe('body-not-json');
	});

	it.each(['signature', 'dataEncrypt', 'timestamp', 'nonce'])(
		'is malformed without %s, or with one that only a prototype has',
		(field) => {
			const reason = field === 'dataEncrypt' ? 'data-encrypt' : field;
			const without = Object.fromEntries(Object.entries(BODY).filter(([name]) => name !== field));
			expect(reasonFor(without)).toBe(reason);
			expect(reasonFor(Object.assign(Object.create(BODY), without))).toBe(reason);
			for (const value of [undefined, null, true, '', {}, [], [1529], { toString: () => '1529' }, 1529n]) {
				expect(reasonFor({ ...BODY, [field]: value })).toBe(reason);
			}
		},
	);

	it.each([
		'abc',
		1529,
		BODY.signature.slice(1),
		`${BODY.signature}0`,
		`${BODY.signature}\n`,
		BODY.signature.replace('f', 'g'),
		BODY.signature.replace('f', 'F'),
	])('has the wrong shape if the signature is not 40 lower-case hexadecimal characters (case %#)', (signature) => {
		expect(flawOf({ ...BODY, signature })).toBe('signature');
	});

	it.each([
		1754377293,
		'1754377293',
		17543772930901,
		'0754377293090',
		-754377293090,
		1754377293090.5,
		'1754377293090 ',
		'1754377293090\n',
		'1.754377293090e12',
		'0x19878b3f1e2',
		'soon',
	])('has the wrong shape if the timestamp is not 13 digits: %j', (timestamp) => {
		expect(flawOf({ ...BODY, timestamp })).toBe('timestamp');
	});

	it.each(['15 29', '15=', '1529\n', 'a/b', 'a+b', '1\u00002', 'é', 'n'.repeat(41), 1e21])(
		'has the wrong shape if the nonce could hold other signed data: %j',
		(nonce) => {
			expect(flawOf({ ...BODY, nonce })).toBe('nonce');
		},
	);

	it('is malformed if it is larger than 256 KiB', () => {
		const empty = JSON.stringify({ ...BODY, more: '' });
		const largest = JSON.stringify({ ...BODY, more: 'x'.repeat(MAX_BODY_BYTES - empty.length) });
		expect(reasonFor(largest)).toBe('envelope');
		expect(reasonFor(Buffer.from(largest))).toBe('envelope');
		expect(reasonFor(`${largest} `)).toBe('body-too-large');
		expect(reasonFor(Buffer.from(`${largest} `))).toBe('body-too-large');
		expect(reasonFor(largest.replace('xx', 'é€'))).toBe('body-too-large');
		expect(reasonFor({ ...BODY, dataEncrypt: 'A'.repeat(MAX_BODY_BYTES + 1) })).toBe('body-too-large');
		expect(reasonFor({ ...BODY, dataEncrypt: 'A'.repeat(MAX_BODY_BYTES) })).not.toBe('body-too-large');
	});

	it('ignores a field called __proto__', () => {
		expect(reasonFor(`{"__proto__":${JSON.stringify(BODY)}}`)).toBe('signature');
		expect(reasonFor(`{"constructor":{"prototype":${JSON.stringify(BODY)}}}`)).toBe('signature');
		expect(({} as Record<string, unknown>).signature).toBeUndefined();
	});

	it.each([['['.repeat(200_000)], ['{"a":'.repeat(50_000)], [`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`]])(
		'can be nested to any depth (case %#)',
		(text) => {
			expect(parseEnvelope(text).kind).toBe('malformed');
		},
	);
});

describe('the payload of a callback', () => {
	it('gives the video, its status and the result', () => {
		expect(parsePayload(COMPLETED)).toEqual({
			kind: 'payload',
			payload: { id: VIDEO_ID, status: 3, url: COMPLETED.url, raw: COMPLETED },
		});
	});

	it('needs no type, and keeps every other field', () => {
		const raw = { _id: VIDEO_ID, status: 2, type: 'anything', progress: 40, deduction_credit: 20 };
		expect(parsePayload(raw)).toEqual({ kind: 'payload', payload: { id: VIDEO_ID, status: 2, url: undefined, raw } });
	});

	it.each([
		[1, 1],
		[4, 4],
		['3', 3],
		[0, 0],
		[7, 7],
		[-1, -1],
	])('reads the status %j as the number %d, documented or not', (status, number) => {
		expect(parsePayload({ _id: VIDEO_ID, status })).toMatchObject({ kind: 'payload', payload: { status: number } });
	});

	it.each([undefined, null, '', ' ', 'done', true, {}, [3], 3.5, '3.5', 1e300, Number.NaN])(
		'is malformed if the status is not a whole number (case %#)',
		(status) => {
			expect(parsePayload({ _id: VIDEO_ID, status })).toEqual({ kind: 'malformed', reason: 'payload-status' });
		},
	);

	it.each([
		undefined,
		null,
		'',
		7,
		{},
		[VIDEO_ID],
		VIDEO_ID.slice(1),
		`${VIDEO_ID}0`,
		`${VIDEO_ID}\n`,
		'z'.repeat(24),
		'../../../../etc/passwd12',
	])('is malformed if the ID is not a video’s (case %#)', (_id) => {
		expect(parsePayload({ _id, status: 3 })).toEqual({ kind: 'malformed', reason: 'payload-id' });
	});

	it('is never read from a prototype', () => {
		expect(parsePayload(JSON.parse(`{"__proto__":${JSON.stringify(COMPLETED)}}`)).kind).toBe('malformed');
		expect(parsePayload(Object.create(COMPLETED)).kind).toBe('malformed');
	});
});

const MINUTE_MS = 60_000;

function ageAfter(ms: number, maxAgeMinutes = 1440): string {
	return judgeAge(SENT_AT_MS, { nowMs: SENT_AT_MS + ms, maxAgeMinutes });
}

describe('the age of a callback', () => {
	it('is accepted up to the limit, to the millisecond', () => {
		expect(ageAfter(0)).toBe('fresh');
		expect(ageAfter(1440 * MINUTE_MS)).toBe('fresh');
		expect(ageAfter(1440 * MINUTE_MS + 1)).toBe('too-old');
		expect(ageAfter(30_000, 0.5)).toBe('fresh');
		expect(ageAfter(30_001, 0.5)).toBe('too-old');
	});

	it('may be five minutes in the future, and no more', () => {
		expect(ageAfter(-CLOCK_SKEW_MINUTES * MINUTE_MS)).toBe('fresh');
		expect(ageAfter(-CLOCK_SKEW_MINUTES * MINUTE_MS - 1)).toBe('from-the-future');
	});

	it('is not checked if the limit is 0', () => {
		expect(ageAfter(1e15, 0)).toBe('fresh');
		expect(ageAfter(-1e12, 0)).toBe('fresh');
	});

	it('is never accepted if it cannot be measured', () => {
		expect(ageAfter(Number.NaN)).toBe('too-old');
		expect(ageAfter(0, Number.NaN)).toBe('too-old');
		expect(ageAfter(0, -1)).toBe('too-old');
		expect(judgeAge(Number.NaN, { nowMs: SENT_AT_MS, maxAgeMinutes: 1440 })).toBe('too-old');
	});
});
