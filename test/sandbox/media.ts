// The videos of the sandbox, and the logos and previews of effects. Rule: every video is a real MP4 that plays, at any size, and carries its job's ID
// inside, so that a test can prove that the right bytes reached the right item.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { videoUrl } from './answers';
import { EFFECTS } from './catalogue';
import { isOurProduct } from './images';
import { COMPLETED, statusAt } from './jobs';
import { logo } from './logos';
import { whole } from './values';
import type { FoundFile, Job, MediaFile } from './types';
import type { SandboxState } from './sandboxState';

const MEDIA = join(__dirname, 'media');
/** Small, for tests: a pattern of colors. */
const SAMPLE = readFileSync(join(MEDIA, 'sample.mp4'));
/** A zoom over the product image, for the demo. */
const PRODUCT_ZOOM = readFileSync(join(MEDIA, 'product-zoom.mp4'));
const MP4 = 'video/mp4';
const PNG = 'image/png';
const BYTES_PER_MIB = 1024 * 1024;
// A box's size is 32 bits wide.
const LARGEST_MIB = 4000;
const PIECE_BYTES = 64 * 1024;
const BOX_HEADER_BYTES = 8;
const PIECE = Buffer.alloc(PIECE_BYTES, 'sandbox ');

/** A box that every player skips. @returns its header */
function freeBoxHeader(contentBytes: number): Buffer {
	const header = Buffer.alloc(BOX_HEADER_BYTES);
	header.writeUInt32BE(BOX_HEADER_BYTES + contentBytes, 0);
	header.write('free', 4, 'latin1');
	return header;
}

/** The video, followed by padding that is generated while it is sent, so that it takes no memory. */
function video(film: Buffer, mark: string, mib: number): MediaFile {
	const bytes = Math.min(mib, LARGEST_MIB) * BYTES_PER_MIB;
	const text = Buffer.from(mark);
	const fill = Math.max(0, bytes - film.length - BOX_HEADER_BYTES - text.length);
	const head = Buffer.concat([film, freeBoxHeader(text.length + fill), text]);
	const total = head.length + fill;
	function* pieces(start: number, end: number) {
		if (start < head.length) yield head.subarray(start, end + 1);
		let at = Math.max(start, head.length);
		while (at <= end) {
			// Which byte lies where must not depend on where a range begins.
			const offset = (at - head.length) % PIECE_BYTES;
			yield PIECE.subarray(offset, offset + end + 1 - at);
			at += PIECE_BYTES - offset;
		}
	}
	return { type: MP4, bytes: total, open: (start, end) => Readable.from(pieces(start, end)) };
}

/** The video of a job: of its image if there is one, otherwise the sample. */
function filmOf({ url, settings }: SandboxState, { fields, video: made }: Job): Buffer {
	if (made !== undefined) return made;
	return settings.imageVideos || isOurProduct(url, fields.image_url) ? PRODUCT_ZOOM : SAMPLE;
}

function finishedVideo(state: SandboxState, path: string): FoundFile | undefined {
	const nowMs = state.now();
	const { fileSeconds, fileLagSeconds, fileLagStatus } = state.settings;
	const job = state.jobs.all.find((candidate) => videoUrl('', candidate) === path);
	if (!job || job.deleted || statusAt(job, nowMs) !== COMPLETED) return undefined;
	const expired = job.endsAtMs <= state.filesExpiredMs || nowMs > job.endsAtMs + fileSeconds * 1000;
	if (expired) return undefined;
	if (nowMs < job.endsAtMs + fileLagSeconds * 1000) return { status: fileLagStatus };
	return video(filmOf(state, job), job._id, job.videoMiB);
}

/** @param name e.g. squish_89244231312.png */
function effectFile(name: string): FoundFile | undefined {
	const index = EFFECTS.findIndex(({ effect_code }) => name === `${effect_code}.png` || name === `${effect_code}.mp4`);
	if (index < 0) return undefined;
	return name.endsWith('.png') ? whole(PNG, logo(index)) : video(SAMPLE, name, 0);
}

/** The file at a path below /files; undefined where it is unknown, expired, deleted or not finished. */
export function findFile(state: SandboxState, path: string): FoundFile | undefined {
	const large = /^\/files\/large-(\d{1,4})\.mp4$/.exec(path)?.[1];
	if (large !== undefined) return video(SAMPLE, 'large', Number(large));
	const effect = /^\/files\/effects\/([\w.-]+)$/.exec(path)?.[1];
	return effect === undefined ? finishedVideo(state, path) : effectFile(effect);
}
