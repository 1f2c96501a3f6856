// What a comparison gives: rows of figures, side by side, and the goals that they are held against. Rule: a figure is what was measured; how it is
// rounded is a matter of showing it.

/** @typedef {{ key: string, title: string, digits?: number }} Column */
/** @typedef {{ who: string, isOurs: boolean, figures: Record<string, number | undefined> }} Row an undefined figure could not be measured here */
/** @typedef {{ what: string, value: number | undefined, atMost?: number, atLeast?: number, digits?: number }} Goal */
/** @typedef {{ name: string, title: string, about: string, columns: Column[], rows: Row[], goals: Goal[], remarks?: string[] }} Comparison `remarks`: what the figures are short of */

/** @param {Goal} goal @returns {boolean} false also for a figure that could not be measured */
export const isMet = ({ value, atMost = Infinity, atLeast = -Infinity }) =>
	value !== undefined && value <= atMost && value >= atLeast;

/** @param {number | undefined} value @param {number} [digits] */
export const shown = (value, digits = 1) =>
	value === undefined
		? '–'
		: value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** @param {number | undefined} value @param {number | undefined} of @returns {number | undefined} */
export const ratio = (value, of) => (value === undefined || !of ? undefined : value / of);

/**
 * A row with ratios beside some of its figures: `seconds` gets `secondsRatio`.
 * @template {Row} R @param {R} row @param {Row} base what it is held against @param {readonly string[]} keys @returns {R}
 */
export const besideRow = (row, base, keys) => ({
	...row,
	figures: {
		...row.figures,
		...Object.fromEntries(keys.map((key) => [`${key}Ratio`, ratio(row.figures[key], base.figures[key])])),
	},
});

/**
 * A table in which each figure has its ratio beside it.
 * @param {readonly Row[]} rows @param {Row} base the row that the others are held against @param {string} title what stands over a ratio
 * @param {readonly Column[]} columns
 */
export const ratioTable = (rows, base, title, columns) => ({
	columns: columns.flatMap((column) => [column, { key: `${column.key}Ratio`, title, digits: 2 }]),
	rows: rows.map((row) =>
		besideRow(
			row,
			base,
			columns.map(({ key }) => key),
		),
	),
});

/** @param {readonly (number | undefined)[]} values @returns {number | undefined} of those that could be measured */
export function median(values) {
	const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const [low, high] = sorted.length % 2 === 0 ? [sorted[middle - 1], sorted[middle]] : [sorted[middle], sorted[middle]];
	return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** @param {Goal} goal */
export function goalText({ what, value, atMost, atLeast, digits = 2 }) {
	const limit = atMost === undefined ? `at least ${shown(atLeast, digits)}` : `at most ${shown(atMost, digits)}`;
	return `${what}: ${shown(value, digits)}, goal ${limit}`;
}
