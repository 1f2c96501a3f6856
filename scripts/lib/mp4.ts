// Owns the check of a saved video file. Rule: a truncated file, or one that is not a video, never passes.
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

const HEADER_BYTES = 8;
const LONG_HEADER_BYTES = 16;
/** The part of `mvhd` that holds its version, time scale and duration. */
const MOVIE_HEADER_BYTES = 32;

type Box = { type: string; start: number; size: number; headerBytes: number };
type VideoFile = { bytes: number; durationSeconds: number };

async function read(file: FileHandle, start: number, length: number) {
	const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
	return buffer.subarray(0, bytesRead);
}

/** The boxes that follow one another between two places of the file. */
async function boxesBetween(file: FileHandle, start: number, end: number): Promise<Box[]> {
	const boxes: Box[] = [];
	for (let at = start; at < end;) {
		const header = await read(file, at, LONG_HEADER_BYTES);
		if (header.length < HEADER_BYTES) throw new Error(`it ends within the head of a box, at byte ${at}`);
		const type = header.toString('latin1', 4, 8);
		const shortSize = header.readUInt32BE(0);
		// ISO 14496-12: size 1 says that a 64-bit size follows, size 0 that the box goes on to the end of the file.
		const isLong = shortSize === 1;
		const size = isLong ? Number(header.readBigUInt64BE(HEADER_BYTES)) : shortSize === 0 ? end - at : shortSize;
		const headerBytes = isLong ? LONG_HEADER_BYTES : HEADER_BYTES;
		if (size < headerBytes) throw new Error(`the box "${type}" at byte ${at} has an impossible size`);
		if (at + size > end)
			throw new Error(`the box "${type}" at byte ${at} should be ${size} bytes long, but only ${end - at} are there`);
		boxes.push({ type, start: at, size, headerBytes });
		at += size;
	}
	return boxes;
}

function only(boxes: Box[], type: string): Box {
	const box = boxes.find((candidate) => candidate.type === type);
	if (box === undefined) throw new Error(`it has no "${type}" box`);
	return box;
}

/** @returns seconds */
async function durationOf(file: FileHandle, movie: Box): Promise<number> {
	const movieHeader = only(await boxesBetween(file, movie.start + movie.headerBytes, movie.start + movie.size), 'mvhd');
	const content = await read(file, movieHeader.start + movieHeader.headerBytes, MOVIE_HEADER_BYTES);
	const isVersion1 = content.readUInt8(0) === 1;
	const timeScale = content.readUInt32BE(isVersion1 ? 20 : 12);
	const duration = isVersion1 ? Number(content.readBigUInt64BE(24)) : content.readUInt32BE(16);
	return timeScale === 0 ? 0 : duration / timeScale;
}

/**
 * Checks that a file is a whole MP4 video: its boxes add up to its size, a movie and its data are among them, and it
 * lasts longer than nothing.
 * @throws {Error} that says what is wrong with the file
 */
export async function checkMp4(path: string): Promise<VideoFile> {
	const file = await open(path);
	try {
		const { size: bytes } = await file.stat();
		const boxes = await boxesBetween(file, 0, bytes);
		if (boxes[0]?.type !== 'ftyp') throw new Error('it does not start as an MP4 file does');
		if (only(boxes, 'mdat').size <= HEADER_BYTES) throw new Error('it holds no frames');
		const durationSeconds = await durationOf(file, only(boxes, 'moov'));
		if (durationSeconds <= 0) throw new Error('it lasts no time');
		return { bytes, durationSeconds };
	} catch (error) {
		throw new Error(`${path} is no whole MP4 video: ${error instanceof Error ? error.message : error}.`, {
			cause: error,
		});
	} finally {
		await file.close();
	}
}
