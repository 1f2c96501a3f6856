import fsPromises from 'node:fs/promises';

import { at, CONTINUE, create, madeIds, onVideos, setUpHarness } from './harness';
import { bytesOf, useBinaryMode } from './engine';

const harness = setUpHarness();
const ID_CHARACTERS = 24;
const DOWNLOAD = { downloadVideo: true };

/** The sandbox writes a video's ID into the end of its file. */
async function idInFile(binary: Parameters<typeof bytesOf>[0]): Promise<string> {
	return (await bytesOf(binary)).subarray(-ID_CHARACTERS).toString();
}

describe.each(['filesystem', 'default'] as const)('with files kept by %s', (mode) => {
	beforeAll(async () => await useBinaryMode(mode));
	afterAll(async () => await useBinaryMode('filesystem'));

	it('gives each item the file of its own video, named after the ID', async () => {
		const items = ['[sandbox: seconds=9]', '[sandbox: seconds=1]', '[sandbox: seconds=5]'].map((text) => ({ text }));
		const result = await harness.run(create({ prompt: '={{ $json.text }}', ...DOWNLOAD }), { items });
		expect(result.items).toHaveLength(3);
		for (const { json, binary } of result.items) {
			expect(await idInFile(binary?.data)).toBe(json._id);
			expect(binary?.data).toMatchObject({
				fileName: `${String(json._id)}.mp4`,
				mimeType: 'video/mp4',
				fileExtension: 'mp4',
			});
		}
	});

	it('downloads a partial file again, and never keeps it', async () => {
		const id = await harness.finishedVideo();
		const fault = harness.sandbox.addFault({ on: 'file', kind: 'cutFile', times: 2 });
		const { items } = await harness.run(onVideos('download', id));
		expect(fault.hits).toBe(2);
		expect(await idInFile(at(items, 0).binary?.data)).toBe(id);
	});

	it('reports a download that always breaks as an error that names the video', async () => {
		const id = await harness.finishedVideo();
		harness.sandbox.addFault({ on: 'file', kind: 'cutFile', times: Infinity });
		const { error, items } = await harness.run(onVideos('download', id));
		expect(items).toEqual([]);
		expect(error?.message).toContain(`The file of video ${id} could not be downloaded`);
		expect(harness.sandbox.countRequests('file')).toBe(3);
	});
});

it.each([
	['a page instead of a video', { kind: 'wrongType' }, 'text/html'],
	['an odd HTTP status', { kind: 'status', status: 418 }, 'HTTP status 418'],
	['a broken connection', { kind: 'resetBefore' }, 'broke'],
])('refuses %s after another try, and says what arrived', async (_, fault, words) => {
	const id = await harness.finishedVideo();
	harness.sandbox.addFault({ on: 'file', times: Infinity, ...fault });
	const { error } = await harness.run(onVideos('download', id));
	expect(error?.message).toContain(id);
	expect(error?.description).toContain(words);
	expect(harness.sandbox.countRequests('file')).toBe(3);
});

it('waits some minutes for a file that its host does not show yet', async () => {
	const id = await harness.finishedVideo();
	const fault = harness.sandbox.addFault({ on: 'file', kind: 'status', status: 404, times: 4 });
	const { items } = await harness.run(onVideos('download', id));
	expect(fault.hits).toBe(4);
	expect(await idInFile(at(items, 0).binary?.data)).toBe(id);
});

it('says that the link has expired, without another request', async () => {
	const id = await harness.finishedVideo();
	harness.sandbox.expireFiles();
	harness.clock.advance(7 * 24 * 60 * 60_000);
	const { error } = await harness.run(onVideos('download', id));
	expect(error?.description).toMatch(/The link expired on 20\d\d-.*Akool deletes a video seven days after/);
	expect(harness.sandbox.countRequests('file')).toBe(1);
});

it('names a full disk, and keeps the files of the other items', async () => {
	const [first, second] = [await harness.finishedVideo('first'), await harness.finishedVideo('second')];
	const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
	const { writeFile } = fsPromises;
	jest
		.spyOn(fsPromises, 'writeFile')
		.mockImplementationOnce(async () => await Promise.reject(full))
		.mockImplementation(writeFile);
	const { items } = await harness.run(onVideos('download', `${first},${second}`), { settings: CONTINUE });
	expect(items.map(({ binary }) => binary !== undefined).sort()).toEqual([false, true]);
	const without = items.find(({ binary }) => binary === undefined);
	expect(without?.json).toMatchObject({
		error_description: expect.stringContaining('The disk on which n8n keeps files is full'),
	});
});

it('never sends the key to the file’s host, with either authentication', async () => {
	await harness.run(create(DOWNLOAD));
	const credential = harness.freshCredential();
	Object.assign(credential.kept, { authentication: 'accessToken', clientId: harness.sandbox.clientId });
	const { items } = await harness.run(create(DOWNLOAD), { credential });
	expect(at(items, 0).binary?.data).toBeDefined();
	expect(harness.sandbox.countRequests('file')).toBe(2);
	expect(harness.sandbox.leaks).toEqual([]);
});

it('puts the file into the chosen field', async () => {
	const id = await harness.finishedVideo();
	const { items } = await harness.run(onVideos('download', id, { outputBinaryField: 'clip' }));
	expect(Object.keys(at(items, 0).binary ?? {})).toEqual(['clip']);
	expect(at(items, 0).json).toMatchObject({ _id: id, status: 3 });
});

it('downloads with a Get that does not wait, and returns unfinished videos without a file', async () => {
	const done = await harness.finishedVideo();
	const { json } = await harness.run(create({ prompt: '[sandbox: seconds=900]', waitForCompletion: false }));
	const { items } = await harness.run(onVideos('get', `${done},${String(at(json, 0)._id)}`, DOWNLOAD));
	expect(items.map(({ binary }) => binary !== undefined)).toEqual([true, false]);
});

it('names a video that has no file yet, and downloads the others', async () => {
	const done = await harness.finishedVideo();
	const { json } = await harness.run(create({ prompt: '[sandbox: seconds=900]', waitForCompletion: false }));
	const busy = String(at(json, 0)._id);
	const result = await harness.run(onVideos('download', `${busy},${done}`), { settings: CONTINUE });
	const finished = result.items.find(({ json: { _id } }) => _id === done);
	const unfinished = result.items.find(({ json: { _id } }) => _id === busy);
	expect(unfinished?.json).toMatchObject({
		error: expect.stringContaining('is not completed'),
		error_description: expect.stringMatching(/queued|processing/),
	});
	expect(await idInFile(finished?.binary?.data)).toBe(done);
});

it.each([
	['by polling', {}],
	['with Continue On Fail', { settings: CONTINUE }],
])('downloads the other files if one cannot be downloaded, %s', async (_, more) => {
	const items = ['[sandbox: seconds=1]', '[sandbox: seconds=30]'].map((text) => ({ text }));
	harness.sandbox.addFault({ on: 'file', kind: 'wrongType', times: 3 });
	const result = await harness.run(create({ prompt: '={{ $json.text }}', ...DOWNLOAD }), { items, ...more });
	expect(result.error).toBeUndefined();
	const [without, whole] = result.items;
	expect(without?.json).toMatchObject({ _id: at(madeIds(harness.sandbox), 0), status: 3 });
	expect(without?.json.download_error).toMatch(/^Its host sent text\/html.* instead of a video\.$/);
	expect(without?.binary).toBeUndefined();
	expect(await idInFile(whole?.binary?.data)).toBe(whole?.json._id);
	expect(whole?.json).not.toHaveProperty('download_error');
	expect(result.hints.join()).toContain(`returned without a file: ${String(without?.json._id)}`);
});

it.each(['application/mp4', 'text/plain', 'audio/mp4', 'application/force-download', 'binary/octet-stream'])(
	'keeps a video that its host calls %s',
	async (type) => {
		harness.sandbox.addFault({ on: 'file', kind: 'wrongType', type, times: Infinity });
		const { items } = await harness.run(create(DOWNLOAD));
		const [item] = items;
		expect(item?.json).not.toHaveProperty('download_error');
		expect(item?.binary?.data).toMatchObject({ mimeType: 'video/mp4', fileName: `${String(item?.json._id)}.mp4` });
		expect(await idInFile(item?.binary?.data)).toBe(item?.json._id);
	},
);

it('ends Download itself in an error if its file cannot be downloaded, unless On Error is Continue', async () => {
	const id = await harness.finishedVideo();
	harness.sandbox.addFault({ on: 'file', kind: 'wrongType', times: Infinity });
	const { error } = await harness.run(onVideos('download', id));
	expect(error?.message).toContain(`The file of video ${id} could not be downloaded`);
	const { json } = await harness.run(onVideos('download', id), { settings: CONTINUE });
	expect(at(json, 0)).toMatchObject({ _id: id, error: expect.stringContaining('could not be downloaded') });
});

it('downloads a file of several megabytes completely', async () => {
	const { items } = await harness.run(create({ prompt: '[sandbox: seconds=1, size=5]', ...DOWNLOAD }));
	expect(at(items, 0).binary?.data?.bytes).toBe(5 * 1024 * 1024);
});

describe('a binary image', () => {
	const IMAGE = { imageSource: 'binary', imageBinaryField: 'data', waitForCompletion: false };
	const image = {
		mimeType: 'image/png',
		data: 'filesystem-v2',
		id: 'filesystem-v2:some/file',
		fileName: 'bottle.png',
	};

	it('is given to Akool as a signed link of this n8n that expires', async () => {
		await harness.run(create(IMAGE), { inputs: [{ json: {}, binary: { data: image } }] });
		const address = String(at(harness.sandbox.jobs, 0).body.image_url);
		expect(address).toContain('http://localhost:5678/rest/binary-data/signed?token=');
		const [, payload] = address.split('.');
		const { exp, iat } = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
		expect(exp - iat).toBe(3600);
	});

	it('is refused before it costs anything if it is not an image', async () => {
		const binary = { data: { ...image, id: undefined, data: 'aGFsbG8=' } };
		const { error } = await harness.run(create(IMAGE), { inputs: [{ json: {}, binary }] });
		expect(error?.message).toContain("'Input Data Field Name' holds a text, not an image");
		expect(harness.sandbox.requests).toEqual([]);
	});

	it('is refused if Akool is public and this n8n is not', async () => {
		const credential = harness.freshCredential();
		credential.kept.baseUrl = 'https://openapi.akool.com';
		const { error } = await harness.run(create(IMAGE), {
			credential,
			inputs: [{ json: {}, binary: { data: image } }],
		});
		expect(error?.description).toContain('Akool cannot reach this n8n');
	});

	it('that does not exist is reported with the fields of the item', async () => {
		const { error } = await harness.run(create({ ...IMAGE, imageBinaryField: 'photo' }), {
			inputs: [{ json: {}, binary: { data: image } }],
		});
		expect(error?.message).toContain('"photo" is not in the item');
		expect(error?.description).toContain('The item holds: data. Enter that name.');
	});

	it('that is missing is reported with the node that has to come first', async () => {
		const { error } = await harness.run(create(IMAGE));
		expect(error?.message).toContain('"data" is not in the item');
		expect(error?.description).toContain('a node before this one has to load it');
	});
});
