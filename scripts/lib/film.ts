// A film of what happens in a browser page, for the README: frames are taken while somebody works in the page, and ffmpeg makes a GIF of them.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { run } from './run';

const FRAME_EVERY_MS = 250;
/** How long the last frame stays before the film starts over. */
const LAST_FRAME_SECONDS = 2;
const WIDTH = 1080;
const COLORS = 160;

interface Frame {
	file: string;
	atMs: number;
}

/**
 * Takes frames of a page until it is stopped. Frames in which nothing moved are left out by ffmpeg.
 * @param folder where the frames are kept until the film is made
 */
export function startFilm(page: Page, folder: string) {
	const frames: Frame[] = [];
	let isOver = false;
	const take = async (): Promise<void> => {
		while (!isOver) {
			const file = join(folder, `frame-${String(frames.length).padStart(4, '0')}.jpg`);
			await page.screenshot({ path: file, type: 'jpeg', quality: 90, scale: 'css' });
			frames.push({ file, atMs: Date.now() });
			await page.waitForTimeout(FRAME_EVERY_MS);
		}
	};
	const taking = take();
	return {
		/** Ends the film and writes it as a GIF. @param speed how many times faster than it was */
		async save(path: string, speed: number): Promise<void> {
			isOver = true;
			await taking;
			const lines = frames.flatMap(({ file, atMs }, index) => {
				const next = frames[index + 1];
				const seconds = next === undefined ? LAST_FRAME_SECONDS : (next.atMs - atMs) / 1_000 / speed;
				return [`file '${file}'`, `duration ${seconds.toFixed(3)}`];
			});
			const list = join(folder, 'frames.txt');
			await writeFile(list, lines.join('\n'));
			const palette = `split[a][b];[a]palettegen=max_colors=${COLORS}[p];[b][p]paletteuse=dither=none:diff_mode=rectangle`;
			const filter = `mpdecimate,fps=8,scale=${WIDTH}:-1:flags=lanczos,${palette}`;
			await run('ffmpeg', ['-y', '-f', 'concat', '-safe', '0', '-i', list, '-vf', filter, '-loop', '0', path]);
		},
	};
}
