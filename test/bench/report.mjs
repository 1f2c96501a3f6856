// What is told of a run: on the terminal, as JSON, in the page's figures and as charts. Rule: the pages get the figures of whole runs alone.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { ROOT, RUNTIME } from '../../scripts/lib/paths.mjs';
import { barChart } from './chart.mjs';
import { isMet } from './figures.mjs';
import { comparisonTable, goalLines, goalTable } from './table.mjs';

const BYTES_PER_GIB = 1024 ** 3;
/** What stands between these two lines of the page is written here. */
const MARKS = { begin: '<!-- figures -->', end: '<!-- end of figures -->' };

/** @typedef {import('./figures.mjs').Comparison} Comparison */
/** @typedef {Awaited<ReturnType<typeof import('./bench.mjs').measure>>} Measured */

/** @param {Measured} measured */
function machineOf({ n8n, nodeVersion }) {
	const [{ model = 'unknown' } = {}] = cpus();
	return `n8n ${n8n} on Node.js ${nodeVersion}; ${cpus().length} cores (${model.trim()}), ${Math.round(totalmem() / BYTES_PER_GIB)} GiB, ${process.platform} ${release()}`;
}

/** @param {Measured} measured @param {string} machine @returns {string} */
function pageSection({ comparisons }, machine) {
	const goals = comparisons.flatMap((comparison) => comparison.goals);
	const parts = comparisons.map((comparison) => `### ${comparison.title}\n\n${comparison.about}\n\n${comparisonTable(comparison, true)}`);
	return [`Measured on ${new Date().toISOString().slice(0, 10)}: ${machine}.`, goalTable(goals), ...parts].join('\n\n');
}

/** @param {string} path of a page @param {string} section */
async function writeSection(path, section) {
	const page = await readFile(path, 'utf8');
	const [before, rest] = page.split(MARKS.begin);
	const after = rest?.split(MARKS.end)[1];
	if (before === undefined || after === undefined) throw new Error(`${path} has no place for figures.`);
	await writeFile(path, `${before}${MARKS.begin}\n\n${section}\n\n${MARKS.end}${after}`);
}

/** @param {readonly Comparison[]} comparisons @param {string} name @param {string} key @param {(row: import('./figures.mjs').Row) => boolean} [isShown] */
function barsOf(comparisons, name, key, isShown = () => true) {
	const rows = comparisons.find((comparison) => comparison.name === name)?.rows ?? [];
	return rows.filter(isShown).flatMap(({ who, isOurs, figures }) => {
		const value = figures[key];
		return value === undefined ? [] : [{ who, isOurs, value }];
	});
}

/** @param {readonly Comparison[]} comparisons @returns {Record<string, string>} SVGs by the names of their files */
function chartsOf(comparisons) {
	const videos = comparisons.find(({ name }) => name === 'videos');
	const shortJob = Math.min(...(videos?.rows ?? []).map(({ figures }) => figures.job ?? Infinity));
	const video = barsOf(comparisons, 'videos', 'overLimit', ({ figures }) => figures.job === shortJob);
	const memory = barsOf(comparisons, 'file', 'grownMiB');
	return {
		...(video.length > 0 && {
			'bench-videos': barChart({ title: videos?.title ?? '', about: `Jobs of ${shortJob} s; 1.00 is the physical limit`, bars: video, unit: '×', digits: 2 }),
		}),
		...(memory.length > 0 && {
			'bench-memory': barChart({ title: 'Memory that n8n takes for a large file', about: comparisons.find(({ name }) => name === 'file')?.title ?? '', bars: memory, unit: ' MiB', digits: 0 }),
		}),
	};
}

/** @param {Measured} measured @param {boolean} isWhole whether it was a full run */
export async function report(measured, isWhole) {
	const { comparisons } = measured;
	const machine = machineOf(measured);
	for (const comparison of comparisons) console.log(`\n${comparison.title}\n${comparison.about}\n\n${comparisonTable(comparison, false)}`);
	const goals = comparisons.flatMap((comparison) => comparison.goals);
	console.log(`\n${machine}\n\n${goalLines(goals).join('\n')}`);

	const folder = join(RUNTIME, 'bench');
	const places = isWhole
		? { json: join(ROOT, 'docs', 'bench.json'), charts: join(ROOT, 'docs', 'images') }
		: { json: join(folder, 'bench.json'), charts: folder };
	await mkdir(folder, { recursive: true });
	const content = { at: new Date().toISOString(), machine, comparisons, goals: goals.map((goal) => ({ ...goal, met: isMet(goal) })) };
	await writeFile(places.json, `${JSON.stringify(content, undefined, '\t')}\n`);
	for (const [name, svg] of Object.entries(chartsOf(comparisons))) await writeFile(join(places.charts, `${name}.svg`), svg);
	if (isWhole) await writeSection(join(ROOT, 'docs', 'bench.md'), pageSection(measured, machine));
	console.log(`\nWritten to ${places.json}`);
}
