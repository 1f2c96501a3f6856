// Images to saved videos, four ways, against the physical limit: the slowest create, the longest job and the slowest file, without any time
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
import type { Comparison, Goal, Row } from './figures';
import type { Bench } from './bench';
import type { Akool } from '../test/e2e/run/scenarioContext';
import type { Execution, Workflow } from '../test/e2e/driver/n8nWorkflows';
import type { TimedItem } from './workflows';
import { differingJobs, equalJobs, rangeOf } from './jobs';
import type { Jobs } from './jobs';

const ENDED = ['success', 'error', 'crashed', 'canceled'];
const MINUTE_MS = 60_000;
const GOALS = { polling: 1.08, longPolling: 1.05, parked: 1.02, statusRequests: 25, besideLoop: 1 };
const WHO = {
	polling: 'this node, polling',
	parked: 'this node, parked',
	loop: 'HTTP Request, Wait and If',
	miniMax: 'n8n’s MiniMax node',
};
const COLUMNS = [
	{ key: 'shortest', title: 'Jobs from, s', digits: 0 },
	{ key: 'longest', title: 'to, s', digits: 0 },
	{ key: 'seconds', title: 'In all, s' },
	{ key: 'overLimit', title: 'Times the limit', digits: 3 },
	{ key: 'secondsRatio', title: 'of the loop', digits: 3 },
	{ key: 'held', title: 'Worker held, s' },
	{ key: 'creates', title: 'Creates', digits: 0 },
	{ key: 'statusRequests', title: 'Status requests', digits: 0 },
	{ key: 'files', title: 'Files', digits: 0 },
];

type Contender = { workflow: Workflow; statusRequests?: () => number; creates?: () => number };
/** `target`: the folder for its videos */
type Maker = (akool: Akool, items: TimedItem[], target: string) => Promise<Contender>;
/** What all but the MiniMax node made of the same jobs. */
type Race = { jobs: Jobs; parked: Row; polling: Row; loop: Row };
type Outcome = { seconds: number; held: number; creates: number; statusRequests: number; files: number };

const asSeconds = (time: string) => Date.parse(time) / 1_000;

/** For how long an execution was at work until it was parked or ended. */
const firstSpell = ({ startedAt, stoppedAt }: Execution) => asSeconds(stoppedAt) - asSeconds(startedAt);

/** For how long a resumed execution was at work: from the start of the node that had parked it. */
function secondSpell({ stoppedAt, data }: Execution) {
	const resumed = data.resultData.runData[AKOOL]?.at(-1);
	assert.ok(resumed);
	return asSeconds(stoppedAt) - resumed.startTime / 1_000;
}

/** Runs a workflow to its end and says for how long. */
async function run(
	{ context }: Bench,
	{ sandbox }: Akool,
	{
		workflow,
		statusRequests = () => sandbox.countRequests('results'),
		creates = () => sandbox.countRequests('create'),
	}: Contender,
): Promise<Outcome> {
	const started = await context.start(workflow, 'call');
	await started.reaches(['waiting', ...ENDED], 20 * MINUTE_MS);
	const parked = await context.client.getExecution(started.id);
	const execution = ENDED.includes(parked.status) ? parked : await started.ends(5 * MINUTE_MS);
	assert.equal(execution.status, 'success', errorOf(execution));
	return {
		seconds: asSeconds(execution.stoppedAt) - asSeconds(parked.startedAt),
		held: firstSpell(parked) + (parked === execution ? 0 : secondSpell(execution)),
		creates: creates(),
		statusRequests: statusRequests(),
		files: sandbox.countRequests('file'),
	};
}

/**
 * The slowest create, the job and the slowest file, with all creates sent at once and all files fetched at once, by
 * nothing but this program.
 * @param akool whose jobs end at once
 */
async function limitWithoutJob({ sandbox }: Akool, images: number) {
	const caller = callerOf(sandbox);
	const allAtOnce = async <T>(
		call: (index: number) => Promise<T>,
	): Promise<{ slowestSeconds: number; results: T[] }> => {
		const timed = await Promise.all(
			numbered(images).map(async ({ n }) => {
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

const byJobsAndTime = ({ figures: a }: Row, { figures: b }: Row) =>
	Number(a.longest) - Number(b.longest) ||
	Number(a.shortest) - Number(b.shortest) ||
	Number(a.seconds) - Number(b.seconds);

/** What each contender runs. */
function contenders(bench: Bench) {
	const ours =
		(waitMode: string): Maker =>
		async (akool, items, target) => ({
			workflow: akoolVideos(akool, { options: { waitMode } }, items, target),
		});
	const byRequests: Maker = async (akool, items, target) => ({
		workflow: requestLoop(akool, await bench.headerFor(akool), items, target),
	});
	const miniMax: Maker = async (akool, items, target) => {
		const api = await startMiniMaxApi(akool.sandbox);
		bench.undo(api.close);
		const workflow = miniMaxVideos(akool, await bench.miniMaxCredential(api.url), items, target);
		return { workflow, statusRequests: () => api.countRequests('query'), creates: () => api.countRequests('create') };
	};
	return { ours, byRequests, miniMax };
}

/** @param bareSeconds the limit without the job */
function openRace(bench: Bench, bareSeconds: number) {
	const {
		context,
		folder,
		sizes: {
			videos: { images, videoMiB },
		},
	} = bench;
	const { ours, byRequests, miniMax } = contenders(bench);
	const rows: Row[] = [];

	const compete = async (who: string, jobs: Jobs, isOurs: boolean, make: Maker) => {
		const akool = await context.akool({ queueSeconds: 0, videoMiB });
		const target = join(folder, `${who} ${jobs.title}`.replace(/\W+/g, '-'));
		await mkdir(target);
		return await step(`${images} images, ${jobs.title}: ${who}`, async (note) => {
			const outcome = await run(bench, akool, await make(akool, jobs.items, target));
			assert.equal((await readdir(target)).length, images, 'every video is saved');
			const range = rangeOf(jobs);
			const figures = { ...range, overLimit: outcome.seconds / (range.longest + bareSeconds), ...outcome };
			note(`${shown(figures.overLimit, 2)} of the limit, ${outcome.statusRequests} status requests`);
			const row = { who, isOurs, figures };
			rows.push(row);
			return row;
		});
	};
	return {
		rows,
		polling: async (jobs: Jobs) => await compete(WHO.polling, jobs, true, ours('polling')),
		parked: async (jobs: Jobs) => await compete(WHO.parked, jobs, true, ours('callback')),
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

/** @param longSeconds jobs that are as long have a stricter goal, since a status request that is late by the same time is a smaller part of them */
function goalsOf(races: readonly Race[], longSeconds: number): Goal[] {
	return races.flatMap(({ jobs, polling, parked, loop }) => {
		const goal = (who: string, what: string, value: number | undefined, atMost: number, digits: number) => ({
			what: `${who}, ${jobs.title}, ${what}`,
			value,
			atMost,
			digits,
		});
		const withinLimit = (who: string, { figures }: Row, atMost: number) =>
			goal(who, 'times the limit', figures.overLimit, atMost, 3);
		const besideTheLoop = (who: string, { figures }: Row) =>
			goal(who, 'times the hand-built loop', ratio(figures.seconds, loop.figures.seconds), GOALS.besideLoop, 3);
		const pollingLimit = rangeOf(jobs).longest >= longSeconds ? GOALS.longPolling : GOALS.polling;
		return [
			withinLimit('Polling', polling, pollingLimit),
			withinLimit('Parked', parked, GOALS.parked),
			goal('Polling', 'status requests', polling.figures.statusRequests, GOALS.statusRequests, 0),
			besideTheLoop('Polling', polling),
			besideTheLoop('Parked', parked),
		];
	});
}

/** What somebody wants to know who chooses between the ways. */
function summaryOf({ jobs, polling, parked, loop }: Race, miniMax: Row): string[] {
	const seconds = ({ figures }: Row) => shown(figures.seconds, 0);
	return [
		`${jobs.items.length} images to ${jobs.items.length} saved videos, ${jobs.title}: ${seconds(parked)} s with this node by callback, ${seconds(polling)} s polling; ${seconds(loop)} s with a hand-built loop of HTTP Request, Wait and If; ${seconds(miniMax)} s with a node that takes its items one after another (n8n’s MiniMax node).`,
		`That is ${shown(parked.figures.overLimit, 3)} and ${shown(polling.figures.overLimit, 3)} times the physical limit; the loop is at ${shown(loop.figures.overLimit, 3)}.`,
		`Meanwhile Akool gets ${shown(polling.figures.statusRequests, 0)} status requests when polling, and ${shown(loop.figures.statusRequests, 0)} from the loop.`,
		`An execution with the status Waiting holds a worker for ${shown(parked.figures.held)} s of that time, all others for the whole of it.`,
	];
}

async function raceAll(
	{ polling, parked, loop }: ReturnType<typeof openRace>,
	images: number,
	{ jobSeconds, longJobSeconds }: { jobSeconds: number; longJobSeconds: number },
) {
	/** All but the MiniMax node. */
	const everybody = async (jobs: Jobs): Promise<Race> => ({
		jobs,
		parked: await parked(jobs),
		polling: await polling(jobs),
		loop: await loop(jobs),
	});
	const races: Race[] = [];
	for (const jobs of [
		differingJobs(images, jobSeconds),
		equalJobs(images, jobSeconds),
		differingJobs(images, longJobSeconds),
		equalJobs(images, longJobSeconds),
	])
		races.push(await everybody(jobs));
	return races;
}

export async function compareVideos(bench: Bench): Promise<Comparison> {
	const {
		context,
		sizes: { videos },
	} = bench;
	const { images, jobSeconds, longJobSeconds, videoMiB } = videos;
	const bareSeconds = await limitWithoutJob(await context.akool({ queueSeconds: 0, jobSeconds: 0, videoMiB }), images);
	const race = openRace(bench, bareSeconds);
	// It waits item by item, so it goes on beside all others; it asks once in 15 seconds.
	const [races, slow] = await Promise.all([
		raceAll(race, images, videos),
		race.miniMax(differingJobs(images, jobSeconds)),
	]);
	return {
		name: 'videos',
		title: `${images} images to ${images} saved videos`,
		about: `The limit is the slowest create, the longest job and the slowest file: ${shown(bareSeconds, 2)} s and the job. The MiniMax node runs beside all others in the same n8n, since it takes its items one after another and asks once in 15 seconds; the others have the machine to themselves but for that.`,
		columns: COLUMNS,
		rows: besideLoop(race.rows).sort(byJobsAndTime),
		goals: goalsOf(races, longJobSeconds),
		summary: races.slice(0, 1).flatMap((race) => summaryOf(race, slow)),
	};
}
