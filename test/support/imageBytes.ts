// The first bytes of files, as far as they say what a file is and how large an image is. Rule: nothing but such a beginning; no test looks further.

/** Bytes from hexadecimal digits; blanks do not count. */
const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(' ', ''), 'hex');

function uint(value: number, bytes: number, order: 'BE' | 'LE' = 'BE'): Buffer {
	const buffer = Buffer.alloc(bytes);
	if (order === 'BE') buffer.writeUIntBE(value, 0, bytes);
	else buffer.writeUIntLE(value, 0, bytes);
	return buffer;
}

export function png(width = 1024, height = 768): Buffer {
	return Buffer.concat([hex('89504e470d0a1a0a 0000000d 49484452'), uint(width, 4), uint(height, 4), hex('0806000000')]);
}

/** @param before how many bytes of previews and profiles come before the frame header */
export function jpeg(width = 1024, height = 768, before = 16): Buffer {
	const segments: Buffer[] = [];
	for (let left = before; left > 0; left -= 65_000) {
		const content = Math.min(left, 65_000);
		segments.push(hex('ffe1'), uint(content + 2, 2), Buffer.alloc(content, 0x41));
	}
	const frame = [hex('ffc0 0011 08'), uint(height, 2), uint(width, 2), hex('03 012200 021101 031101')];
	return Buffer.concat([hex('ffd8'), ...segments, ...frame, hex('ffda 000c')]);
}

export function gif(width = 1024, height = 768): Buffer {
	return Buffer.concat([Buffer.from('GIF89a'), uint(width, 2, 'LE'), uint(height, 2, 'LE'), hex('f70000')]);
}

function riff(form: string, content: Buffer): Buffer {
	return Buffer.concat([Buffer.from('RIFF'), uint(content.length + 4, 4, 'LE'), Buffer.from(form), content]);
}

export const webp = {
	extended: (width = 1024, height = 768): Buffer =>
		riff(
			'WEBP',
			Buffer.concat([
				Buffer.from('VP8X'),
				hex('0a000000 00000000'),
				uint(width - 1, 3, 'LE'),
				uint(height - 1, 3, 'LE'),
			]),
		),
	lossless: (width = 1024, height = 768): Buffer =>
		riff(
			'WEBP',
			Buffer.concat([
				Buffer.from('VP8L'),
				hex('20000000 2f'),
				uint((width - 1) | ((height - 1) << 14), 4, 'LE'),
				Buffer.alloc(8),
			]),
		),
	lossy: (width = 1024, height = 768): Buffer =>
		riff(
			'WEBP',
			Buffer.concat([
				Buffer.from('VP8 '),
				hex('20000000 000000 9d012a'),
				uint(width, 2, 'LE'),
				uint(height, 2, 'LE'),
				Buffer.alloc(4),
			]),
		),
};

export function bmp(width = 1024, height = 768): Buffer {
	const header = Buffer.concat([Buffer.from('BM'), Buffer.alloc(12), uint(40, 4, 'LE'), Buffer.alloc(16)]);
	header.writeInt32LE(width, 18);
	// Rows from the top down are written with a negative height.
	header.writeInt32LE(-height, 22);
	return header;
}

/** A file of boxes with its brand, such as `isom`, `heic` or `avif`. */
export function boxes(brand: string, ...others: string[]): Buffer {
	const brands = Buffer.from([brand, '\0\0\0\0', ...others].join(''), 'latin1');
	return Buffer.concat([uint(brands.length + 8, 4), Buffer.from('ftyp'), brands, Buffer.alloc(16)]);
}

export const SVG = Buffer.from(
	'<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="http://www.w3.org/2000/svg"/>',
);
export const PDF = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj');
export const PAGE = Buffer.from('\n<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>');
export const WAVE = riff('WAVE', Buffer.from('fmt '));
export const TIFF = hex('49492a00 08000000');
export const ZIP = hex('504b0304 14000000');
export const MATROSKA = hex('1a45dfa3 01000000');
