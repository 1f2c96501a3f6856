// Figures as bars in an SVG. Rule: a bar's length is its figure and starts at zero; it can be read on a light and on a dark page.
import { shown } from './figures';

const WIDTH = 760;
const MARGIN = 24;
const NAME_WIDTH = 230;
const FIGURE_WIDTH = 90;
const ROW_HEIGHT = 30;
const BAR_HEIGHT = 18;
const HEAD_HEIGHT = 62;
const COLORS = {
	ours: '#2f6feb',
	other: '#9aa4b2',
	text: '#1f2328',
	quiet: '#59636e',
	card: '#ffffff',
	line: '#d1d9e0',
};
const FONT = 'font-family="system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif"';

type Bar = { who: string; isOurs: boolean; value: number };

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** @returns an SVG */
export function barChart({
	title,
	about,
	bars,
	unit,
	digits = 1,
}: {
	title: string;
	about: string;
	bars: readonly Bar[];
	unit: string;
	digits?: number;
}): string {
	const longest = Math.max(...bars.map(({ value }) => value));
	const room = WIDTH - 2 * MARGIN - NAME_WIDTH - FIGURE_WIDTH;
	const height = HEAD_HEIGHT + bars.length * ROW_HEIGHT + MARGIN;
	const rows = bars.map(({ who, isOurs, value }, index) => {
		const top = HEAD_HEIGHT + index * ROW_HEIGHT;
		const middle = top + BAR_HEIGHT / 2 + 5;
		const left = MARGIN + NAME_WIDTH;
		const length = Math.max(1, (value / longest) * room);
		return [
			`<text x="${left - 10}" y="${middle}" text-anchor="end" fill="${COLORS.text}"${isOurs ? ' font-weight="600"' : ''}>${escaped(who)}</text>`,
			`<rect x="${left}" y="${top}" width="${length.toFixed(1)}" height="${BAR_HEIGHT}" rx="2" fill="${isOurs ? COLORS.ours : COLORS.other}"/>`,
			`<text x="${(left + length + 8).toFixed(1)}" y="${middle}" fill="${COLORS.text}">${escaped(`${shown(value, digits)}${unit}`)}</text>`,
		].join('\n');
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}" font-size="13" ${FONT}>
<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8" fill="${COLORS.card}" stroke="${COLORS.line}"/>
<text x="${MARGIN}" y="28" font-size="15" font-weight="600" fill="${COLORS.text}">${escaped(title)}</text>
<text x="${MARGIN}" y="47" fill="${COLORS.quiet}">${escaped(about)}</text>
${rows.join('\n')}
</svg>
`;
}
