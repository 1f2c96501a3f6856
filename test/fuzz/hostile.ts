// Generates malformed answers: real ones with a few places changed, or something else entirely. Rule: everything here could come over the
// wire, so it is JSON or text.

import fc from 'fast-check';
import { ANY_CHARACTER } from '../support/anyCharacter';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** As it comes over the wire. */
export const wire = (value: unknown): Json => JSON.parse(JSON.stringify(value));

const DEEP = 2_000;
const HUGE = 50_000;
const PROTOTYPE_NAMES = [
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'hasOwnProperty',
	'toJSON',
	'then',
	'valueOf',
];
const CONTROL = ['\u0000', '\u001b[31m', '\r\n', '\u2028', '\ud800', '\u202e', '\ufeff', '\u007f'];

function nested(depth: number): Json {
	let value: Json = 'deep';
	for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { data: value };
	return value;
}

/** As JSON.parse makes them: `__proto__` is a field of its own here, and no prototype. */
const polluted = (value: Json): Json =>
	JSON.parse(`{"__proto__":${JSON.stringify(value)},"constructor":{"prototype":${JSON.stringify(value)}}}`);

/** So large that a reader may give up: rare, as each takes its time. */
const OUTSIZED = fc.constantFrom<Json>(
	nested(DEEP),
	'x'.repeat(HUGE),
	Array.from({ length: HUGE }, () => 0),
);
const OTHERS_FOR_EACH_OUTSIZED = 49;

/** A value that stands where another kind of value should be. @param secrets what must not come out again */
function oddValue(secrets: readonly string[]): fc.Arbitrary<Json> {
	const others = fc.oneof(
		fc.constantFrom<Json>(
			null,
			true,
			false,
			0,
			-1,
			1.5,
			1e308,
			-1e308,
			Number.MAX_SAFE_INTEGER,
			3,
			4,
			7,
			'',
			'3',
			'1000',
			' ',
			[],
			{},
			[[]],
			'NaN',
			'-0',
		),
		fc.string({ unit: ANY_CHARACTER, maxLength: 40 }),
		fc
			.array(fc.constantFrom(...CONTROL, 'a', '"', '\\', '{', '${', '{{', '<script>'), { maxLength: 12 })
			.map((parts) => parts.join('')),
		fc.jsonValue({ maxDepth: 3 }).map(wire),
		fc
			.constantFrom(...secrets)
			.chain((secret) =>
				fc.constantFrom<Json>(secret, `about ${secret}, of course`, [secret], { [secret]: secret }, { msg: secret }),
			),
		fc.constantFrom(polluted({ status: 3, code: 1000 }), polluted('x')),
		fc.integer({ min: 1, max: 200 }),
	);
	return fc.oneof({ weight: OTHERS_FOR_EACH_OUTSIZED, arbitrary: others }, { weight: 1, arbitrary: OUTSIZED });
}

interface Change {
	where: number;
	how: 'leaveOut' | 'replace' | 'wrap' | 'unwrap' | 'rename' | 'add' | 'double';
	name: string;
	value: Json;
}

function changes(secrets: readonly string[]): fc.Arbitrary<Change[]> {
	const change = fc.record<Change>({
		where: fc.nat(),
		how: fc.constantFrom('leaveOut', 'replace', 'replace', 'replace', 'wrap', 'unwrap', 'rename', 'add', 'double'),
		name: fc.constantFrom(...PROTOTYPE_NAMES, '_id', 'status', 'msg', 'code', 'data'),
		value: oddValue(secrets),
	});
	return fc.array(change, { minLength: 1, maxLength: 5 });
}

type Place = { holder: Json[]; key: number } | { holder: { [name: string]: Json }; key: string };

/** How deep, and how many places wide, a change looks for its place. */
const DEPTH_LOOKED_AT = 12;
const PLACES_LOOKED_AT = 2_000;

function placesIn(value: Json, depth = 0): Place[] {
	if (typeof value !== 'object' || value === null || depth > DEPTH_LOOKED_AT) return [];
	const here: Place[] = Array.isArray(value)
		? value.slice(0, PLACES_LOOKED_AT).map((_, key) => ({ holder: value, key }))
		: Object.keys(value).map((key) => ({ holder: value, key }));
	return here.flatMap((place) => [place, ...placesIn(valueAt(place), depth + 1)]);
}

/** Sets a field of an object as JSON.parse would, whatever its name. */
function define(holder: { [name: string]: Json }, name: string, value: Json): void {
	Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}

function put(place: Place, value: Json): void {
	if (Array.isArray(place.holder)) place.holder.splice(Number(place.key), 1, value);
	else define(place.holder, String(place.key), value);
}

function valueAt({ holder, key }: Place): Json {
	const value = Array.isArray(holder) ? holder[Number(key)] : holder[String(key)];
	return value ?? null;
}

function takeOut({ holder, key }: Place): void {
	if (Array.isArray(holder)) holder.splice(Number(key), 1);
	else Reflect.deleteProperty(holder, String(key));
}

function alter(root: Json, { where, how, name, value: given }: Change): void {
	// A value of its own, or a later change would put it into itself.
	const value = wire(given);
	const places = placesIn(root);
	const place = places[where % Math.max(1, places.length)];
	if (place === undefined) return;
	const before = valueAt(place);
	switch (how) {
		case 'leaveOut':
			return takeOut(place);
		case 'replace':
			return put(place, value);
		case 'wrap':
			return put(place, where % 2 === 0 ? [before] : { [name]: before });
		case 'unwrap':
			return put(
				place,
				typeof before === 'object' && before !== null ? (Object.values(before)[0] ?? null) : String(before),
			);
		case 'rename':
			takeOut(place);
			return Array.isArray(place.holder) ? void place.holder.push(before) : define(place.holder, name, before);
		case 'add':
			return Array.isArray(place.holder) ? void place.holder.push(value) : define(place.holder, name, value);
		case 'double':
			return Array.isArray(place.holder)
				? void place.holder.push(wire(before))
				: define(place.holder, `${name}2`, wire(before));
	}
}

/** A true JSON text with a few places changed. */
export function altered(truths: readonly Json[], secrets: readonly string[]): fc.Arbitrary<Json> {
	return fc.tuple(fc.constantFrom(...truths), changes(secrets)).map(([truth, list]) => {
		const box: Json = { body: JSON.parse(JSON.stringify(truth)) };
		for (const change of list) alter(box, change);
		return box.body ?? null;
	});
}

export interface HostileAnswer {
	statusCode: number;
	headers: { [name: string]: string };
	body: Json;
}

const RETRY_AFTER = ['1', '-1', '1e99', 'soon', 'Wed, 21 Oct 2015 07:28:00 GMT', ''];

/** What comes back instead of an answer: changed JSON mostly, also pages, cut JSON, nothing, and any HTTP status. */
export function hostileAnswer(truths: readonly Json[], secrets: readonly string[]): fc.Arbitrary<HostileAnswer> {
	const body = fc.oneof(
		{ weight: 16, arbitrary: altered(truths, secrets) },
		{ weight: 1, arbitrary: fc.jsonValue().map(wire) },
		{
			weight: 1,
			arbitrary: fc.constantFrom<Json>(
				'',
				null,
				'<!DOCTYPE html><html><body>502</body></html>',
				'{"code":1000,"data":{"_id":"68',
				'1000',
			),
		},
	);
	const statusCode = fc.oneof(
		{ weight: 14, arbitrary: fc.constant(200) },
		{ weight: 1, arbitrary: fc.constantFrom(0, 201, 204, 301, 400, 401, 403, 404, 429, 500, 503, 599) },
	);
	const retryAfter = fc.constantFrom(...RETRY_AFTER);
	return fc.record({
		statusCode,
		headers: retryAfter.map((value) => ({ 'content-type': 'application/json', 'retry-after': value })),
		body,
	});
}

export interface HostileFile {
	statusCode: number;
	headers: { [name: string]: string };
	/** What arrives of the file. */
	bytes: Buffer;
	/** Whether the connection breaks off behind that. */
	breaks: boolean;
}

/** Names of types that a file's host may give, its own family's among them. @param type the right one */
function contentType(type: string, secrets: readonly string[]): fc.Arbitrary<string | undefined> {
	const family = type.split('/')[0] ?? '';
	return fc.oneof(
		{
			weight: 8,
			arbitrary: fc.constantFrom(
				type,
				type,
				type,
				`${type}; charset=binary`,
				type.toUpperCase(),
				'application/octet-stream',
				'binary/octet-stream',
				undefined,
			),
		},
		{
			weight: 3,
			arbitrary: fc.constantFrom(
				'text/html; charset=utf-8',
				'application/json',
				'application/xml',
				'image/svg+xml',
				'video/x-unheard-of',
				'audio/mpeg',
			),
		},
		{
			weight: 2,
			arbitrary: fc.constantFrom(
				'',
				' ',
				';',
				'/',
				`${family}/`,
				`${family}`,
				`${family}/../../..`,
				`${family}/__proto__`,
				`${family}/${'x'.repeat(HUGE)}`,
				`text/${'x'.repeat(HUGE)}`,
			),
		},
		{ weight: 1, arbitrary: fc.constantFrom(...secrets).map((secret) => `text/html; of=${secret}`) },
		{ weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
	);
}

/** Lengths that may be announced for a file, the right one among them. */
function contentLength(bytes: number): fc.Arbitrary<string | undefined> {
	const odd = [
		'',
		' ',
		'-1',
		'NaN',
		'1e3',
		'1e999',
		'0',
		'9'.repeat(30),
		`0x${bytes.toString(16)}`,
		`+${bytes}`,
		`${bytes}.0`,
		` ${bytes} `,
		`${bytes}, ${bytes}`,
		`${bytes} bytes`,
	];
	return fc.oneof(
		{ weight: 6, arbitrary: fc.constant(String(bytes)) },
		{ weight: 2, arbitrary: fc.constant(undefined) },
		{ weight: 3, arbitrary: fc.constantFrom(bytes + 1, bytes - 1, bytes * 2, Math.floor(bytes / 2)).map(String) },
		{ weight: 3, arbitrary: fc.constantFrom(...odd) },
	);
}

const bytesOf = (maxLength: number): fc.Arbitrary<Buffer> =>
	fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes));
const LONG_FILE = Buffer.alloc(HUGE, 'long');

/** Bytes of a file: none, some, and now and then many. */
const fileBytes: fc.Arbitrary<Buffer> = fc.oneof(
	{
		weight: OTHERS_FOR_EACH_OUTSIZED,
		arbitrary: fc.oneof({ weight: 9, arbitrary: bytesOf(200) }, { weight: 1, arbitrary: fc.constant(Buffer.alloc(0)) }),
	},
	{ weight: 1, arbitrary: fc.constant(LONG_FILE) },
);

/** HTTP statuses that a file's host may answer with, 200 mostly. */
const fileStatus: fc.Arbitrary<number> = fc.oneof(
	{ weight: 8, arbitrary: fc.constant(200) },
	{
		weight: 1,
		arbitrary: fc.constantFrom(0, 201, 204, 206, 300, 304, 400, 401, 403, 404, 410, 416, 429, 500, 503, 599, 999),
	},
);

/** What comes instead of a file: any status, type and length, a part of it, or nothing. @param type the right one */
export function hostileFile(type: string, secrets: readonly string[]): fc.Arbitrary<HostileFile> {
	const rare = (values: readonly string[]): fc.Arbitrary<string | undefined> =>
		fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...values) });
	return fileBytes.chain((bytes) => {
		const headers = fc.record({
			'content-type': contentType(type, secrets),
			'content-length': contentLength(bytes.length),
			'content-encoding': rare(['gzip', 'br', 'deflate', 'gzip, br', 'x-unheard-of']),
			'retry-after': rare(RETRY_AFTER),
		});
		const present = headers.map((all) =>
			Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
		);
		const breaks = fc.oneof({ weight: 7, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
		return fc.record({ statusCode: fileStatus, headers: present, bytes: fc.constant(bytes), breaks });
	});
}

/** What goes over the line for a file. */
export interface Transfer {
	statusCode: number;
	contentType: string;
	bytes: Buffer;
	isCompressed: boolean;
	/** What says where the file ends; `close`: nothing but the end of the connection. */
	framing: 'length' | 'chunks' | 'close';
	/** How much of the line is sent, from 0 to 1. */
	part: number;
	/** Whether the connection is torn down behind that. */
	resets: boolean;
}

/** A file on its way, whole or cut anywhere, also in its head. @param type the right one */
export function transfer(type: string): fc.Arbitrary<Transfer> {
	return fc.record<Transfer>({
		statusCode: fileStatus.filter((status) => status >= 200),
		contentType: fc.constantFrom(type, type, type, 'application/octet-stream', 'text/html'),
		bytes: fileBytes,
		isCompressed: fc.constantFrom(false, false, true),
		framing: fc.constantFrom('length', 'length', 'chunks', 'close'),
		part: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
		resets: fc.boolean(),
	});
}

/** What every object inherits, to be compared after a run. */
export function inheritedNames(): string {
	return [Object.prototype, Array.prototype, Function.prototype, String.prototype]
		.map((prototype) => Reflect.ownKeys(prototype).map(String).join())
		.join(';');
}
