// Figures as tables: the same lines for the terminal and for the page. Rule: a column is as wide as its widest entry, so that both can be read as text.
import { goalText, isMet, shown } from './figures.mjs';

/** @param {readonly (readonly string[])[]} lines the first holds the titles, the first column is text @returns {string} */
function table(lines) {
	const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
	/** @param {readonly string[]} line */
	const row = (line) =>
		`| ${line.map((entry, column) => (column === 0 ? entry.padEnd(widths[column] ?? 0) : entry.padStart(widths[column] ?? 0))).join(' | ')} |`;
	const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
	const [titles = [], ...others] = lines;
	return [row(titles), rule, ...others.map(row)].join('\n');
}

/** @param {import('./figures.mjs').Comparison} comparison @param {boolean} inPage our own rows are bold there */
export function comparisonTable({ columns, rows }, inPage) {
	return table([
		['', ...columns.map(({ title }) => title)],
		...rows.map(({ who, isOurs, figures }) => [
			inPage && isOurs ? `**${who}**` : who,
			...columns.map(({ key, digits }) => shown(figures[key], digits)),
		]),
	]);
}

/** One line a goal. @param {readonly import('./figures.mjs').Goal[]} goals @returns {string[]} */
export const goalLines = (goals) => goals.map((goal) => `${isMet(goal) ? 'met   ' : 'missed'}  ${goalText(goal)}`);

/** @param {readonly import('./figures.mjs').Goal[]} goals */
export function goalTable(goals) {
	/** @param {import('./figures.mjs').Goal} goal */
	const limit = ({ atMost, atLeast, digits = 2 }) =>
		atMost === undefined ? `at least ${shown(atLeast, digits)}` : `at most ${shown(atMost, digits)}`;
	return table([
		['Goal', 'Wanted', 'Measured', ''],
		...goals.map((goal) => [
			goal.what,
			limit(goal),
			shown(goal.value, goal.digits ?? 2),
			isMet(goal) ? 'met' : '**missed**',
		]),
	]);
}
