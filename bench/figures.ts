// The result of a comparison: rows of figures, and the goals that they are compared with. Rule: figures are kept as measured, and
// rounded only when shown.

type Column = { key: string; title: string; digits?: number };
/** an undefined figure could not be measured here */
export type Row = { who: string; isOurs: boolean; figures: Record<string, number | undefined> };
export type Goal = { what: string; value: number | undefined; atMost?: number; atLeast?: number; digits?: number };
/** `remarks`: what the figures are short of */
export type Comparison = {
	name: string;
	title: string;
	about: string;
	columns: Column[];
	rows: Row[];
	goals: Goal[];
	/** what it comes to, a sentence each, for people who want no table */
	summary?: readonly string[];
	remarks?: readonly string[];
};

/** @returns false also for a figure that could not be measured */
export const isMet = ({ value, atMost = Infinity, atLeast = -Infinity }: Goal): boolean =>
	value !== undefined && value <= atMost && value >= atLeast;

export const shown = (value: number | undefined, digits: number = 1) =>
	value === undefined
		? '–'
		: value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** So near to its limit that two decimals may not tell on which side a figure is. */
const NEAR = 0.05;

/** How many decimals a goal is shown with. */
export function digitsOf({ value, atMost, atLeast, digits = 2 }: Goal): number {
	const limit = atMost ?? atLeast;
	if (value === undefined || limit === undefined || Number.isInteger(value)) return digits;
	return Math.abs(value - limit) <= NEAR * Math.abs(limit) ? 3 : digits;
}

export function limitText(goal: Goal): string {
	const { atMost, atLeast } = goal;
	return atMost === undefined
		? `at least ${shown(atLeast, digitsOf(goal))}`
		: `at most ${shown(atMost, digitsOf(goal))}`;
}

export const ratio = (value: number | undefined, of: number | undefined): number | undefined =>
	value === undefined || !of ? undefined : value / of;

/**
 * A row with ratios beside some of its figures: `seconds` gets `secondsRatio`.
 * @param base what it is held against
 */
export const besideRow = <R extends Row>(row: R, base: Row, keys: readonly string[]): R => ({
	...row,
	figures: {
		...row.figures,
		...Object.fromEntries(keys.map((key) => [`${key}Ratio`, ratio(row.figures[key], base.figures[key])])),
	},
});

/**
 * A table in which each figure has its ratio beside it.
 * @param base the row that the others are held against
 * @param title what stands over a ratio
 */
export const ratioTable = (rows: readonly Row[], base: Row, title: string, columns: readonly Column[]) => ({
	columns: columns.flatMap((column) => [column, { key: `${column.key}Ratio`, title, digits: 2 }]),
	rows: rows.map((row) =>
		besideRow(
			row,
			base,
			columns.map(({ key }) => key),
		),
	),
});

/** @returns of those that could be measured */
export function median(values: readonly (number | undefined)[]): number | undefined {
	const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const [low, high] = sorted.length % 2 === 0 ? [sorted[middle - 1], sorted[middle]] : [sorted[middle], sorted[middle]];
	return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

export const goalText = (goal: Goal) => `${goal.what}: ${shown(goal.value, digitsOf(goal))}, goal ${limitText(goal)}`;
