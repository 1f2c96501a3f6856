// What a comparison gives: rows of figures, side by side, and the goals that they are held against. Rule: a figure is what was measured; how it is
// rounded is a matter of showing it.

/** @typedef {{ key: string, title: string, digits?: number }} Column */
/** @typedef {{ who: string, isOurs: boolean, figures: Record<string, number | undefined> }} Row an undefined figure could not be measured here */
/** @typedef {{ what: string, value: number | undefined, atMost?: number, atLeast?: number, digits?: number }} Goal */
/** @typedef {{ name: string, title: string, about: string, columns: Column[], rows: Row[], goals: Goal[] }} Comparison */

/** @param {Goal} goal @returns {boolean} false also for a figure that could not be measured */
export const isMet = ({ value, atMost = Infinity, atLeast = -Infinity }) => value !== undefined && value <= atMost && value >= atLeast;

/** @param {number | undefined} value @param {number} [digits] */
export const shown = (value, digits = 1) => (value === undefined ? '–' : value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }));

/** @param {number | undefined} value @param {number | undefined} of @returns {number | undefined} */
export const ratio = (value, of) => (value === undefined || !of ? undefined : value / of);

/** @param {readonly number[]} values */
export function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const [low = NaN, high = NaN] = sorted.length % 2 === 0 ? [sorted[middle - 1], sorted[middle]] : [sorted[middle], sorted[middle]];
	return (low + high) / 2;
}

/** @param {Goal} goal */
export function goalText({ what, value, atMost, atLeast, digits = 2 }) {
	const limit = atMost === undefined ? `at least ${shown(atLeast, digits)}` : `at most ${shown(atMost, digits)}`;
	return `${what}: ${shown(value, digits)}, goal ${limit}`;
}
