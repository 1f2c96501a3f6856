// Makes PNGs. Rule: real ones that a browser shows, of any size, with no image library.
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const RGB_8_BIT = [8, 2, 0, 0, 0];
const GRAY_1_BIT = [1, 0, 0, 0, 0];

function chunk(type: string, data: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const frame = Buffer.alloc(8);
	frame.writeUInt32BE(data.length, 0);
	frame.writeUInt32BE(crc32(named), 4);
	return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

function png(width: number, height: number, format: number[], rows: Buffer): Buffer {
	const sides = Buffer.alloc(8);
	sides.writeUInt32BE(width, 0);
	sides.writeUInt32BE(height, 4);
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', Buffer.concat([sides, Buffer.from(format)])),
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

/** @param shade the part, 0..1, that the second color has in the pixel at x, y; both as red, green and blue */
export function twoColorPng(
	size: number,
	[first, second]: readonly [readonly number[], readonly number[]],
	shade: (x: number, y: number) => number,
): Buffer {
	const row = size * 3 + 1;
	const pixels = Buffer.alloc(row * size);
	for (let y = 0; y < size; y += 1) {
		for (let x = 0; x < size; x += 1) {
			const part = shade(x, y);
			for (let band = 0; band < 3; band += 1) {
				const from = first[band] ?? 0;
				pixels[y * row + 1 + x * 3 + band] = from + ((second[band] ?? 0) - from) * part;
			}
		}
	}
	return png(size, size, RGB_8_BIT, pixels);
}

/** Nothing to see, but with sides of any length at little cost. */
export function plainPng(width: number, height: number): Buffer {
	return png(width, height, GRAY_1_BIT, Buffer.alloc((Math.ceil(width / 8) + 1) * height));
}
