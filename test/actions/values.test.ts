import fc from 'fast-check';

import { readChoices, readObject } from '../../nodes/AkoolImageToVideo/actions/values/collections';
import type { Reading } from '../../nodes/AkoolImageToVideo/actions/values/reading';
import { readBoolean, readChoice, readNumber, SECONDS } from '../../nodes/AkoolImageToVideo/actions/values/scalars';
import { readText } from '../../nodes/AkoolImageToVideo/actions/values/text';

/** What a reading comes to: the value, `nothing`, or the title of its refusal. */
function outcome(reading: Reading<unknown>): unknown {
	if (reading.kind === 'absent') return 'nothing';
	return reading.kind === 'value' ? reading.value : { refused: reading.message.title };
}

const NOTHING: readonly unknown[] = [
	undefined,
	null,
	'',
	'   ',
	'\u00A0',
	'\u200B\uFEFF',
	'undefined',
	'null',
	[],
	[null],
	{ __rl: true, mode: 'list', value: '' },
];
const CHOICES = [
	{ name: '720p', value: '720p' },
	{ name: '4K', value: '4k' },
	{ name: '10 Seconds', value: 10 },
	{ name: 'From URL', value: 2 },
];

describe('an empty value', () => {
	it.each(NOTHING.map((value) => [value]))('%j counts as no value for every reader', (value) => {
		const readings = [
			readText('X', value),
			readBoolean('X', value),
			readNumber('X', value),
			readChoice('X', value, CHOICES),
			readChoices('X', value, CHOICES),
		];
		expect(readings.map(outcome)).toEqual(readings.map(() => 'nothing'));
	});
});

describe('texts', () => {
	it.each<[unknown, unknown]>([
		['a', 'a'],
		['\uFEFF a b\u200B\n', 'a b'],
		[' lines\n\nstay ', 'lines\n\nstay'],
		[
			'🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
			'🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
		],
		[5, '5'],
		[0, '0'],
		[false, 'false'],
		[12n, '12'],
		[['one'], 'one'],
		[[['one']], 'one'],
		[{ __rl: true, mode: 'id', value: ' code ' }, 'code'],
		[new Date('2026-11-29T10:00:00Z'), '2026-11-29T10:00:00.000Z'],
		// n8n's own dates are Luxon's.
		[{ toISO: () => '2026-11-29T10:00:00.000Z' }, '2026-11-29T10:00:00.000Z'],
		['It says {{ sale }}', 'It says {{ sale }}'],
		[['a', 'b'], { refused: "'X' holds 2 values where one is needed" }],
		[{ text: 'a' }, { refused: "'X' holds an object where a text is needed" }],
		[new Date(NaN), { refused: "'X' holds an object where a text is needed" }],
		['see [object Object]', { refused: "'X' holds an object where a text is needed" }],
		['{{ $json.prompt }}', { refused: "'X' holds an expression that n8n did not evaluate" }],
		['a {{ $("Sheet").item.json.b }} c', { refused: "'X' holds an expression that n8n did not evaluate" }],
	])('reads the text %j', (given, expected) => expect(outcome(readText('X', given))).toEqual(expected));
});

describe('booleans', () => {
	it.each<[unknown, unknown]>([
		...[true, 'true', 'TRUE', 'True', 'yes', 'Yes ', 'on', 'y', 1, '1', 'true\u00A0', '\u200Btrue', ['true']].map(
			(given): [unknown, unknown] => [given, true],
		),
		...[false, 'false', 'FALSE', 'no', 'off', 'N', 0, '0', ' false', [false]].map((given): [unknown, unknown] => [
			given,
			false,
		]),
		...['maybe', 'wahr', 2, -1, '2', {}, { a: true }, 'truefalse'].map((given): [unknown, unknown] => [
			given,
			{ refused: "'X' is neither true nor false" },
		]),
	])('reads %j as %j', (given, expected) => expect(outcome(readBoolean('X', given))).toEqual(expected));
});

describe('numbers', () => {
	it.each<[unknown, unknown]>([
		...[5, '5', ' 5 ', '5.0', '5.', '+5', '5e0', 5n, ['5'], '5 s', '5s', '5 sec.', '5 Seconds'].map(
			(given): [unknown, unknown] => [given, 5],
		),
		['.5', 0.5],
		...['five', '1,000', '1 000', '5,0', '0x10', '5 m', '5 pieces', 'Infinity', true, {}, NaN, Infinity, '1e999'].map(
			(given): [unknown, unknown] => [given, { refused: "'X' is not a number" }],
		),
	])('reads %j as %j', (given, expected) =>
		expect(outcome(readNumber('X', given, { units: SECONDS }))).toEqual(expected),
	);

	it.each([
		[0, 'Use a whole number from 1 to 10.'],
		[11, 'Use a whole number from 1 to 10.'],
		[1.5, 'Use a whole number from 1 to 10.'],
	])('refuses %j, which is out of range, and names the range', (given, advice) => {
		const reading = readNumber('X', given, { minimum: 1, maximum: 10, isWhole: true });
		expect(reading).toMatchObject({ kind: 'refused', message: { description: advice } });
	});
});

describe('choices', () => {
	it.each<[unknown, unknown]>([
		['720p', '720p'],
		['720P', '720p'],
		['720', '720p'],
		[720, '720p'],
		['4K', '4k'],
		[10, 10],
		['10', 10],
		['10 s', 10],
		['10  seconds', 10],
		['from url', 2],
		['8k', { refused: `'X' is "8k", which is not one of its choices` }],
		[3, { refused: `'X' is "3", which is not one of its choices` }],
	])('reads %j as %j', (given, expected) => expect(outcome(readChoice('X', given, CHOICES))).toEqual(expected));

	it('lists the choices when it refuses a value', () => {
		expect(readChoice('X', 'both', CHOICES)).toMatchObject({
			message: { description: 'Use one of: 720p, 4K, 10 Seconds (10), From URL (2).' },
		});
	});

	it.each<[unknown, unknown]>([
		[
			['720p', '4k'],
			['720p', '4k'],
		],
		['720p', ['720p']],
		['720p, 4K', ['720p', '4k']],
		['["720p","4k"]', ['720p', '4k']],
		[['720p', '720p', null], ['720p']],
		['720p, 8k', { refused: `'X' is "8k", which is not one of its choices` }],
		[{ a: 1 }, { refused: "'X' holds an object where a text is needed" }],
	])('reads several choices from %j as %j', (given, expected) =>
		expect(outcome(readChoices('X', given, CHOICES))).toEqual(expected),
	);
});

describe('JSON objects', () => {
	it.each<[unknown, unknown]>([
		[{ a: 1 }, { a: 1 }],
		['{"a":1}', { a: 1 }],
		['\uFEFF{"a":1} ', { a: 1 }],
		[[{ a: 1 }], { a: 1 }],
		['', 'nothing'],
		['null', 'nothing'],
		[null, 'nothing'],
		['[1]', { refused: "'X' is not a JSON object" }],
		['5', { refused: "'X' is not a JSON object" }],
		['{a', { refused: "'X' is not valid JSON" }],
		['undefined', 'nothing'],
		...['hello', 'seed=5', 'True', '{"a": 1 + 1}', '{"a": f(1)}', '{"a": [`x`]}', '{...a}', '{"a": !true}'].map(
			(text): [string, unknown] => [text, { refused: "'X' is not valid JSON" }],
		),
		['{“a”: 1}', { a: 1 }],
		["{'a': 1,}", { a: 1 }],
		['```json\n{"a": 1}\n```', { a: 1 }],
		['"{\\"a\\": 1}"', { a: 1 }],
		['[{"a": 1}]', { a: 1 }],
		['[{"a": 1}, {"a": 2}]', { refused: "'X' holds 2 values where one is needed" }],
	])('reads the object %j', (given, expected) => expect(outcome(readObject('X', given))).toEqual(expected));
});

it('refuses an object that JSON cannot hold', () => {
	const circular: Record<string, unknown> = {};
	circular.self = circular;
	expect(outcome(readObject('X', circular))).toEqual({ refused: "'X' is not valid JSON" });
});

describe('any value that an expression can give', () => {
	const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true });
	const readers = [
		(value: unknown) => readText('X', value),
		(value: unknown) => readBoolean('X', value),
		(value: unknown) => readNumber('X', value),
		(value: unknown) => readChoice('X', value, CHOICES),
		(value: unknown) => readChoices('X', value, CHOICES),
		(value: unknown) => readObject('X', value),
	];

	it('is read or refused by name, and no reader throws', () => {
		fc.assert(
			fc.property(anything, (value) => {
				for (const read of readers) {
					const reading = read(value);
					if (reading.kind === 'refused') expect(reading.message.title).toContain("'X' ");
				}
			}),
		);
	});

	it('is read the same a second time', () => {
		fc.assert(
			fc.property(fc.string(), (value) => {
				const once = readText('X', value);
				if (once.kind === 'value') expect(readText('X', once.value)).toEqual(once);
			}),
		);
	});
});
