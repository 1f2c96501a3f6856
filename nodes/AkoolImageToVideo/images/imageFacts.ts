// Reads the kind of a file and the size of an image from its first bytes. Pure. Community nodes cannot import the libraries that do this, so the few
// kinds that people really use are read here. Rule: bytes alone decide, never a name or an announced type; nothing in them can throw.

import { withoutPreamble } from '../akool/markup';
import { jpegSize } from './jpegSize';

export interface Size {
	width: number;
	height: number;
}

export type FileKind =
	| 'png'
	| 'jpeg'
	| 'gif'
	| 'webp'
	| 'bmp'
	| 'tiff'
	| 'ico'
	| 'avif'
	| 'heic'
	| 'svg'
	| 'pdf'
	| 'video'
	| 'audio'
	| 'zip'
	| 'page'
	| 'json'
	| 'text'
	| 'unknown';

export interface ImageFacts {
	kind: FileKind;
	/** In pixels; undefined where it is not in these bytes, or is not read for this kind. */
	size: Size | undefined;
}

/** More of a file is never read: photos with large previews and color profiles say their size within it. */
export const FIRST_BYTES = 256 * 1024;

function textAt(bytes: Buffer, start: number, length: number): string {
	return bytes.toString('latin1', start, start + length);
}

function sizeFrom(bytes: Buffer, needed: number, read: () => Size): Size | undefined {
	return bytes.length < needed ? undefined : read();
}

function pngSize(bytes: Buffer): Size | undefined {
	return sizeFrom(bytes, 24, () => ({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }));
}

function gifSize(bytes: Buffer): Size | undefined {
	return sizeFrom(bytes, 10, () => ({ width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }));
}

function bmpSize(bytes: Buffer): Size | undefined {
	return sizeFrom(bytes, 26, () => ({ width: bytes.readInt32LE(18), height: Math.abs(bytes.readInt32LE(22)) }));
}

function webpSize(bytes: Buffer): Size | undefined {
	return sizeFrom(bytes, 30, () => {
		switch (textAt(bytes, 12, 4)) {
			case 'VP8X':
				return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
			case 'VP8L': {
				const bits = bytes.readUInt32LE(21);
				return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
			}
			default:
				return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
		}
	});
}

const HEIC_BRANDS = /^(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/;
const AVIF_BRANDS = /^avi[fs]$/;
const AUDIO_BRANDS = /^M4[AB] $/;

/** ISO media files: the box `ftyp` comes first, and its brands say the kind. */
function kindOfBoxes(bytes: Buffer): FileKind {
	const end = Math.min(bytes.length, bytes.readUInt32BE(0), 128);
	const brands = [textAt(bytes, 8, 4)];
	for (let at = 16; at + 4 <= end; at += 4) brands.push(textAt(bytes, at, 4));
	if (brands.some((brand) => AVIF_BRANDS.test(brand))) return 'avif';
	if (brands.some((brand) => HEIC_BRANDS.test(brand))) return 'heic';
	return AUDIO_BRANDS.test(brands[0] ?? '') ? 'audio' : 'video';
}

type Signature = readonly [FileKind, RegExp];

/** How the files of each kind begin, in hexadecimal digits. */
const SIGNATURES: readonly Signature[] = [
	['png', /^89504e470d0a1a0a/],
	['jpeg', /^ffd8ff/],
	['gif', /^474946383[79]61/],
	['webp', /^52494646.{8}57454250/],
	// WAVE, ID3, Ogg, FLAC, MPEG frames, AIFF
	['audio', /^52494646.{8}57415645|^494433|^4f676753|^664c6143|^fff[b3219]|^464f524d.{8}41494646/],
	// AVI, Matroska, MPEG, Flash, QuickTime without `ftyp`
	['video', /^52494646.{8}41564920|^1a45dfa3|^000001b[3a]|^464c5601|^.{8}(?:6d6f6f76|6d646174|77696465)/],
	['bmp', /^424d.{24}(?:0c|28|38|6c|7c)000000/],
	['tiff', /^49492[ab]00|^4d4d002[ab]/],
	['ico', /^00000[12]00(?!00)/],
	['pdf', /^25504446/],
	['zip', /^504b0304/],
];
const SIGNATURE_BYTES = 32;
/** The vendor of PDF allows some bytes before it. */
const LATE_PDF = '%PDF-';

/** Matched against text without comments and declarations at its beginning. */
const TEXTS: readonly Signature[] = [
	['svg', /^<(?:svg[\s/>]|!doctype svg\b)/i],
	['page', /^<(?:!doctype html|html|head|body|script|meta|title|div|iframe|error)[\s>]/i],
	['json', /^[[{]\s*(?:["{[\]}\d-]|true|false|null)/],
];

const LONGEST_TEXT_START = 2048;
const NOT_READABLE = /(?!\s)\p{Cc}|\uFFFD/u;

function kindOfText(bytes: Buffer): FileKind {
	const start = bytes.subarray(0, LONGEST_TEXT_START);
	if (start.length === 0 || start.includes(0)) return 'unknown';
	const text = withoutPreamble(start.toString('utf8'));
	const found = TEXTS.find(([, pattern]) => pattern.test(text));
	if (found !== undefined) return found[0];
	// The last character may be cut.
	return NOT_READABLE.test(text.slice(0, -1)) ? 'unknown' : 'text';
}

function kindOf(bytes: Buffer): FileKind {
	if (bytes.length >= 16 && textAt(bytes, 4, 4) === 'ftyp') return kindOfBoxes(bytes);
	const start = bytes.toString('hex', 0, SIGNATURE_BYTES);
	const known = SIGNATURES.find(([, pattern]) => pattern.test(start))?.[0];
	if (known !== undefined) return known;
	return textAt(bytes, 0, LONGEST_TEXT_START).includes(LATE_PDF) ? 'pdf' : kindOfText(bytes);
}

const SIZES: Partial<Record<FileKind, (bytes: Buffer) => Size | undefined>> = {
	png: pngSize,
	jpeg: jpegSize,
	gif: gifSize,
	webp: webpSize,
	bmp: bmpSize,
};

/** Reads the first bytes of a file. */
export function readImageFacts(bytes: Buffer): ImageFacts {
	const kind = kindOf(bytes);
	return { kind, size: SIZES[kind]?.(bytes) };
}

const BYTES_OF_A_TEXT = 1024;

/** Whether these bytes are enough to know kind and size. */
export function isEnough(bytes: Buffer): boolean {
	if (bytes.length >= FIRST_BYTES) return true;
	const { kind, size } = readImageFacts(bytes);
	return kind in SIZES ? size !== undefined : bytes.length >= BYTES_OF_A_TEXT;
}
