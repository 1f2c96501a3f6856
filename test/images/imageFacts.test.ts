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
		['avif', boxes('avif', 'mif1')],
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
		['unknown', Buffer.from([0, 1, 2, 3])],
		['unknown', Buffer.alloc(0)],
	] as const)('show %s', (kind, bytes) => expect(readImageFacts(bytes)).toEqual({ kind, size: undefined }));

	it('of a JPEG whose header comes too late show no size, and no more is read', () => {
		const start = files.jpeg(1024, 768, FIRST_BYTES).subarray(0, FIRST_BYTES);
		expect(readImageFacts(start)).toEqual({ kind: 'jpeg', size: undefined });
		expect(isEnough(start.subarray(0, -1))).toBe(false);
		expect(isEnough(start)).toBe(true);
	});
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
