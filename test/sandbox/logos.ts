// Draws the logos of the effects. Rule: no two effects alike, and each is drawn once.
import { twoColorPng } from './png';

const SIZE_PIXELS = 96;
const GOLDEN_ANGLE_DEGREES = 137.5;
const SATURATION = 0.45;
/** How soft the edge of a petal is, as a part of the half side. */
const SOFTNESS = 0.05;

const drawn = new Map<number, Buffer>();

/** @param light 0..1 @returns red, green, blue */
function color(hueDegrees: number, light: number): number[] {
	return [0, 8, 4].map((offset) => {
		const k = (offset + hueDegrees / 30) % 12;
		const amplitude = SATURATION * Math.min(light, 1 - light);
		return 255 * (light - amplitude * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
	});
}

/** 1 well inside, 0 well outside, and between the two at the edge. */
const inside = (distance: number) => Math.min(1, Math.max(0, 0.5 - distance / SOFTNESS));

/** Petals around a disk, their number and hue by the effect's place in the list. */
function draw(index: number): Buffer {
	const hue = (index * GOLDEN_ANGLE_DEGREES) % 360;
	const petals = 3 + (index % 6);
	return twoColorPng(SIZE_PIXELS, [color(hue, 0.55), color(hue, 0.95)], (x, y) => {
		const dx = (x / SIZE_PIXELS - 0.5) * 2;
		const dy = (y / SIZE_PIXELS - 0.5) * 2;
		const radius = Math.hypot(dx, dy);
		const petal = inside(radius - 0.5 - 0.22 * Math.cos(petals * Math.atan2(dy, dx) + index));
		const ground = 0.3 - 0.3 * dy;
		return (ground + (1 - ground) * petal) * (1 - inside(radius - 0.16));
	});
}

/** @returns a PNG */
export function logo(index: number): Buffer {
	const image = drawn.get(index) ?? draw(index);
	drawn.set(index, image);
	return image;
}
