// Where the memory of a large file goes: what the memory of n8n's process consists of while it fetches small files and then large ones. Rule: growth is the
// highest memory less that right before, as in the comparison; what it consists of is what n8n's own process says of itself.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { step } from '../../scripts/lib/steps.mjs';
import { nowUs } from './cpuProfile.mjs';
import { openFetchers, SMALL_MIB } from './fetchers.mjs';

const PROBE = fileURLToPath(new URL('probe.mjs', import.meta.url));
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

/** @typedef {import('./bench.mjs').Bench} Bench */
/** @typedef {{ atUs: number, rss: number, heapTotal: number, heapUsed: number, external: number }} Sample in bytes */

/** @param {readonly Sample[]} samples one fetch's @returns {Record<string, number | undefined>} */
function figuresOf(samples) {
	const [before] = samples;
	if (before === undefined) return {};
	/** @param {(values: number[]) => number} choose @param {keyof Sample} part */
	const mib = (choose, part) => choose(samples.map((sample) => sample[part])) / BYTES_PER_MIB;
	/** @param {number[]} values */
	const highest = (values) => Math.max(...values);
	/** @param {number[]} values */
	const least = (values) => Math.min(...values);
	/** @param {number[]} values */
	const first = ([value = NaN]) => value;
	/** @param {number[]} values */
	const last = (values) => values.at(-1) ?? NaN;
	return {
		grown: mib(highest, 'rss') - mib(first, 'rss'),
		buffers: mib(highest, 'external') - mib(first, 'external'),
		heapBefore: mib(first, 'heapTotal'),
		heapAfter: mib(last, 'heapTotal'),
		usedBefore: mib(first, 'heapUsed'),
		usedLeast: mib(least, 'heapUsed'),
	};
}

/** @param {string} file @returns {Promise<Sample[]>} */
const readSamples = async (file) =>
	(await readFile(file, 'utf8'))
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));

/** @param {Bench} bench @returns {Promise<import('./figures.mjs').Comparison[]>} */
export async function profileFile(bench) {
	const {
		stage,
		folder,
		sizes: {
			file: { mib },
		},
	} = bench;
	const { ours, theirs, fetchOne } = await openFetchers(bench);
	/** @type {import('./figures.mjs').Row[]} */
	const rows = [];
	for (const fetcher of [ours, theirs]) {
		const file = join(folder, `${fetcher.nodeName}.memory`);
		await rm(file, { force: true });
		await stage.restart({ env: { NODE_OPTIONS: `--import=${PROBE}`, AKOOL_BENCH_PROBE: file } });
		await step(`Memory for files: ${fetcher.who}`, async () => {
			/** @param {import('./fetchers.mjs').Size} size @param {string} title */
			const watch = async (size, title) => {
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
	await stage.restart();
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
