// Where the memory of a large file goes: what the memory of n8n's process consists of while it fetches small files and then large ones. Rule: growth is the
// highest memory less that right before, as in the comparison; its parts are reported by n8n's own process.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT, RUNTIME } from '../scripts/lib/paths';
import { step } from '../scripts/lib/steps';
import { nowUs } from './cpuProfile';
import { openFetchers, SMALL_MIB } from './fetchers';
import type { Comparison, Row } from './figures';
import type { Size } from './fetchers';
import type { Bench } from './bench';

const PROBE = join(RUNTIME, 'bench', 'probe.js');
const BYTES_PER_MIB = 1024 * 1024;
const SMALL_FILES = 4;
const LARGE_FILES = 3;
const COLUMNS = [
	{ key: 'grown', title: 'Memory growth, MiB', digits: 0 },
	{ key: 'buffers', title: 'growth of buffers', digits: 0 },
	{ key: 'heapBefore', title: 'Heap before, MiB', digits: 0 },
	{ key: 'heapAfter', title: 'Heap after, MiB', digits: 0 },
	{ key: 'usedBefore', title: 'of it in use before', digits: 0 },
	{ key: 'usedLeast', title: 'of it in use at its least', digits: 0 },
];

/** in bytes */
type Sample = { atUs: number; rss: number; heapTotal: number; heapUsed: number; external: number };

/** @param samples one fetch's */
function figuresOf(samples: readonly Sample[]): Record<string, number | undefined> {
	const [before] = samples;
	if (before === undefined) return {};
	const mib = (choose: (values: number[]) => number, part: keyof Sample) =>
		choose(samples.map((sample) => sample[part])) / BYTES_PER_MIB;
	const highest = (values: number[]) => Math.max(...values);
	const least = (values: number[]) => Math.min(...values);
	const first = ([value = NaN]: number[]) => value;
	const last = (values: number[]) => values.at(-1) ?? NaN;
	return {
		grown: mib(highest, 'rss') - mib(first, 'rss'),
		buffers: mib(highest, 'external') - mib(first, 'external'),
		heapBefore: mib(first, 'heapTotal'),
		heapAfter: mib(last, 'heapTotal'),
		usedBefore: mib(first, 'heapUsed'),
		usedLeast: mib(least, 'heapUsed'),
	};
}

const readSamples = async (file: string): Promise<Sample[]> =>
	(await readFile(file, 'utf8'))
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));

export async function profileFile(bench: Bench): Promise<Comparison[]> {
	const {
		environment,
		folder,
		sizes: {
			file: { mib },
		},
	} = bench;
	const { ours, theirs, fetchOne } = await openFetchers(bench);
	const rows: Row[] = [];
	// n8n's Node.js reads no TypeScript.
	await build({ entryPoints: [join(ROOT, 'bench', 'probe.ts')], outfile: PROBE, platform: 'node', format: 'cjs' });
	for (const fetcher of [ours, theirs]) {
		const file = join(folder, `${fetcher.nodeName}.memory`);
		await rm(file, { force: true });
		await environment.restart({ env: { NODE_OPTIONS: `--require=${PROBE}`, AKOOL_BENCH_PROBE: file } });
		await step(`Memory for files: ${fetcher.who}`, async () => {
			const watch = async (size: Size, title: string) => {
				const fromUs = nowUs();
				await fetchOne(fetcher, size);
				const toUs = nowUs();
				const samples = (await readSamples(file)).filter(({ atUs }) => atUs >= fromUs && atUs <= toUs);
				rows.push({ who: `${fetcher.who}: ${title}`, isOurs: fetcher.isOurs, figures: figuresOf(samples) });
			};
			for (let count = 1; count <= SMALL_FILES; count++) await watch('small', `${SMALL_MIB} MiB, file ${count}`);
			for (let count = 1; count <= LARGE_FILES; count++)
				await watch('large', `${mib.toLocaleString('en-US')} MiB, file ${count}`);
		});
	}
	await environment.restart();
	return [
		{
			name: 'profile-file',
			title: 'Where the memory of a large file goes',
			about:
				'An n8n that has just started fetches small files and then large ones. Heap is V8’s, for JavaScript; buffers hold what is on its way.',
			columns: COLUMNS,
			rows,
			goals: [],
		},
	];
}
