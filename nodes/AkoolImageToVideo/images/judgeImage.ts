// What Akool makes of an image or an audio file, as far as its first bytes tell. Pure. The limits are those that some of its models have been seen to name.

import { imageMessages, type NoImage } from '../messages/images';
import type { FileKind, ImageFacts, Size } from './imageFacts';

export type Judgment =
	| { kind: 'fine' }
	/** It is not what it is to be: Akool would be paid for nothing. */
	| { kind: 'noImage'; what: NoImage }
	/** Some models may refuse it; `hint` tells so of the items that have it. */
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

/** Judges an image by its first bytes. What is of no kind that is known here may be one that Akool knows. */
export function judgeImage({ kind, size }: ImageFacts): Judgment {
	const what = NO_IMAGES.find((name) => name === kind);
	if (what !== undefined) return { kind: 'noImage', what };
	const format = kind === 'unknown' ? 'of a kind that n8n does not know' : FORMATS[kind];
	if (format !== undefined) return { kind: 'questionable', hint: (items) => imageMessages.hintFormat(format, items) };
	return size === undefined ? { kind: 'fine' } : judgeSize(size);
}

const NO_AUDIO: readonly NoImage[] = ['page', 'pdf', 'svg', 'heic', 'zip', 'json', 'text', 'image'];
/** Of the kinds of images, those that no audio file begins like. */
const IMAGES: readonly FileKind[] = ['png', 'jpeg', 'gif', 'webp', 'bmp', 'tiff', 'avif'];

/** Judges an audio file by its first bytes. There are many kinds of them, so only what is certainly no audio is refused. */
function judgeAudio({ kind }: Pick<ImageFacts, 'kind'>): Judgment {
	const name = IMAGES.includes(kind) ? 'image' : kind;
	const what = NO_AUDIO.find((known) => known === name);
	return what === undefined ? { kind: 'fine' } : { kind: 'noImage', what };
}

/** Judges a file by its first bytes, for what it is to be. */
export const judge = (facts: ImageFacts, of: 'image' | 'audio'): Judgment =>
	of === 'image' ? judgeImage(facts) : judgeAudio(facts);
