// Makes a video of an image: a slow zoom over it, as H.264 in an MP4 that plays before it is whole. Rule: where ffmpeg is not installed, or does not
// take the image, there is no video of it and the caller shows another one; a job never fails for want of ffmpeg.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SHORT_SIDE_PIXELS = 720;
const LONGEST_SIDE_PIXELS = 1280;
const FRAMES_PER_SECOND = 24;
const ZOOM = 0.14;
/** A slow zoom would tremble by whole pixels if the image were not enlarged before. */
const ENLARGED = 3;
const RENDER_TIMEOUT_MS = 120_000;
const REMEMBERED_VIDEOS = 20;

/** Videos by what they were made of; the oldest goes first. */
const rendered = new Map<string, Promise<Buffer | undefined>>();

interface Size {
	width: number;
	height: number;
}

/** The image keeps its shape: 720p at most, and even sides, which H.264 wants. */
function videoSize({ width, height }: Size): Size {
	const fit = Math.min(1, LONGEST_SIDE_PIXELS / Math.max(width, height), SHORT_SIDE_PIXELS / Math.min(width, height));
	const even = (pixels: number) => Math.max(2, 2 * Math.round((pixels * fit) / 2));
	return { width: even(width), height: even(height) };
}

async function sizeOf(path: string): Promise<Size> {
	const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', 'stream=width,height', '-of', 'json', path]);
	const { streams }: { streams: Size[] } = JSON.parse(stdout);
	const [first] = streams;
	if (first === undefined) throw new TypeError('no image');
	return first;
}

function ffmpegArguments(from: string, to: string, size: Size, seconds: number): string[] {
	const { width, height } = videoSize(size);
	const frames = seconds * FRAMES_PER_SECOND;
	const zoom = [
		`z='1+${ZOOM}*on/${frames}'`,
		"x='(iw-iw/zoom)/2'",
		"y='(ih-ih/zoom)/2'",
		`d=${frames}`,
		`s=${width}x${height}`,
		`fps=${FRAMES_PER_SECOND}`,
	];
	const filter = [`scale=${ENLARGED * width}:${ENLARGED * height}`, `zoompan=${zoom.join(':')}`, 'format=yuv420p'];
	const coding = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '24', '-movflags', '+faststart'];
	return ['-y', '-loglevel', 'error', '-i', from, '-frames:v', String(frames), '-vf', filter.join(','), ...coding, to];
}

async function render(image: Buffer, seconds: number): Promise<Buffer | undefined> {
	const folder = await mkdtemp(join(tmpdir(), 'akool-sandbox-'));
	const [from, to] = [join(folder, 'image'), join(folder, 'video.mp4')];
	try {
		await writeFile(from, image);
		await run('ffmpeg', ffmpegArguments(from, to, await sizeOf(from), seconds), { timeout: RENDER_TIMEOUT_MS });
		return await readFile(to);
	} catch {
		return undefined;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** The zoom over an image, made once; undefined where there can be none. */
export async function zoomOver(image: Buffer, seconds: number): Promise<Buffer | undefined> {
	const key = `${createHash('sha1').update(image).digest('hex')}-${seconds}`;
	const made = rendered.get(key) ?? render(image, seconds);
	rendered.set(key, made);
	const [oldest] = rendered.keys();
	if (rendered.size > REMEMBERED_VIDEOS && oldest !== undefined) rendered.delete(oldest);
	return await made;
}
