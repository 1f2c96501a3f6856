// The report of a run: on the terminal, as JSON, as a summary for users, as tables for developers and as charts. Rule: the pages only get figures of full
// size, each with its date and machine; a partial run replaces its part.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import sortBy from 'lodash/sortBy';
import unionBy from 'lodash/unionBy';
import uniq from 'lodash/uniq';
import { ROOT, RUNTIME } from '../scripts/lib/paths';
import { barChart } from './chart';
import { shown } from './figures';
import { comparisonTable, goalLines, goalTable } from './table';
import type { Comparison, Row } from './figures';
import type { measure } from './bench';

const BYTES_PER_GIB = 1024 ** 3;
const DOCS = join(ROOT, 'docs');
/** In which the comparisons stand on the pages. */
const ORDER = ['videos', 'creates', 'items', 'images', 'file', 'calls', 'packages'];
/** What stands between two such lines of a page is written here. */
const PLACES = {
	summary: { page: join(DOCS, 'self-hosting.md'), begin: '<!-- summary -->', end: '<!-- end of summary -->' },
	figures: { page: join(DOCS, 'dev', 'bench.md'), begin: '<!-- figures -->', end: '<!-- end of figures -->' },
	profiles: { page: join(DOCS, 'dev', 'bench.md'), begin: '<!-- profiles -->', end: '<!-- end of profiles -->' },
};

type Measured = Awaited<ReturnType<typeof measure>>;
/** `head`: when and on what it was measured */
export type Kept = Comparison & { head: string };

function machineOf({ n8n, nodeVersion }: Measured) {
	const [{ model = 'unknown' } = {}] = cpus();
	return `n8n ${n8n} on Node.js ${nodeVersion}; ${cpus().length} cores (${model.trim()}), ${Math.round(totalmem() / BYTES_PER_GIB)} GiB, ${process.platform}`;
}

const headOf = (measured: Measured) => `Measured on ${new Date().toISOString().slice(0, 10)}: ${machineOf(measured)}.`;

/** Once where all were measured alike, else with each. */
const commonHead = (kept: readonly Kept[]) =>
	uniq(kept.map(({ head }) => head)).length === 1 ? kept[0]?.head : undefined;

const partOf = (comparison: Kept, isHeaded: boolean) =>
	[
		`### ${comparison.title}`,
		...(isHeaded ? [comparison.head] : []),
		comparison.about,
		comparisonTable(comparison, true),
		...(comparison.remarks ?? []).map((remark) => `Note: ${remark}`),
	].join('\n\n');

function tablesOf(kept: readonly Kept[]): string {
	const goals = kept.flatMap((comparison) => comparison.goals);
	const head = commonHead(kept);
	return [
		...(head === undefined ? [] : [head]),
		...(goals.length > 0 ? [goalTable(goals)] : []),
		...kept.map((comparison) => partOf(comparison, head === undefined)),
	].join('\n\n');
}

function summaryOf(kept: readonly Kept[]): string {
	const lines = kept.flatMap(({ summary = [] }) => summary.map((line) => `- ${line}`));
	return [...uniq(kept.map(({ head }) => head)), lines.join('\n')].join('\n\n');
}

async function writeSection({ page, begin, end }: (typeof PLACES)[keyof typeof PLACES], section: string) {
	const text = await readFile(page, 'utf8');
	const [before, rest] = text.split(begin);
	const after = rest?.split(end)[1];
	if (before === undefined || after === undefined)
		throw new Error(`${page} has no place for figures: it lacks ${begin} or ${end}.`);
	await writeFile(page, `${before}${begin}\n\n${section}\n\n${end}${after}`);
}

function barsOf(
	comparisons: readonly Comparison[],
	name: string,
	key: string,
	isShown: (row: Row) => boolean = () => true,
) {
	const rows = comparisons.find((comparison) => comparison.name === name)?.rows ?? [];
	return rows.filter(isShown).flatMap(({ who, isOurs, figures }) => {
		const value = figures[key];
		return value === undefined ? [] : [{ who, isOurs, value }];
	});
}

/** @returns SVGs by the names of their files */
function chartsOf(comparisons: readonly Comparison[]): Record<string, string> {
	const videos = comparisons.find(({ name }) => name === 'videos');
	// The jobs for which the MiniMax node was timed as well.
	const others = videos?.rows.find(({ who }) => who.includes('MiniMax'))?.figures;
	const video = barsOf(
		comparisons,
		'videos',
		'overLimit',
		({ figures }) => figures.longest === others?.longest && figures.shortest === others?.shortest,
	);
	const memory = barsOf(comparisons, 'file', 'grownMiB');
	return {
		...(video.length > 0 && {
			'bench-videos': barChart({
				title: videos?.title ?? '',
				about: `Jobs of ${shown(others?.shortest, 0)} to ${shown(others?.longest, 0)} s; 1.00 is the physical limit`,
				bars: video,
				unit: '×',
				digits: 2,
			}),
		}),
		...(memory.length > 0 && {
			'bench-memory': barChart({
				title: 'Memory that n8n takes for a large file',
				about: comparisons.find(({ name }) => name === 'file')?.title ?? '',
				bars: memory,
				unit: ' MiB',
				digits: 0,
			}),
		}),
	};
}

/**
 * Replaces comparisons of a JSON file and leaves its others as they are.
 *
 * @returns all of that kind
 */
export async function keep(path: string, kind: string, measured: readonly Kept[]): Promise<Kept[]> {
	const file: Record<string, Kept[] | undefined> = JSON.parse(await readFile(path, 'utf8').catch(() => '{}'));
	const all = sortBy(unionBy(measured, file[kind] ?? [], 'name'), ({ name }) => ORDER.indexOf(name));
	await writeFile(path, `${JSON.stringify({ ...file, [kind]: all }, undefined, '\t')}\n`);
	return all;
}

/** @param run `isFull`: whether the sizes were those that the goals are about */
export async function report(measured: Measured, { isFull, isProfile }: { isFull: boolean; isProfile: boolean }) {
	const { comparisons } = measured;
	for (const comparison of comparisons) {
		const { title, about, remarks = [] } = comparison;
		console.log(`\n${[title, about, '', comparisonTable(comparison, false), ...remarks].join('\n')}`);
	}
	const head = headOf(measured);
	const goals = comparisons.flatMap((comparison) => comparison.goals);
	const summary = comparisons.flatMap(({ summary: lines = [] }) => lines);
	console.log(`\n${[head, '', ...goalLines(goals), '', ...summary].join('\n')}`);

	const folder = join(RUNTIME, 'bench');
	await mkdir(folder, { recursive: true });
	const places = isFull
		? { json: join(DOCS, 'dev', 'bench.json'), charts: join(DOCS, 'images') }
		: { json: join(folder, 'bench.json'), charts: folder };
	const kind = isProfile ? 'profiles' : 'figures';
	const kept = await keep(
		places.json,
		kind,
		comparisons.map((comparison) => ({ ...comparison, head })),
	);
	for (const [name, svg] of Object.entries(chartsOf(kept))) await writeFile(join(places.charts, `${name}.svg`), svg);
	if (isFull) {
		await writeSection(PLACES[kind], tablesOf(kept));
		if (!isProfile) await writeSection(PLACES.summary, summaryOf(kept));
	}
	console.log(`\nWritten to ${places.json}`);
}
