// The files behind the links: real, complete, public, and gone when they expire.
import { startSandbox, type Sandbox } from '.';
import { callerOf } from './caller';
import { standingClock } from './standingClock';

const MIB_BYTES = 1024 * 1024;

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ queueSeconds: 0, jobSeconds: 0 });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function download(url: string, headers: Record<string, string> = {}) {
	const response = await fetch(url, { headers });
	return { response, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** The boxes that an MP4 is made of, outermost only. */
function boxes(bytes: Buffer) {
	const types = [];
	for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at))
		types.push(bytes.toString('latin1', at + 4, at + 8));
	return types;
}

/** A finished video. */
async function makeVideo(prompt: string = 'A slow turn') {
	const { data } = await callerOf(sandbox).create({ prompt });
	return { id: data._id, url: sandbox.jobs.at(-1)?.video_url ?? '' };
}

test('serves a finished video as an MP4 that starts at once and names its job', async () => {
	const { id, url } = await makeVideo();
	const { response, bytes } = await download(url);
	expect(boxes(bytes)).toEqual(['ftyp', 'moov', 'free', 'mdat', 'free']);
	expect(bytes.includes('avc1')).toBe(true);
	expect(bytes.includes(id)).toBe(true);
	expect(response.headers.get('content-type')).toBe('video/mp4');
	expect(response.headers.get('content-length')).toBe(String(bytes.length));
});

test('serves a large video of exactly its size that is still an MP4', async () => {
	const { bytes } = await download(`${sandbox.url}/files/large-3.mp4`);
	expect(bytes).toHaveLength(3 * MIB_BYTES);
	expect(boxes(bytes)).toContain('mdat');
	const { url } = await makeVideo('[sandbox: size=2]');
	expect((await download(url)).bytes).toHaveLength(2 * MIB_BYTES);
});

test.each([
	['bytes=100-199', 100, 199],
	['bytes=900000-', 900_000, MIB_BYTES - 1],
	['bytes=10000-11000', 10_000, 11_000],
])('serves a range of %s as that part of the whole', async (range, start, end) => {
	const url = `${sandbox.url}/files/large-1.mp4`;
	const whole = await download(url);
	const part = await download(url, { range });
	expect(part.response.status).toBe(206);
	expect(part.response.headers.get('content-range')).toBe(`bytes ${start}-${end}/${MIB_BYTES}`);
	expect(part.bytes.equals(whole.bytes.subarray(start, end + 1))).toBe(true);
});

test('serves a logo of its own and a preview for every effect', async () => {
	const { data } = await callerOf(sandbox).effects();
	expect(data.count).toBeGreaterThanOrEqual(12);
	const logos = await Promise.all(data.result.map((row) => download(String(row['logo']))));
	expect(new Set(logos.map(({ bytes }) => bytes.toString('base64'))).size).toBe(data.count);
	for (const { bytes } of logos) expect(bytes.toString('latin1', 1, 4)).toBe('PNG');
	const preview = await download(String(data.result[0]?.video_url));
	expect(preview.response.headers.get('content-type')).toBe('video/mp4');
});

test('serves an image to animate', async () => {
	const { response, bytes } = await download(`${sandbox.url}/files/product.png`);
	expect(response.headers.get('content-type')).toBe('image/png');
	expect(bytes.toString('latin1', 1, 4)).toBe('PNG');
});

test('answers 404 for unknown, unfinished, failed, deleted and expired videos', async () => {
	const gone = await makeVideo();
	const deleted = await makeVideo();
	const failed = await makeVideo('[sandbox: fail]');
	const running = await makeVideo('[sandbox: seconds=60]');
	await callerOf(sandbox).remove(deleted.id);
	for (const url of [deleted.url, failed.url, running.url, `${sandbox.url}/files/nothing.mp4`]) {
		expect((await download(url)).response.status).toBe(404);
	}
	expect((await download(gone.url)).response.status).toBe(200);
	sandbox.expireFiles();
	expect((await download(gone.url)).response.status).toBe(404);
	sandbox.change({ fileSeconds: 0 });
	const brief = await makeVideo();
	await new Promise((resolve) => setTimeout(resolve, 5));
	expect((await download(brief.url)).response.status).toBe(404);
	sandbox.change({ fileSeconds: 3600 });
});

test('records a key that is sent to a link as a leak', async () => {
	const { url } = await makeVideo();
	await download(url);
	expect(sandbox.leaks).toEqual([]);
	await download(url, { 'x-api-key': sandbox.apiKey });
	await download(url, { authorization: 'Bearer x' });
	expect(sandbox.leaks).toHaveLength(2);
});

test('cutFile announces the whole file and ends half way, small or large', async () => {
	sandbox.addFault({ on: 'file', kind: 'cutFile', times: 2 });
	const { url } = await makeVideo();
	for (const link of [url, `${sandbox.url}/files/large-2.mp4`]) {
		const response = await fetch(link);
		let bytes = 0;
		const reading = async () => {
			for await (const piece of response.body ?? []) bytes += piece.length;
		};
		await expect(reading()).rejects.toThrow('terminated');
		expect(bytes).toBe(Number(response.headers.get('content-length')) / 2);
	}
});

test('stalledFile announces the whole file and stops half way, on an open connection', async () => {
	sandbox.addFault({ on: 'file', kind: 'stalledFile' });
	const { url } = await makeVideo();
	const response = await fetch(url);
	const half = Number(response.headers.get('content-length')) / 2;
	const reader = response.body?.getReader();
	let bytes = 0;
	while (bytes < half) bytes += (await reader?.read())?.value?.length ?? 0;
	const more = reader?.read().then(() => 'more');
	expect(await Promise.race([more, new Promise((resolve) => setTimeout(resolve, 50, 'silence'))])).toBe('silence');
	await reader?.cancel();
	expect(bytes).toBe(half);
});

test('wrongType is a page instead of the video, and status an error page', async () => {
	sandbox.addFault({ on: 'file', kind: 'wrongType' });
	sandbox.addFault({ on: 'file', kind: 'status', status: 503 });
	const { url } = await makeVideo();
	const page = await download(url);
	expect([page.response.status, page.response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
	expect((await download(url)).response.status).toBe(503);
	expect((await download(url)).response.status).toBe(200);
});

test.each([403, 404, 425, 500])(
	'fileLagSeconds: a file appears some seconds after the end: HTTP %i',
	async (status) => {
		const clock = standingClock();
		const late = await startSandbox({
			clock,
			queueSeconds: 0,
			jobSeconds: 0,
			fileLagSeconds: 20,
			fileLagStatus: status,
		});
		await callerOf(late).create();
		const url = late.jobs[0]?.video_url ?? '';
		expect((await download(url)).response.status).toBe(status);
		clock.advance(19);
		expect((await download(url)).response.status).toBe(status);
		clock.advance(1);
		expect((await download(url)).response.status).toBe(200);
		await late.close();
	},
);

test('endlessFile sends the right bytes, and then more for as long as somebody reads', async () => {
	const { id, url } = await makeVideo();
	const right = (await download(url)).bytes;
	sandbox.addFault({ on: 'file', kind: 'endlessFile' });
	const response = await fetch(url);
	expect(response.headers.get('content-length')).toBeNull();
	const pieces: Uint8Array[] = [];
	for await (const piece of response.body ?? []) {
		pieces.push(piece);
		if (pieces.reduce((sum, { length }) => sum + length, 0) > 5 * MIB_BYTES) break;
	}
	const bytes = Buffer.concat(pieces);
	expect(bytes.subarray(0, right.length).equals(right)).toBe(true);
	expect(bytes.includes(id)).toBe(true);
});

test('slowFile sends some bytes at a time, by the clock', async () => {
	const clock = standingClock();
	const slow = await startSandbox({ clock });
	slow.addFault({ on: 'image', kind: 'slowFile', bytes: 10, seconds: 60 });
	const response = await fetch(`${slow.url}/images/text.txt`);
	const reader = response.body?.getReader();
	const next = async () => Buffer.from((await reader?.read())?.value ?? []).toString();
	expect(await next()).toBe('A bottle o');
	clock.advance(60);
	expect(await next()).toBe('n a table.');
	await slow.close();
});

test('largeFile announces a huge length', async () => {
	sandbox.addFault({ on: 'file', kind: 'largeFile' });
	const { url } = await makeVideo();
	const response = await fetch(url);
	expect(Number(response.headers.get('content-length'))).toBeGreaterThan(10_000 * MIB_BYTES);
	await response.body?.cancel();
});

test.each([
	['http://127.0.0.1:9/x', 302],
	['http://10.0.0.1/x', 301],
	['file:///etc/passwd', 307],
	['data:video/mp4;base64,AAAA', 303],
])('redirect leads to %s with HTTP %i', async (location, status) => {
	sandbox.addFault({ on: 'file', kind: 'redirect', location, status });
	const { url } = await makeVideo();
	const response = await fetch(url, { redirect: 'manual' });
	expect([response.status, response.headers.get('location')]).toEqual([status, location]);
});

test('redirect without an address leads in a circle', async () => {
	sandbox.addFault({ on: 'file', kind: 'redirect', times: Infinity });
	const { url } = await makeVideo();
	await expect(fetch(url)).rejects.toHaveProperty('cause.message', 'redirect count exceeded');
});

test('wrongType with a type sends the right bytes under another type', async () => {
	sandbox.addFault({ on: 'file', kind: 'wrongType', type: 'application/octet-stream' });
	const { url } = await makeVideo();
	const { response, bytes } = await download(url);
	expect(response.headers.get('content-type')).toBe('application/octet-stream');
	expect(boxes(bytes)[0]).toBe('ftyp');
});
