// Files of the workflow in every form: which file is meant, what of it is an image, and under which key it stays the same when n8n runs the node again.

import { Readable } from 'node:stream';

import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import { findBinary, isBytes, storeFile, type FileHost } from '../../nodes/AkoolImageToVideo/images/binaryInput';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';
import { png } from '../support/imageBytes';

const PNG = png().toString('base64');
const fileOf = (fileName: string): IBinaryData => ({ mimeType: 'image/png', data: PNG, fileName });

/** An item with these files; n8n's storage has these bytes, and keeps what is put there under a new ID. */
function hostWith(item: Partial<INodeExecutionData>, stored = png()) {
	const context = executeContext({ parameters: {}, credential: new KeptCredential({ apiKey: 'k' }) });
	jest.spyOn(context.helpers, 'assertBinaryData').mockImplementation((_, name) => {
		const file = typeof name === 'string' ? item.binary?.[name] : undefined;
		if (file === undefined) throw new Error('no such field');
		return file;
	});
	jest
		.spyOn(context.helpers, 'getBinaryStream')
		.mockImplementation(async () => await Promise.resolve(Readable.from([stored])));
	const put = jest.spyOn(context.helpers, 'prepareBinaryData');
	put.mockImplementation(
		async (_, fileName, mimeType = '') =>
			await Promise.resolve({ data: '', id: 'new', mimeType, ...(fileName === undefined ? {} : { fileName }) }),
	);
	const host: FileHost = { context, items: [{ json: {}, ...item }] };
	return { host, put };
}

describe('finding a binary file', () => {
	const binary = {
		data: fileOf('a'),
		Photo: fileOf('b'),
		photo_2: fileOf('c'),
		'"quoted"': fileOf('d'),
		7: fileOf('e'),
	};
	const named = (given: unknown, item: Partial<INodeExecutionData> = { binary }): string | undefined =>
		findBinary(hostWith(item).host, 0, given)?.fileName;

	it.each<[unknown, string | undefined]>([
		['data', 'a'],
		[' data\u200B', 'a'],
		['$binary.data', 'a'],
		['{'.repeat(2) + ' $binary.Photo ' + '}'.repeat(2), 'b'],
		['photo', 'b'],
		['PHOTO_2', 'c'],
		['"quoted"', 'd'],
		['"data"', 'a'],
		[7, 'e'],
		['video', undefined],
		[8, undefined],
		[null, undefined],
		[{}, undefined],
		[true, undefined],
	])('finds it by the name %j', (given, fileName) => expect(named(given)).toBe(fileName));

	it('ignores case only if one field matches', () => {
		const two = { binary: { Photo: fileOf('a'), PHOTO: fileOf('b') } };
		expect(named('photo', two)).toBeUndefined();
		expect(named('PHOTO', two)).toBe('b');
		expect(named('photo', { binary: { photo: fileOf('c'), ...two.binary } })).toBe('c');
	});

	it('finds it among the item’s fields in combined mode', () => {
		expect(named('Photo', { json: { _files: { photo: fileOf('a'), data: fileOf('b') } } })).toBe('a');
	});

	it('finds the only file that an expression gives', () => {
		expect(named({ data: fileOf('a') })).toBe('a');
		expect(named({ json: {}, binary: { data: fileOf('a') } })).toBe('a');
		expect(named({ data: fileOf('a'), other: fileOf('b') })).toBeUndefined();
	});

	it('finds the item’s file that an expression describes', () => {
		const said = { mimeType: 'image/png', fileName: 'b' };
		expect(findBinary(hostWith({ binary }).host, 0, said)).toBe(binary.Photo);
		expect(named({ mimeType: 'image/png' })).toBeUndefined();
		expect(named({ mimeType: 'image/gif' })).toBeUndefined();
		for (const nothing of [{}, null, { fileName: 'a' }])
			expect(named(nothing, { binary: { data: fileOf('a') } })).toBeUndefined();
	});
});

describe('a file given by an expression', () => {
	const bytes = [...png()];
	const { host } = hostWith({});

	it.each<[string, unknown, Partial<IBinaryData> | undefined]>([
		['bytes', bytes, { data: PNG }],
		['a Buffer as JSON', { type: 'Buffer', data: bytes }, { data: PNG }],
		['base64 without a type', { data: PNG }, { data: PNG }],
		['the ID of a stored file', { id: 'filesystem-v2:a' }, { id: 'filesystem-v2:a', data: '' }],
		['the ID of a stored file with its kind', { id: 's3:a', data: 's3' }, { id: 's3:a', data: 's3' }],
		['the ID of something else', { id: '7' }, undefined],
		['base64 and an ID of something else', { id: '7', data: PNG }, { data: PNG }],
	])('is accepted as %s', (_, given, expected) => {
		expect(findBinary(host, 0, given)).toEqual(expected && { ...expected, mimeType: '' });
	});

	it.each<[string, unknown]>([
		['with its bytes', fileOf('a')],
		['with its place', { mimeType: 'image/png', id: 'filesystem-v2:a' }],
	])('is accepted as it is %s', (_, given) => expect(findBinary(host, 0, given)).toBe(given));

	it('can hold its bytes as the JSON of a Buffer', async () => {
		const file = findBinary(host, 0, { mimeType: 'image/jpeg', data: { type: 'Buffer', data: bytes } });
		expect(file && (await storeFile(host, file))).toMatchObject({ facts: { kind: 'png' } });
	});

	it('keeps the type of a data URI', () => {
		expect(findBinary(host, 0, `data:image/png;base64,${PNG}`)).toMatchObject({ mimeType: 'image/png' });
		expect(findBinary(host, 0, `data:;base64,${PNG}`)).toMatchObject({ mimeType: '' });
	});
});

it.each<[unknown, boolean]>([
	[[0, 1, 2, 3, 4, 5, 254, 255], true],
	[[1, 2, 3, 4, 5, 6, 7], false],
	[[1, 2, 3, 4, 5, 6, 7, 256], false],
	[[1, 2, 3, 4, 5, 6, 7, -1], false],
	[[1, 2, 3, 4, 5, 6, 7, 1.5], false],
	[[1, 2, 3, 4, 5, 6, 7, '8'], false],
	['12345678', false],
])('knows whether %j is a list of bytes: %s', (value, expected) => expect(isBytes(value)).toBe(expected));

describe('a file in n8n’s storage', () => {
	const stored = (id: string, mimeType = 'image/png'): IBinaryData => ({ data: 'filesystem-v2', mimeType, id });

	it('is copied only if n8n will rename it or its type is wrong', async () => {
		for (const [file, copies] of [
			[stored('filesystem-v2:workflows/1/executions/2/binary_data/abc'), []],
			[stored('filesystem-v2:workflows/1/executions/temp/binary_data/abc'), ['image/png']],
			[stored('filesystem-v2:workflows/1/executions/2/binary_data/abc', 'image/jpeg'), ['image/png']],
		] as const) {
			const { host, put } = hostWith({});
			const kept = await storeFile(host, file);
			expect(put.mock.calls.map(([, , type]) => type)).toEqual(copies);
			expect(kept).toMatchObject({
				isEmpty: false,
				facts: { kind: 'png' },
				binary: copies.length === 0 ? file : { id: 'new' },
			});
		}
	});

	it.each([
		['audio/mpeg', []],
		['', ['application/octet-stream']],
	])('of unknown kind keeps its type %j', async (mimeType, copies) => {
		const { host, put } = hostWith({}, Buffer.alloc(300, 1));
		await storeFile(host, stored('filesystem-v2:a', mimeType));
		expect(put.mock.calls.map(([, , type]) => type)).toEqual(copies);
	});

	it('has the same key after n8n has moved it, and a different one than every other file', async () => {
		const keyOf = async (file: IBinaryData) => (await storeFile(hostWith({}).host, file))?.key;
		const key = await keyOf(stored('filesystem-v2:workflows/1/executions/temp/binary_data/abc'));
		expect(await keyOf(stored('filesystem-v2:workflows/1/executions/2/binary_data/abc'))).toBe(key);
		expect(await keyOf(stored('filesystem-v2:workflows/1/executions/2/binary_data/xbc'))).not.toBe(key);
		const inline = await keyOf({ data: PNG, mimeType: '' });
		expect(inline).toMatch(/^[\da-f]{64}$/);
		expect(await keyOf({ data: PNG, mimeType: 'image/png' })).toBe(inline);
		expect(await keyOf({ data: png(1, 1).toString('base64'), mimeType: '' })).not.toBe(inline);
	});

	it('is reported as empty if it is', async () => {
		const { host } = hostWith({}, Buffer.alloc(0));
		expect(await storeFile(host, stored('filesystem-v2:a'))).toMatchObject({ isEmpty: true });
	});
});

describe('a file within the item', () => {
	const LARGE = Buffer.alloc(300, 1).toString('base64');

	it.each<[string, IBinaryData, string]>([
		['by its bytes', { data: PNG, mimeType: 'audio/mpeg' }, 'image/png'],
		['by the bytes of its data URI', { data: `data:audio/mpeg;base64,${PNG}`, mimeType: 'audio/mpeg' }, 'image/png'],
		['by what is said of it', { data: LARGE, mimeType: 'audio/mpeg' }, 'audio/mpeg'],
		['as any file', { data: LARGE, mimeType: '' }, 'application/octet-stream'],
		['by its text', { data: 'data:,%3Csvg%3E', mimeType: '' }, 'application/octet-stream'],
		['by its text, escaped or not', { data: 'data:,100%', mimeType: 'text/plain' }, 'text/plain'],
	])('is stored under its type: %s', async (_, file, type) => {
		const { host, put } = hostWith({});
		expect(await storeFile(host, file)).toMatchObject({ isEmpty: false, binary: { id: 'new', mimeType: type } });
		expect(put).toHaveBeenCalledTimes(1);
	});

	it.each([
		['a word', 'data'],
		['bytes that are too few for a file', Buffer.alloc(299, 1).toString('base64')],
		['no base64', 'Bottle (1)'],
	])('is refused if it is %s', async (_, data) => {
		const { host, put } = hostWith({});
		expect(await storeFile(host, { data, mimeType: 'image/png' })).toBeUndefined();
		expect(put).not.toHaveBeenCalled();
	});

	it('is reported as empty if it is', async () => {
		const { host, put } = hostWith({});
		expect(await storeFile(host, { data: '', mimeType: 'image/png' })).toMatchObject({ isEmpty: true });
		expect(put).not.toHaveBeenCalled();
	});
});
