// One large file into n8n's storage, beside the HTTP Request node, and beside a node that holds a file in memory. Rule: each has a fresh n8n that has
// fetched a small file before; those that stream fetch the large one twice.
import { step } from '../scripts/lib/steps';
import { openFetchers } from './fetchers';
import { ratio, ratioTable, shown } from './figures';
import { measureCost } from './processCost';
import type { Fetcher } from './fetchers';
import type { Comparison } from './figures';
import type { Bench } from './bench';

const GOAL_MIB = 64;

type Fetchers = Awaited<ReturnType<typeof openFetchers>>;

async function compete(
	{
		environment,
		pid,
		sizes: {
			file: { mib },
		},
	}: Bench,
	fetchOne: Fetchers['fetchOne'],
	fetcher: Fetcher,
) {
	const { who, isOurs, streams } = fetcher;
	await environment.restart();
	await fetchOne(fetcher, 'small');
	return await step(`A file of ${mib} MiB: ${who}`, async (note) => {
		const fetchLarge = async () => await measureCost(pid(), async () => await fetchOne(fetcher, 'large'));
		const { wallSeconds: seconds, cpuSeconds, peakMiB, grownMiB, remarks } = await fetchLarge();
		// Until V8 has cleaned up after n8n's start, whatever runs adds to that; what comes after tells what the file itself takes.
		const again = streams ? await fetchLarge() : undefined;
		note(
			`${shown(grownMiB, 0)} MiB more memory${streams ? `, and ${shown(again?.grownMiB, 0)} MiB the second time` : ''}`,
		);
		return {
			who,
			isOurs,
			remarks,
			figures: { seconds, cpuSeconds, peakMiB, grownMiB, grownAgainMiB: again?.grownMiB },
		};
	});
}

export async function compareFile(bench: Bench): Promise<Comparison> {
	const { mib } = bench.sizes.file;
	const { ours, theirs, holding, fetchOne } = await openFetchers(bench);
	const our = await compete(bench, fetchOne, ours);
	const their = await compete(bench, fetchOne, theirs);
	const held = await compete(bench, fetchOne, holding);
	return {
		name: 'file',
		title: `A file of ${mib.toLocaleString('en-US')} MiB`,
		about: 'Into n8n’s storage for files, which is a folder. The node that holds it in memory is n8n’s MiniMax node.',
		...ratioTable([our, their, held], their, 'of HTTP Request', [
			{ key: 'seconds', title: 'In all, s' },
			{ key: 'cpuSeconds', title: 'Processor time, s' },
			{ key: 'peakMiB', title: 'Highest memory, MiB', digits: 0 },
			{ key: 'grownMiB', title: 'Memory growth, MiB', digits: 0 },
			{ key: 'grownAgainMiB', title: 'The second time, MiB', digits: 0 },
		]),
		goals: [
			{
				what: `Memory growth for ${mib} MiB in an n8n that has just started, MiB`,
				value: our.figures.grownMiB,
				atMost: GOAL_MIB,
				digits: 0,
			},
			{
				what: `Memory growth for ${mib} MiB, the second time, MiB`,
				value: our.figures.grownAgainMiB,
				atMost: GOAL_MIB,
				digits: 0,
			},
			{
				what: 'Processor time for a large file, of the HTTP Request node’s',
				value: ratio(our.figures.cpuSeconds, their.figures.cpuSeconds),
				atMost: 1,
			},
		],
		summary: [
			`A file of ${mib.toLocaleString('en-US')} MiB takes ${shown(our.figures.grownMiB, 0)} MiB of memory, with the HTTP Request node ${shown(their.figures.grownMiB, 0)} MiB, in a node that holds it ${shown(held.figures.grownMiB, 0)} MiB.`,
		],
		remarks: our.remarks,
	};
}
