// What is refused before it costs anything, and what is ordered with a hint. The limits are those of the models.

import type { FileKind } from '../../nodes/AkoolImageToVideo/images/imageFacts';
import { judge } from '../../nodes/AkoolImageToVideo/images/judgeImage';

/** The hint for item 2, or what becomes of the file. */
function judged(kind: FileKind, of: 'image' | 'audio', width?: number, height?: number): string {
	const size = width === undefined || height === undefined ? undefined : { width, height };
	const judgment = judge({ kind, size }, of);
	if (judgment.kind === 'questionable') return judgment.hint([2]);
	return judgment.kind === 'noImage' ? `no ${of}: ${judgment.what}` : judgment.kind;
}

describe('an image', () => {
	it.each([
		[300, 300],
		[6000, 6000],
		[400, 1000],
		[1000, 400],
	])('of %d x %d pixels is fine', (width, height) => expect(judged('png', 'image', width, height)).toBe('fine'));

	it.each([
		[299, 500],
		[500, 299],
		[6001, 5000],
		[5000, 6001],
		[399, 1000],
		[1001, 400],
	])('of %d x %d pixels gets a hint', (width, height) => {
		expect(judged('jpeg', 'image', width, height)).toContain(`The image of item 2 has ${width} x ${height} pixels`);
	});

	it('of unknown size is fine', () => expect(judged('jpeg', 'image')).toBe('fine'));

	it.each<[FileKind, string]>([
		['webp', 'is WebP'],
		['gif', 'is GIF'],
		['bmp', 'is BMP'],
		['tiff', 'is TIFF'],
		['avif', 'is AVIF'],
		['ico', 'is ICO'],
		['unknown', 'is of a kind that n8n does not know'],
	])('%s gets a hint, whatever its size', (kind, words) => {
		expect(judged(kind, 'image', 1024, 768)).toContain(`The image of item 2 ${words}`);
	});

	it.each<FileKind>(['page', 'pdf', 'video', 'audio', 'svg', 'heic', 'zip', 'json', 'text'])('%s is refused', (kind) =>
		expect(judged(kind, 'image')).toBe(`no image: ${kind}`),
	);
});

describe('an audio file', () => {
	it.each<FileKind>(['audio', 'video', 'unknown', 'ico'])('that begins like %s is fine', (kind) =>
		expect(judged(kind, 'audio')).toBe('fine'),
	);

	it.each<FileKind>(['page', 'pdf', 'svg', 'heic', 'zip', 'json', 'text'])('that is %s is refused', (kind) =>
		expect(judged(kind, 'audio')).toBe(`no audio: ${kind}`),
	);

	it.each<FileKind>(['png', 'jpeg', 'gif', 'webp', 'bmp', 'tiff', 'avif'])(
		'that is %s is refused as an image',
		(kind) => expect(judged(kind, 'audio', 1024, 768)).toBe('no audio: image'),
	);
});
