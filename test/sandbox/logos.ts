// Draws the logos of the effects. Rule: no two effects alike.
import { colorPng } from './png';

const SIZE_PIXELS = 96;
const GOLDEN_ANGLE_DEGREES = 137.5;

/** A color of full strength. @param light 0..1 @returns red, green, blue */
function color(hueDegrees: number, light: number): number[] {
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
	return colorPng(SIZE_PIXELS, SIZE_PIXELS, (x, y) => {
		const dx = (x / SIZE_PIXELS - 0.5) * 2;
		const dy = (y / SIZE_PIXELS - 0.5) * 2;
		const petal = Math.hypot(dx, dy) < 0.5 + 0.3 * Math.cos(petals * Math.atan2(dy, dx));
		return color(hue + 40 * dy, petal ? 0.8 : 0.35 + 0.1 * dx);
	});
}
