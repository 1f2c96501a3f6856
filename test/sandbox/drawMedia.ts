// Draws the sample image and its video again, from product.svg: `node scripts/run.mjs ../test/sandbox/drawMedia`. Rule: all media that the sandbox ships
// is our own, and can be made again from this folder with Chromium and ffmpeg.
import { execFile } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { zoomOver } from './zoomVideo';

const run = promisify(execFile);
const MEDIA = join(__dirname, 'media');
const SIZE = { width: 1600, height: 900 };
const JPEG_QUALITY = 88;
const VIDEO_SECONDS = 5;
const SMALL_PNG = 'scale=640:360,split[a][b];[a]palettegen=128[p];[b][p]paletteuse=dither=none';
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

async function drawImage(to: string): Promise<void> {
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
	try {
		const page = await browser.newPage({ viewport: SIZE });
		const drawing = await readFile(join(MEDIA, 'product.svg'), 'utf8');
		await page.setContent(`<style>body { margin: 0 }</style>${drawing}`);
		await page.screenshot({ path: to, type: 'jpeg', quality: JPEG_QUALITY });
	} finally {
		await browser.close();
	}
}

async function main(): Promise<void> {
	const image = join(MEDIA, 'product.jpg');
	await drawImage(image);
	await copyFile(image, join(__dirname, '../../examples/product.jpg'));
	await run('ffmpeg', ['-y', '-loglevel', 'error', '-i', image, '-vf', SMALL_PNG, join(MEDIA, 'product.png')]);
	const video = await zoomOver(await readFile(image), VIDEO_SECONDS);
	if (video === undefined) throw new Error('Without ffmpeg there is no video.');
	await writeFile(join(MEDIA, 'product-zoom.mp4'), video);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
