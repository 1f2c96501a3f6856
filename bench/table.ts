// Figures as tables: the same lines for the terminal and for the page. Rule: a column is as wide as its widest entry, so that both can be read as text.
import { digitsOf, goalText, isMet, limitText, shown } from './figures';
import type { Comparison, Goal } from './figures';

/** @param lines the first holds the titles, the first column is text */
function table(lines: readonly (readonly string[])[]): string {
	const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
	const row = (line: readonly string[]) =>
		`| ${line.map((entry, column) => (column === 0 ? entry.padEnd(widths[column] ?? 0) : entry.padStart(widths[column] ?? 0))).join(' | ')} |`;
	const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
	const [titles = [], ...others] = lines;
	return [row(titles), rule, ...others.map(row)].join('\n');
}

/** @param inPage our own rows are bold there */
export function comparisonTable({ columns, rows }: Comparison, inPage: boolean) {
	return table([
		['', ...columns.map(({ title }) => title)],
		...rows.map(({ who, isOurs, figures }) => [
			inPage && isOurs ? `**${who}**` : who,
			...columns.map(({ key, digits }) => shown(figures[key], digits)),
		]),
	]);
}

/** One line a goal. */
export const goalLines = (goals: readonly Goal[]): string[] =>
	goals.map((goal) => `${isMet(goal) ? 'met   ' : 'missed'}  ${goalText(goal)}`);

export function goalTable(goals: readonly Goal[]) {
	return table([
		['Goal', 'Wanted', 'Measured', ''],
		...goals.map((goal) => [
			goal.what,
			limitText(goal),
			shown(goal.value, digitsOf(goal)),
			isMet(goal) ? 'met' : '**missed**',
		]),
	]);
}
