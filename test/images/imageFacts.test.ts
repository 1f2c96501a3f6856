import fc from 'fast-check';

import { FIRST_BYTES, isEnough, readImageFacts } from '../../nodes/AkoolImageToVideo/images/imageFacts';
import * as files from '../support/imageBytes';

const { webp, boxes } = files;
const SIZE = { width: 1024, height: 768 };

describe('the first bytes of a file', () => {
	it.each([
		['png', files.png()],
		['jpeg', files.jpeg()],
		['jpeg', files.jpeg(1024, 768, 180_000)],
		['gif', files.gif()],
		['webp', webp.extended()],
		['webp', webp.lossless()],
		['webp', webp.lossy()],
		['bmp', files.bmp()],
	] as const)('show %s, with its size', (kind, bytes) => {
		expect(readImageFacts(bytes)).toEqual({ kind, size: SIZE });
		expect(isEnough(bytes)).toBe(true);
	});

	it.each([
		['svg', files.SVG],
		['svg', Buffer.from('\uFEFF <svg width="1">')],
		[
			'svg',
			Buffer.from(
				'<?xml version="1.0"?>\n<!-- a > b -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "a.dtd">\n<svg>',
			),
		],
		['svg', Buffer.from('<!-- a --><!-- b --><svg/>')],
		['page', Buffer.from('<!-- a -->\n<!doctype html>')],
		['text', Buffer.from('<!-- a comment that does not end')],
		['heic', boxes('heic', 'mif1', 'heic')],
		['heic', boxes('mif1', 'heic')],
		['heic', boxes('heic', 'miaf')],
		['avif', boxes('avif', 'mif1')],
		['avif', boxes('mif1', 'avif')],
		['video', Buffer.concat([boxes('isom').subarray(0, 16), Buffer.from('heicavif')])],
		['video', boxes('isom', 'iso2', 'avc1')],
		['video', boxes('qt  ')],
		['video', files.MATROSKA],
		['audio', boxes('M4A ')],
		['audio', files.WAVE],
		['audio', Buffer.from('ID3\u0004')],
		['pdf', files.PDF],
		['pdf', Buffer.concat([Buffer.from('junk\n'), files.PDF])],
		['tiff', files.TIFF],
		['zip', files.ZIP],
		['page', files.PAGE],
		['page', Buffer.from('<html lang="en">')],
		['page', Buffer.from('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>')],
		['json', Buffer.from('{"error":"not found"}')],
		['text', Buffer.from('Not found')],
		['text', Buffer.from('Geöffnet bis Köln, ä').subarray(0, -1)],
		['unknown', Buffer.from([0, 1, 2, 3])],
		['unknown', Buffer.from([1, 2, 3, 4])],
		['unknown', Buffer.from('text\u0001text')],
		['unknown', Buffer.alloc(0)],
	] as const)('show %s', (kind, bytes) => expect(readImageFacts(bytes)).toEqual({ kind, size: undefined }));

	it('of other files suffice from a kilobyte on', () => {
		const page = Buffer.concat([files.PAGE, Buffer.alloc(1024, ' ')]);
		expect(isEnough(page.subarray(0, 1023))).toBe(false);
		expect(isEnough(page.subarray(0, 1024))).toBe(true);
	});

	it('of a JPEG whose header comes too late show no size, and no more is read', () => {
		const start = files.jpeg(1024, 768, FIRST_BYTES).subarray(0, FIRST_BYTES);
		expect(readImageFacts(start)).toEqual({ kind: 'jpeg', size: undefined });
		expect(isEnough(start.subarray(0, -1))).toBe(false);
		expect(isEnough(start)).toBe(true);
	});
});

describe('the size of a JPEG', () => {
	const FRAME = '0011 08 0300 0400';
	const sizeOf = (digits: string) => readImageFacts(Buffer.from(digits.replaceAll(' ', ''), 'hex')).size;

	it.each([
		['at the end of what was read', `ffd8 ffe0 0004 4a46 ffc0 ${FRAME}`],
		['of a progressive image', `ffd8 ffe0 0004 4a46 ffc2 ${FRAME}`],
		['in the last kind of frame', `ffd8 ffe0 0004 4a46 ffcf ${FRAME}`],
		['behind bytes that fill up', `ffd8 ffffff ffc0 ${FRAME}`],
		['behind markers without content', `ffd8 ff01 ffd0 ffd3 ffd8 ffc0 ${FRAME}`],
		['behind a marker that nobody uses', `ffd8 ff02 0004 0000 ffc0 ${FRAME}`],
		['behind a Huffman table', `ffd8 ffc4 0009 00112233445566 ffc0 ${FRAME}`],
		['behind an extension', `ffd8 ffc8 0009 00112233445566 ffc0 ${FRAME}`],
		['behind an arithmetic table', `ffd8 ffcc 0009 00112233445566 ffc0 ${FRAME}`],
	])('is read %s', (_, digits) => expect(sizeOf(digits)).toEqual(SIZE));

	it.each([
		['a byte of it is missing', `ffd8 ffe0 0004 4a46 ffc0 ${FRAME}`.slice(0, -2)],
		['no marker stands where one has to', `ffd8ff e0 0004 4a46 00c0 ${FRAME}`],
		['the image begins without it', `ffd8 ffda 0004 0000 ffc0 ${FRAME}`],
	])('is undefined if %s', (_, digits) => expect(sizeOf(digits)).toBeUndefined());
});

describe('arbitrary bytes', () => {
	const starts = [files.png(), files.jpeg(), files.gif(), webp.extended(), webp.lossless(), webp.lossy(), files.bmp()];
	const others = [boxes('heic'), boxes('isom'), files.SVG, files.PAGE, files.PDF, files.TIFF];

	it('are read without throwing, wherever they end and whatever follows', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...starts, ...others, Buffer.alloc(0)),
				fc.nat(64),
				fc.uint8Array({ maxLength: 64 }),
				(start, length, rest) => {
					const bytes = Buffer.concat([start.subarray(0, length), rest]);
					expect(() => [readImageFacts(bytes), isEnough(bytes)]).not.toThrow();
				},
			),
			{ numRuns: 3_000 },
		);
	});

	it('keep the size that their beginning shows', () => {
		fc.assert(
			fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 64 }), (start, rest) => {
				expect(readImageFacts(Buffer.concat([start, rest])).size).toEqual(SIZE);
			}),
		);
	});
});
