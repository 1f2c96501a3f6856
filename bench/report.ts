// What is told of a run: on the terminal, as JSON, as a summary for users, as tables for developers and as charts. Rule: the pages get the figures of whole
// runs alone.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { ROOT, RUNTIME } from '../scripts/lib/paths';
import { barChart } from './chart';
import { isMet, shown } from './figures';
import { comparisonTable, goalLines, goalTable } from './table';
import type { Comparison, Row } from './figures';
import type { measure } from './bench';

const BYTES_PER_GIB = 1024 ** 3;
const DOCS = join(ROOT, 'docs');
/** What stands between two such lines of a page is written here. */
const PLACES = {
	summary: { page: join(DOCS, 'self-hosting.md'), begin: '<!-- summary -->', end: '<!-- end of summary -->' },
	figures: { page: join(DOCS, 'dev', 'bench.md'), begin: '<!-- figures -->', end: '<!-- end of figures -->' },
	profiles: { page: join(DOCS, 'dev', 'bench.md'), begin: '<!-- profiles -->', end: '<!-- end of profiles -->' },
};

type Measured = Awaited<ReturnType<typeof measure>>;

function machineOf({ n8n, nodeVersion }: Measured) {
	const [{ model = 'unknown' } = {}] = cpus();
	return `n8n ${n8n} on Node.js ${nodeVersion}; ${cpus().length} cores (${model.trim()}), ${Math.round(totalmem() / BYTES_PER_GIB)} GiB, ${process.platform}`;
}

const partOf = (comparison: Comparison) =>
	[
		`### ${comparison.title}`,
		comparison.about,
		comparisonTable(comparison, true),
		...(comparison.remarks ?? []).map((remark) => `Note: ${remark}`),
	].join('\n\n');

const headOf = (machine: string) => `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine}.`;

function tablesOf({ comparisons }: Measured, machine: string): string {
	const goals = comparisons.flatMap((comparison) => comparison.goals);
	return [headOf(machine), ...(goals.length > 0 ? [goalTable(goals)] : []), ...comparisons.map(partOf)].join('\n\n');
}

const summaryOf = (comparisons: readonly Comparison[]) => comparisons.flatMap(({ summary = [] }) => summary);

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

/** Replaces one part of a JSON file and leaves the others as they are. */
async function writeJson(path: string, key: string, content: object) {
	const before = JSON.parse(await readFile(path, 'utf8').catch(() => '{}'));
	await writeFile(path, `${JSON.stringify({ ...before, [key]: content }, undefined, '\t')}\n`);
}

/** @param run `isWhole`: whether it was a full one */
export async function report(measured: Measured, { isWhole, isProfile }: { isWhole: boolean; isProfile: boolean }) {
	const { comparisons } = measured;
	const machine = machineOf(measured);
	for (const comparison of comparisons) {
		const { title, about, remarks = [] } = comparison;
		console.log(`\n${[title, about, '', comparisonTable(comparison, false), ...remarks].join('\n')}`);
	}
	const goals = comparisons.flatMap((comparison) => comparison.goals);
	const summary = summaryOf(comparisons);
	console.log(`\n${[machine, '', ...goalLines(goals), '', ...summary].join('\n')}`);

	const folder = join(RUNTIME, 'bench');
	const places = isWhole
		? { json: join(DOCS, 'dev', 'bench.json'), charts: join(DOCS, 'images') }
		: { json: join(folder, 'bench.json'), charts: folder };
	await mkdir(folder, { recursive: true });
	const kind = isProfile ? 'profiles' : 'figures';
	await writeJson(places.json, kind, {
		at: new Date().toISOString(),
		machine,
		comparisons,
		goals: goals.map((goal) => ({ ...goal, met: isMet(goal) })),
	});
	for (const [name, svg] of Object.entries(chartsOf(comparisons)))
		await writeFile(join(places.charts, `${name}.svg`), svg);
	if (isWhole) {
		await writeSection(PLACES[kind], tablesOf(measured, machine));
		if (!isProfile)
			await writeSection(PLACES.summary, [headOf(machine), summary.map((line) => `- ${line}`).join('\n')].join('\n\n'));
	}
	console.log(`\nWritten to ${places.json}`);
}
