// Draws the logos of the effects. Rule: real PNGs that a browser shows, no two effects alike, and no image library needed.
import { crc32, deflateSync } from 'node:zlib';

const SIZE_PIXELS = 96;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const RGB_8_BIT = [8, 2, 0, 0, 0];
const GOLDEN_ANGLE_DEGREES = 137.5;

function chunk(type: string, data: Buffer) {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const frame = Buffer.alloc(8);
	frame.writeUInt32BE(data.length, 0);
	frame.writeUInt32BE(crc32(named), 4);
	return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** A colour of full strength. @param light 0..1 @returns red, green, blue */
function colour(hueDegrees: number, light: number): number[] {
	return [0, 8, 4].map((offset) => {
		const k = (offset + hueDegrees / 30) % 12;
		const amplitude = Math.min(light, 1 - light);
		return Math.round(255 * (light - amplitude * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
	});
}

/** Concentric petals, their number and hue by the effect's place in the list. @returns a PNG */
export function logo(index: number): Buffer {
	const hue = (index * GOLDEN_ANGLE_DEGREES) % 360;
	const petals = 3 + (index % 6);
	const row = SIZE_PIXELS * 3 + 1;
	const pixels = Buffer.alloc(row * SIZE_PIXELS);
	for (let y = 0; y < SIZE_PIXELS; y += 1) {
		for (let x = 0; x < SIZE_PIXELS; x += 1) {
			const dx = (x / SIZE_PIXELS - 0.5) * 2;
			const dy = (y / SIZE_PIXELS - 0.5) * 2;
			const petal = Math.hypot(dx, dy) < 0.5 + 0.3 * Math.cos(petals * Math.atan2(dy, dx));
			pixels.set(colour(hue + 40 * dy, petal ? 0.8 : 0.35 + 0.1 * dx), y * row + 1 + x * 3);
		}
	}
	const header = Buffer.alloc(8);
	header.writeUInt32BE(SIZE_PIXELS, 0);
	header.writeUInt32BE(SIZE_PIXELS, 4);
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', Buffer.concat([header, Buffer.from(RGB_8_BIT)])),
		chunk('IDAT', deflateSync(pixels)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}
