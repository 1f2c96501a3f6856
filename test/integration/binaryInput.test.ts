import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import * as files from '../support/imageBytes';
import { placeFile, useBinaryMode } from './n8n';
import { at, create, createBatch, setUpHarness, updateAudio } from './harness';

const harness = setUpHarness();
const IMAGE = create({ imageSource: 'binary', imageBinaryField: 'data', waitForCompletion: false, options: {} });
const UPLOAD = 'filesystem-v2:workflows/w/executions/temp/binary_data/upload-1';
const KEPT = 'filesystem-v2:workflows/w/executions/1/binary_data/kept-1';
const base64 = files.png().toString('base64');
const beside = (binary: object): INodeExecutionData[] => [
	{ json: {}, binary: { data: { mimeType: 'image/png', data: 'filesystem-v2', ...binary } } },
];
const uploaded = (...names: string[]): INodeExecutionData[] => {
	const file = { mimeType: 'image/png', data: 'filesystem-v2', id: KEPT };
	return [{ json: {}, binary: Object.fromEntries(names.map((name) => [name, file])) }];
};

/** The ID of the file that a signed link opens. */
function signedId(url: unknown): string {
	const [, claims = ''] = String(new URL(String(url)).searchParams.get('token')).split('.');
	return JSON.parse(Buffer.from(claims, 'base64url').toString()).id;
}

async function orderedId(inputs: INodeExecutionData[], parameters = IMAGE): Promise<string> {
	const { error } = await harness.run(parameters, { inputs });
	expect(error).toBeUndefined();
	return signedId(at(harness.sandbox.jobs, 0).body.image_url);
}

beforeEach(() => {
	placeFile(UPLOAD, files.png());
	placeFile(KEPT, files.png());
});

describe('a binary file is accepted in every form', () => {
	it('as a field name: Akool gets a link to n8n’s own file', async () => {
		expect(await orderedId(beside({ id: KEPT }))).toBe(KEPT);
	});

	it('as an upload of a trigger: Akool gets a link to a copy, since n8n renames the upload later', async () => {
		const id = await orderedId(beside({ id: UPLOAD }));
		expect(id).not.toContain('/temp/');
		expect(id).toMatch(/^filesystem-v2:workflows\/workflow-1\/executions\/4711\/binary_data\//);
	});

	it.each([
		['without a type', { id: KEPT, mimeType: undefined }],
		['as octet-stream', { id: KEPT, mimeType: 'application/octet-stream' }],
		['under the type of another kind', { id: KEPT, mimeType: 'text/html' }],
		['as base64 without an ID', { data: base64 }],
		['as base64 of a data URI', { data: `data:image/png;base64,${base64}` }],
		['as the bytes of a Buffer', { data: { type: 'Buffer', data: [...files.png()] } }],
	])('%s, which is stored under the type of its bytes first', async (_, binary) => {
		expect(await orderedId(beside(binary))).toContain('/executions/4711/binary_data/');
	});

	it.each([
		['a binary object', `={{ ${JSON.stringify({ mimeType: 'image/png', data: 'filesystem-v2', id: KEPT })} }}`],
		['the item’s own binary object', '={{ $binary.data }}'],
		['a name with blanks around it', '={{ " data\u00A0" }}'],
	])('by an expression that gives %s', async (_, imageBinaryField) => {
		expect(await orderedId(beside({ id: KEPT }), { ...IMAGE, imageBinaryField })).toBe(KEPT);
	});

	it.each([
		['a data URI', `data:image/png;base64,${base64}`],
		['base64', base64.padEnd(64, 'A')],
	])('by an expression that gives %s', async (_, text) => {
		const parameters = { ...IMAGE, imageBinaryField: '={{ $json.file }}' };
		expect(await orderedId([{ json: { file: text } }], parameters)).toContain('/executions/4711/');
	});

	it.each<[string, unknown]>([
		['base64 of a Code node without a type', { data: base64 }],
		['a Buffer of a Code node', { type: 'Buffer', data: [...files.png()] }],
		['a stored file without a type', { id: KEPT }],
		['a list of bytes', [...files.png()]],
		['all files of an item that has one', { data: { id: KEPT, data: 'filesystem-v2' } }],
		['a whole item with one file', { json: {}, binary: { photo: { data: base64, mimeType: 'image/png' } } }],
	])('by an expression that gives %s', async (_, file) => {
		const parameters = { ...IMAGE, imageBinaryField: '={{ $json.file }}' };
		const json: INodeExecutionData['json'] = JSON.parse(JSON.stringify({ file }));
		expect(await orderedId([{ json }], parameters)).toContain('/executions/4711/');
	});

	it('by an expression that gives n8n’s description of a file that is not stored', async () => {
		const parameters = { ...IMAGE, imageBinaryField: '={{ $binary.data }}' };
		expect(await orderedId(beside({ data: base64 }), parameters)).toContain('/executions/4711/');
	});

	it.each(['Data', '"data"', '$binary.data', 'binary.data', '{'.repeat(2) + ' $binary.data ' + '}'.repeat(2)])(
		'by a similar name: %s',
		async (imageBinaryField) => {
			expect(await orderedId(beside({ id: KEPT }), { ...IMAGE, imageBinaryField })).toBe(KEPT);
		},
	);

	it.each([
		['for one file', 'Product photo (front)', 'Product_photo__front_'],
		['for several files', 'Photos', 'Photos_0'],
	])('by the label of a form field: %s', async (_, imageBinaryField, name) => {
		expect(await orderedId(uploaded(name), { ...IMAGE, imageBinaryField })).toBe(KEPT);
	});

	it('not by a label that several files share, which are then named', async () => {
		const inputs = uploaded('Photos_0', 'Photos_1');
		const { error } = await harness.run({ ...IMAGE, imageBinaryField: 'Photos' }, { inputs });
		expect(error?.message).toContain('"Photos" is not in the item');
		expect(error?.description).toContain('Photos_0, Photos_1');
	});

	it('of a workflow in combined mode, without a type', async () => {
		expect(await orderedId([{ json: { _files: { data: { id: KEPT } } } }])).toContain('/executions/4711/');
	});

	it('of a workflow in combined mode', async () => {
		const file = { mimeType: 'image/png', data: 'filesystem-v2', id: KEPT };
		expect(await orderedId([{ json: { _files: { data: file } } }])).toBe(KEPT);
	});
});

describe('a binary image that some models refuse is ordered with the same hint as an image on the web', () => {
	it.each([
		['small', files.png(200, 200), 'The image has 200 x 200 pixels.'],
		['wide', files.png(1600, 400), 'Some models refuse images that are wider or taller than 2.5 to 1.'],
		['a GIF', files.gif(640, 640), 'The image is GIF.'],
	])('%s', async (_, bytes, words) => {
		placeFile(KEPT, bytes);
		const { error, hints } = await harness.run(IMAGE, { inputs: beside({ id: KEPT }) });
		expect(error).toBeUndefined();
		expect(hints.join('\n')).toContain(words);
		expect(harness.sandbox.countRequests('image')).toBe(0);
	});

	it('unless Check Images is off', async () => {
		placeFile(KEPT, files.png(200, 200));
		const parameters = { ...IMAGE, options: { checkImages: false } };
		const { hints } = await harness.run(parameters, { inputs: beside({ id: KEPT }) });
		expect(hints.join('\n')).not.toContain('pixels');
	});
});

describe('a binary file that cannot work is refused before anything is spent, with the cause', () => {
	it.each<[string, INodeExecutionData[], string]>([
		['no file', [{ json: {} }], `'Input Data Field Name' "data" is not in the item`],
		['a file that is gone', beside({ id: 'filesystem-v2:gone' }), 'holds a file that n8n cannot read'],
		['no content', beside({ data: null }), 'holds a file without content'],
		['an empty file', beside({ data: '' }), 'holds an empty file'],
		['a PDF', beside({ data: files.PDF.toString('base64') }), 'holds a PDF, not an image'],
		['a page under the type of an image', beside({ data: files.PAGE.toString('base64') }), 'holds a web page'],
		['a word that reads as base64', beside({ data: 'product' }), 'holds a file without content'],
		['what is no base64', beside({ data: 'not base64 at all!!' }), 'holds a file without content'],
		['an SVG in a data URI', beside({ data: 'data:image/svg+xml,%3Csvg%20width=%221%22%3E' }), 'holds an SVG drawing'],
		[
			'an SVG in a data URI of text',
			beside({ data: 'data:image/svg+xml;utf8,<svg width="1">' }),
			'holds an SVG drawing',
		],
		['a HEIC photo', beside({ data: files.boxes('heic').toString('base64') }), 'holds a HEIC photo'],
	])('%s', async (_, inputs, words) => {
		const { error } = await harness.run(IMAGE, { inputs });
		expect(error?.message).toContain(words);
		expect(`${error?.message} ${error?.description}`).not.toMatch(/TypeError|undefined|in memory/);
		expect(harness.sandbox.jobs).toHaveLength(0);
	});

	it.each<[unknown, string]>([
		[['data', 'photo'], 'holds 2 values where one is needed'],
		['data,photo', '"data,photo" is not in the item'],
		[{ url: 'https://example.com/a.png' }, 'names no file'],
		// Whoever fills in a form must not get at a file of another execution by its ID.
		[KEPT, 'is not in the item'],
		[true, 'names no file'],
		[null, 'is empty'],
	])('%j instead of a file', async (given, words) => {
		const parameters = { ...IMAGE, imageBinaryField: `={{ ${JSON.stringify(given)} }}` };
		const { error } = await harness.run(parameters, { inputs: beside({ id: KEPT }) });
		expect(error?.message).toContain("'Input Data Field Name'");
		expect(error?.message).toContain(words);
		expect(harness.sandbox.jobs).toHaveLength(0);
	});

	it('an address instead of a field name', async () => {
		const { error } = await harness.run(
			{ ...IMAGE, imageBinaryField: 'https://example.com/a.png' },
			{ inputs: beside({ id: KEPT }) },
		);
		expect(error?.message).toContain("'Input Data Field Name' is an address, not the name of a field");
		expect(error?.description).toContain("Set 'Image Source' to URL");
	});

	it('files kept in memory, which is named as the cause only if n8n does so', async () => {
		await useBinaryMode('default');
		const { error } = await harness.run(IMAGE, { inputs: beside({ data: base64 }) });
		await useBinaryMode('filesystem');
		expect(error?.description).toContain('keeps binary data in memory');
	});
});

describe('the last image of a batch', () => {
	const batch = (options: INodeParameters): INodeParameters =>
		createBatch({
			modelName: { __rl: true, mode: 'name', value: 'seedance-1-0-lite-i2v-250428' },
			waitForCompletion: false,
			options,
		});
	const body = async (parameters: INodeParameters, inputs: INodeExecutionData[] = [{ json: {} }]) => {
		const { error } = await harness.run(parameters, { inputs });
		expect(error).toBeUndefined();
		return at(harness.sandbox.jobs, 0).body;
	};

	it('can be the first image again, for a loop', async () => {
		const { image_url, last_image_url } = await body(batch({ lastImage: 'same' }));
		expect(last_image_url).toBe(image_url);
	});

	it('can be another binary file than the first image', async () => {
		const sent = await body(batch({ lastImage: 'binary', lastImageBinaryField: 'data' }), beside({ id: KEPT }));
		expect(signedId(sent.last_image_url)).toBe(KEPT);
		expect(String(sent.image_url)).not.toContain('signed');
	});

	it('is not sent if None is chosen, even if an address is still there', async () => {
		expect(await body(batch({ lastImage: 'none', lastImageUrl: 'https://example.com/a.png' }))).not.toHaveProperty(
			'last_image_url',
		);
	});

	it('is required if URL is chosen', async () => {
		const { error } = await harness.run(batch({ lastImage: 'url' }));
		expect(error?.message).toContain("'Last Image URL' is empty");
		expect(harness.sandbox.jobs).toHaveLength(0);
	});
});

describe('audio', () => {
	const SONG = 'filesystem-v2:workflows/w/executions/1/binary_data/song';
	const song = [{ json: {}, binary: { data: { mimeType: 'audio/wav', data: 'filesystem-v2', id: SONG } } }];
	const FROM_FILE = { audioType: 2, audioSource: 'binary', audioBinaryField: 'data' };

	beforeEach(() => placeFile(SONG, files.WAVE));

	it('of a new video can be a binary file', async () => {
		const { error } = await harness.run(create({ waitForCompletion: false, options: FROM_FILE }), { inputs: song });
		expect(error).toBeUndefined();
		expect(signedId(at(harness.sandbox.jobs, 0).body.audio_url)).toBe(SONG);
	});

	it('of a finished video can be a binary file, ordered once for several items with the same video', async () => {
		const id = await harness.finishedVideo();
		const parameters = updateAudio(id, { ...FROM_FILE, waitForCompletion: false, options: {} });
		const { error } = await harness.run(parameters, { inputs: [...song, ...song] });
		expect(error).toBeUndefined();
		expect(harness.sandbox.countRequests('updateAudio')).toBe(1);
		expect(signedId(at(harness.sandbox.jobs, 1).body.audio_url)).toBe(SONG);
	});

	it.each([
		['a PDF', files.PDF],
		['an image', files.png()],
	])('that is not an audio file is refused before anything is spent: %s', async (what, bytes) => {
		placeFile(SONG, bytes);
		const { error } = await harness.run(create({ waitForCompletion: false, options: FROM_FILE }), { inputs: song });
		expect(error?.message).toContain(`'Audio Data Field Name' holds ${what}, not an audio file`);
		expect(harness.sandbox.jobs).toHaveLength(0);
	});
});
