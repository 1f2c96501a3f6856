// Judges from its kind and size whether Akool can use an image or audio file. Pure. The limits are those that some of Akool's models state.

import { imageMessages, type NoImage } from '../messages/images';
import type { FileKind, ImageFacts, Size } from './imageFacts';

export type Judgment =
	| { kind: 'fine' }
	/** It is another kind of file, so the order would be charged for nothing. */
	| { kind: 'noImage'; what: NoImage }
	/** Some models may refuse it; `hint` says so, with the items. */
	| { kind: 'questionable'; hint: (items: readonly number[]) => string };

const FORMATS: Partial<Record<FileKind, string>> = {
	webp: 'WebP',
	gif: 'GIF',
	bmp: 'BMP',
	tiff: 'TIFF',
	avif: 'AVIF',
	ico: 'ICO',
};
const NO_IMAGES: readonly NoImage[] = ['page', 'pdf', 'video', 'audio', 'svg', 'heic', 'zip', 'json', 'text'];

const SHORTEST_SIDE = 300;
const LONGEST_SIDE = 6000;
const NARROWEST = 0.4;
const WIDEST = 2.5;

const isSide = (pixels: number): boolean => pixels >= SHORTEST_SIDE && pixels <= LONGEST_SIDE;

function judgeSize({ width, height }: Size): Judgment {
	if (!isSide(width) || !isSide(height))
		return { kind: 'questionable', hint: (items) => imageMessages.hintSide(width, height, items) };
	const ratio = width / height;
	if (ratio < NARROWEST || ratio > WIDEST)
		return { kind: 'questionable', hint: (items) => imageMessages.hintShape(width, height, items) };
	return { kind: 'fine' };
}

/** Judges an image by its kind and size. Akool may accept an unknown kind. */
export function judgeImage({ kind, size }: ImageFacts): Judgment {
	const what = NO_IMAGES.find((name) => name === kind);
	if (what !== undefined) return { kind: 'noImage', what };
	const format = kind === 'unknown' ? 'of a kind that n8n does not know' : FORMATS[kind];
	if (format !== undefined) return { kind: 'questionable', hint: (items) => imageMessages.hintFormat(format, items) };
	return size === undefined ? { kind: 'fine' } : judgeSize(size);
}

const NO_AUDIO: readonly NoImage[] = ['page', 'pdf', 'svg', 'heic', 'zip', 'json', 'text', 'image'];
/** Image kinds that no audio file can be mistaken for. */
const IMAGES: readonly FileKind[] = ['png', 'jpeg', 'gif', 'webp', 'bmp', 'tiff', 'avif'];

/** Judges an audio file by its kind. There are many audio formats, so only other known kinds are refused. */
function judgeAudio({ kind }: Pick<ImageFacts, 'kind'>): Judgment {
	const name = IMAGES.includes(kind) ? 'image' : kind;
	const what = NO_AUDIO.find((known) => known === name);
	return what === undefined ? { kind: 'fine' } : { kind: 'noImage', what };
}

/** Judges a file as an image or as audio. */
export const judge = (facts: ImageFacts, of: 'image' | 'audio'): Judgment =>
	of === 'image' ? judgeImage(facts) : judgeAudio(facts);
