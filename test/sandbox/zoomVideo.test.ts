// The videos that show the given image: the shipped one of the sandbox's own image, and those that ffmpeg makes of others where it is installed.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../support/waitFor';
import { startSandbox, type Sandbox } from '.';
import { callerOf } from './caller';
import { plainPng } from './png';
import { zoomOver } from './zoomVideo';

const MEDIA = join(__dirname, 'media');
const MOST_BYTES = 300_000;
const RENDERING_MS = 60_000;

const shipped = readFileSync(join(MEDIA, 'product-zoom.mp4'));

const hasFfmpeg = (() => {
	try {
		execFileSync('ffmpeg', ['-version'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
})();

/** The sides in the track header of an MP4: the last two words of its only `tkhd`, in 16.16. */
function sidesOf(mp4: Buffer): [number, number] {
	const at = mp4.indexOf('tkhd', 0, 'latin1') - 4;
	const end = at + mp4.readUInt32BE(at);
	return [mp4.readUInt32BE(end - 8) / 65_536, mp4.readUInt32BE(end - 4) / 65_536];
}

test('the shipped video is H.264 at 720p, small, and plays before it is complete', () => {
	expect(shipped.length).toBeLessThan(MOST_BYTES);
	expect(sidesOf(shipped)).toEqual([1280, 720]);
	expect(shipped.includes('avc1')).toBe(true);
	expect(shipped.indexOf('moov')).toBeLessThan(shipped.indexOf('mdat'));
});

test('the image for the examples is the one that the sandbox serves', () => {
	expect(
		readFileSync(join(__dirname, '../../examples/product.jpg')).equals(readFileSync(join(MEDIA, 'product.jpg'))),
	).toBe(true);
});

describe('the video of a job', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ queueSeconds: 0, jobSeconds: 0 });
	});
	beforeEach(() => {
		sandbox.reset();
		sandbox.change({ imageVideos: false });
	});
	afterAll(() => sandbox.close());

	async function videoOf(image_url: string) {
		const { data } = await callerOf(sandbox).create({ image_url });
		const isDone = () => (sandbox.jobs[0]?.status === 3 ? true : undefined);
		await waitFor('the end of the job', isDone, { timeoutMs: RENDERING_MS, everyMs: 20 });
		const response = await fetch(sandbox.jobs[0]?.video_url ?? '');
		const bytes = Buffer.from(await response.arrayBuffer());
		expect(bytes.includes(data._id)).toBe(true);
		return bytes;
	}
	const begins = (bytes: Buffer, film: Buffer) => bytes.subarray(0, film.length).equals(film);

	test.each(['images/product.jpg', 'files/product.jpg', 'files/product.png'])(
		'shows our own image: %s',
		async (path) => {
			expect(begins(await videoOf(`${sandbox.url}/${path}`), shipped)).toBe(true);
		},
	);

	test('is a small pattern for any other image, unless imageVideos is on', async () => {
		const sample = readFileSync(join(MEDIA, 'sample.mp4'));
		expect(begins(await videoOf('https://example.com/a.png'), sample)).toBe(true);
		sandbox.reset();
		sandbox.change({ imageVideos: true });
		expect(begins(await videoOf('https://example.com/a.png'), shipped)).toBe(true);
	});

	test('is made from an image on this machine in its shape if ffmpeg is installed', async () => {
		sandbox.change({ imageVideos: true });
		const bytes = await videoOf(`${sandbox.url}/images/portrait.png`);
		expect(sidesOf(bytes)).toEqual(hasFfmpeg ? [720, 1280] : [1280, 720]);
		expect(begins(bytes, shipped)).toBe(!hasFfmpeg);
		const { data } = await callerOf(sandbox).updateAudio(sandbox.jobs[0]?._id ?? '');
		sandbox.finishJob(data._id);
		const withAudio = await fetch(sandbox.jobs[1]?.video_url ?? '');
		expect(sidesOf(Buffer.from(await withAudio.arrayBuffer()))).toEqual(sidesOf(bytes));
	});
});

test.each([
	['what is no image', Buffer.from('no image')],
	['nothing', Buffer.alloc(0)],
])('is not made for %s', async (_what, content) => {
	expect(await zoomOver(content, 5)).toBeUndefined();
});

test('gets even sides from an image with odd sides larger than 720p', async () => {
	const video = await zoomOver(plainPng(2001, 1501), 1);
	expect(video && sidesOf(video)).toEqual(hasFfmpeg ? [960, 720] : undefined);
});
