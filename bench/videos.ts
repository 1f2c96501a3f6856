// Pictures to saved videos, four ways, against the physical limit: the slowest create, the longest job and the slowest file, if nothing at all lay
// between them. Rule: all wait for the same jobs, which differ as they do at Akool, and every video has to be on disk in the end.
import assert from 'node:assert/strict';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorOf } from '../test/e2e/driver/n8nWorkflows';
import { numbered, AKOOL } from '../test/e2e/run/workflows';
import { step } from '../scripts/lib/steps';
import { besideRow, ratio, shown } from './figures';
import { startMiniMaxApi } from './miniMax';
import { akoolVideos, miniMaxVideos, requestLoop } from './workflows';
import { callerOf } from '../test/sandbox/caller';
import type { Comparison, Row } from './figures';
import type { Bench } from './bench';
import type { Akool } from '../test/e2e/run/scene';
import type { Execution, Workflow } from '../test/e2e/driver/n8nWorkflows';
import type { TimedItem } from './workflows';

const ENDED = ['success', 'error', 'crashed', 'canceled'];
const MINUTE_MS = 60_000;
const GOALS = { polling: 1.05, parked: 1.02, looks: 15, besideLoop: 1 };
/** How much shorter or longer than the usual job one may be. */
const SPREAD = { shortest: 0.9, longest: 1.2 };
/**
 * Neighbours differ: no two of twenty jobs take the same time, and they do not finish in the order in which they were
 * made.
 */
const STRIDE = 7;
const WHO = {
	first: 'this node, polling, the first time',
	polling: 'this node, polling',
	parked: 'this node, parked',
	loop: 'HTTP Request, Wait and If',
	miniMax: 'n8n’s MiniMax node',
};
const COLUMNS = [
	{ key: 'shortest', title: 'Jobs from, s', digits: 0 },
	{ key: 'longest', title: 'to, s', digits: 0 },
	{ key: 'seconds', title: 'In all, s' },
	{ key: 'overLimit', title: 'Times the limit', digits: 2 },
	{ key: 'secondsRatio', title: 'of the loop', digits: 2 },
	{ key: 'held', title: 'Worker held, s' },
	{ key: 'creates', title: 'Creates', digits: 0 },
	{ key: 'looks', title: 'Status requests', digits: 0 },
	{ key: 'files', title: 'Files', digits: 0 },
];

type Contender = { workflow: Workflow; looks?: () => number; creates?: () => number };
/** `target`: the folder for its videos */
type Maker = (akool: Akool, items: TimedItem[], target: string) => Promise<Contender>;
/** how long Akool takes for each picture's video */
interface Jobs {
	title: string;
	items: TimedItem[];
	/** what tells these videos from others: the node remembers of each kind how long it takes */
	parameters: object;
}
type Outcome = { seconds: number; held: number; creates: number; looks: number; files: number };

const asSeconds = (time: string) => Date.parse(time) / 1_000;

/** For how long a run was at work until it fell asleep or ended. */
const firstSpell = ({ startedAt, stoppedAt }: Execution) => asSeconds(stoppedAt) - asSeconds(startedAt);

/** For how long a woken run was at work: from the start of the node that had slept. */
function secondSpell({ stoppedAt, data }: Execution) {
	const woken = data.resultData.runData[AKOOL]?.at(-1);
	assert.ok(woken);
	return asSeconds(stoppedAt) - woken.startTime / 1_000;
}

/** Runs a workflow to its end and says for how long. */
async function run(
	{ scene }: Bench,
	{ sandbox }: Akool,
	{
		workflow,
		looks = () => sandbox.countRequests('results'),
		creates = () => sandbox.countRequests('create'),
	}: Contender,
): Promise<Outcome> {
	const started = await scene.start(workflow, 'call');
	await started.reaches(['waiting', ...ENDED], 20 * MINUTE_MS);
	const asleep = await scene.client.getExecution(started.id);
	const execution = ENDED.includes(asleep.status) ? asleep : await started.ends(5 * MINUTE_MS);
	assert.equal(execution.status, 'success', errorOf(execution));
	return {
		seconds: asSeconds(execution.stoppedAt) - asSeconds(asleep.startedAt),
		held: firstSpell(asleep) + (asleep === execution ? 0 : secondSpell(execution)),
		creates: creates(),
		looks: looks(),
		files: sandbox.countRequests('file'),
	};
}

/**
 * The slowest create, the job and the slowest file, with all creates sent at once and all files fetched at once, by
 * nothing but this program.
 * @param akool whose jobs end at once
 */
async function limitWithoutJob({ sandbox }: Akool, pictures: number) {
	const caller = callerOf(sandbox);
	const allAtOnce = async <T>(
		call: (index: number) => Promise<T>,
	): Promise<{ slowestSeconds: number; results: T[] }> => {
		const timed = await Promise.all(
			numbered(pictures).map(async ({ n }) => {
				const startedMs = performance.now();
				return { result: await call(n), seconds: (performance.now() - startedMs) / 1_000 };
			}),
		);
		return {
			slowestSeconds: Math.max(...timed.map(({ seconds }) => seconds)),
			results: timed.map(({ result }) => result),
		};
	};
	const created = await allAtOnce(async () => (await caller.create()).data._id);
	const rows = (await caller.results(...created.results)).data.result;
	const fetched = await allAtOnce(
		async (index) => (await (await fetch(rows[index]?.video_url ?? '')).arrayBuffer()).byteLength,
	);
	return created.slowestSeconds + fetched.slowestSeconds;
}

function differingJobs(pictures: number, usualSeconds: number, parameters: object): Jobs {
	const { shortest, longest } = SPREAD;
	/** @param n from 0 to 1 */
	const placeOf = (n: number) => ((n * STRIDE) % pictures) / Math.max(1, pictures - 1);
	const items = numbered(pictures).map(({ n }) => ({
		n,
		seconds: Number((usualSeconds * (shortest + (longest - shortest) * placeOf(n))).toFixed(2)),
	}));
	return { title: `jobs of about ${usualSeconds} s`, items, parameters };
}

const equalJobs = (pictures: number, seconds: number, parameters: object): Jobs => ({
	title: `jobs of ${seconds} s each`,
	items: numbered(pictures).map(({ n }) => ({ n, seconds })),
	parameters,
});

function rangeOf({ items }: Jobs) {
	const seconds = items.map((item) => item.seconds);
	return { shortest: Math.min(...seconds), longest: Math.max(...seconds) };
}

const byJobsAndTime = ({ figures: a }: Row, { figures: b }: Row) =>
	Number(a.longest) - Number(b.longest) ||
	Number(a.shortest) - Number(b.shortest) ||
	Number(a.seconds) - Number(b.seconds);

/** What each contender runs. */
function contenders(bench: Bench) {
	const ours =
		(waitMode: string, parameters: object): Maker =>
		async (akool, items, target) => ({
			workflow: akoolVideos(akool, { ...parameters, options: { waitMode } }, items, target),
		});
	const byRequests: Maker = async (akool, items, target) => ({
		workflow: requestLoop(akool, await bench.headerFor(akool), items, target),
	});
	const miniMax: Maker = async (akool, items, target) => {
		const api = await startMiniMaxApi(akool.sandbox);
		bench.undo(api.close);
		const workflow = miniMaxVideos(akool, await bench.miniMaxCredential(api.url), items, target);
		return { workflow, looks: () => api.countRequests('query'), creates: () => api.countRequests('create') };
	};
	return { ours, byRequests, miniMax };
}

/** @param bareSeconds the limit without the job */
function openRace(bench: Bench, bareSeconds: number) {
	const {
		scene,
		folder,
		sizes: {
			videos: { pictures, videoMiB },
		},
	} = bench;
	const { ours, byRequests, miniMax } = contenders(bench);
	const rows: Row[] = [];

	const compete = async (who: string, jobs: Jobs, isOurs: boolean, make: Maker) => {
		const akool = await scene.akool({ queueSeconds: 0, videoMiB });
		const target = join(folder, `${who} ${jobs.title}`.replace(/\W+/g, '-'));
		await mkdir(target);
		return await step(`${pictures} pictures, ${jobs.title}: ${who}`, async (note) => {
			const outcome = await run(bench, akool, await make(akool, jobs.items, target));
			assert.equal((await readdir(target)).length, pictures, 'every video is saved');
			const range = rangeOf(jobs);
			const figures = { ...range, overLimit: outcome.seconds / (range.longest + bareSeconds), ...outcome };
			note(`${shown(figures.overLimit, 2)} of the limit, ${outcome.looks} status requests`);
			const row = { who, isOurs, figures };
			rows.push(row);
			return row;
		});
	};
	return {
		rows,
		first: async (jobs: Jobs) => await compete(WHO.first, jobs, true, ours('polling', jobs.parameters)),
		polling: async (jobs: Jobs) => await compete(WHO.polling, jobs, true, ours('polling', jobs.parameters)),
		parked: async (jobs: Jobs) => await compete(WHO.parked, jobs, true, ours('callback', jobs.parameters)),
		loop: async (jobs: Jobs) => await compete(WHO.loop, jobs, false, byRequests),
		miniMax: async (jobs: Jobs) => await compete(WHO.miniMax, jobs, false, miniMax),
	};
}

/** Puts the loop's time for the same jobs beside each row's. */
const besideLoop = (rows: readonly Row[]) =>
	rows.map((row) => {
		const loop = rows.find(
			({ who, figures: { shortest, longest } }) =>
				who === WHO.loop && shortest === row.figures.shortest && longest === row.figures.longest,
		);
		return loop === undefined ? row : besideRow(row, loop, ['seconds']);
	});

/** @param longSeconds the goals about looks and limits are for jobs that are as long */
function goalsOf(
	races: readonly { jobs: Jobs; first: Row; polling?: Row; parked?: Row; loop?: Row }[],
	longSeconds: number,
) {
	return races.flatMap(({ jobs, first, polling, parked, loop }) => {
		const beside = (who: string, row: Row | undefined) =>
			loop && row
				? [
						{
							what: `${who}, ${jobs.title}, times the hand-built loop`,
							value: ratio(row.figures.seconds, loop.figures.seconds),
							atMost: GOALS.besideLoop,
							digits: 3,
						},
					]
				: [];
		const within = (who: string, row: Row | undefined, figure: 'overLimit' | 'looks', atMost: number) =>
			row
				? [
						{
							what: `${who}, ${jobs.title}, ${figure === 'looks' ? 'status requests' : 'times the limit'}`,
							value: row.figures[figure],
							atMost,
							digits: figure === 'looks' ? 0 : 3,
						},
					]
				: [];
		const isLong = rangeOf(jobs).longest >= longSeconds;
		return [
			...(isLong
				? [
						...within('Polling', polling, 'overLimit', GOALS.polling),
						...within('Polling the first time', first, 'overLimit', GOALS.polling),
						...within('Parked', parked, 'overLimit', GOALS.parked),
						...within('Polling', polling, 'looks', GOALS.looks),
						...within('Polling the first time', first, 'looks', GOALS.looks),
					]
				: []),
			...beside('Polling', polling),
			...beside('Polling the first time', first),
			...beside('Parked', parked),
		];
	});
}

async function raceAll(
	{ first, polling, parked, loop }: ReturnType<typeof openRace>,
	pictures: number,
	{ jobSeconds, longJobSeconds }: { jobSeconds: number; longJobSeconds: number },
) {
	/** All but the MiniMax node. */
	const everybody = async (jobs: Jobs) => ({
		jobs,
		first: await first(jobs),
		parked: await parked(jobs),
		polling: await polling(jobs),
		loop: await loop(jobs),
	});
	const equal = equalJobs(pictures, jobSeconds, { videoLength: 5, resolution: '1080p' });
	const longEqual = equalJobs(pictures, longJobSeconds, { videoLength: 10, resolution: '1080p' });
	return [
		await everybody(differingJobs(pictures, jobSeconds, { videoLength: 5 })),
		{ jobs: equal, first: await first(equal), polling: await polling(equal), loop: await loop(equal) },
		await everybody(differingJobs(pictures, longJobSeconds, { videoLength: 10 })),
		{ jobs: longEqual, first: await first(longEqual) },
	];
}

export async function compareVideos(bench: Bench): Promise<Comparison> {
	const {
		scene,
		sizes: { videos },
	} = bench;
	const { pictures, jobSeconds, longJobSeconds, videoMiB } = videos;
	const bareSeconds = await limitWithoutJob(await scene.akool({ queueSeconds: 0, jobSeconds: 0, videoMiB }), pictures);
	const race = openRace(bench, bareSeconds);
	// It waits item by item, so it goes on beside all others; it asks once in 15 seconds.
	const [races] = await Promise.all([
		raceAll(race, pictures, videos),
		race.miniMax(differingJobs(pictures, jobSeconds, {})),
	]);
	return {
		name: 'videos',
		title: `${pictures} pictures to ${pictures} saved videos`,
		about: `The limit is the slowest create, the longest job and the slowest file: ${shown(bareSeconds, 2)} s and the job. The MiniMax node runs beside all others in the same n8n, since it takes its items one after another and asks once in 15 seconds; the others have the machine to themselves but for that.`,
		columns: COLUMNS,
		rows: besideLoop(race.rows).sort(byJobsAndTime),
		goals: goalsOf(races, longJobSeconds),
	};
}
