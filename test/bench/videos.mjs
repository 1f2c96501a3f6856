// Pictures to saved videos, four ways, against the physical limit: the slowest create, the longest job and the slowest file, if nothing at all lay
// between them. Rule: all wait for the same jobs, which differ as they do at Akool, and every video has to be on disk in the end.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorOf } from '../e2e/driver/n8nWorkflows.mjs';
import { numbered, AKOOL } from '../e2e/run/workflows.mjs';
import { step } from '../../scripts/lib/steps.mjs';
import { besideRow, ratio, shown } from './figures.mjs';
import { startMiniMaxApi } from './miniMax.mjs';
import { akoolVideos, miniMaxVideos, requestLoop } from './workflows.mjs';

const require = createRequire(import.meta.url);
/** @type {{ callerOf: typeof import('../sandbox/caller.js').callerOf }} */
const { callerOf } = require('../sandbox/caller.js');

const ENDED = ['success', 'error', 'crashed', 'canceled'];
const MINUTE_MS = 60_000;
const GOALS = { polling: 1.05, parked: 1.02, looks: 15, besideLoop: 1 };
/** How much shorter or longer than the usual job one may be. */
const SPREAD = { shortest: 0.9, longest: 1.2 };
/** Neighbours differ: no two of twenty jobs take the same time, and they do not finish in the order in which they were made. */
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

/** @typedef {import('./bench.mjs').Bench} Bench */
/** @typedef {import('../e2e/run/scene.mjs').Akool} Akool */
/** @typedef {import('./figures.mjs').Row} Row */
/** @typedef {import('../e2e/run/scene.mjs').Execution} Execution */
/** @typedef {{ workflow: object, looks?: () => number, creates?: () => number }} Contender */
/** @typedef {import('./workflows.mjs').TimedItem} TimedItem */
/** @typedef {(akool: Akool, items: TimedItem[], target: string) => Promise<Contender>} Maker `target`: the folder for its videos */
/**
 * @typedef {object} Jobs how long Akool takes for each picture's video
 * @property {string} title @property {TimedItem[]} items
 * @property {object} parameters what tells these videos from others: the node remembers of each kind how long it takes
 */
/** @typedef {{ seconds: number, held: number, creates: number, looks: number, files: number }} Outcome */

/** @param {string} time */
const asSeconds = (time) => Date.parse(time) / 1_000;

/** For how long a run was at work until it fell asleep or ended. @param {Execution} execution */
const firstSpell = ({ startedAt, stoppedAt }) => asSeconds(stoppedAt) - asSeconds(startedAt);

/** For how long a woken run was at work: from the start of the node that had slept. @param {Execution} execution */
function secondSpell({ stoppedAt, data }) {
	const woken = data.resultData.runData[AKOOL].at(-1);
	return asSeconds(stoppedAt) - woken.startTime / 1_000;
}

/** Runs a workflow to its end and says for how long. @param {Bench} bench @param {Akool} akool @param {Contender} contender @returns {Promise<Outcome>} */
async function run(
	{ scene },
	{ sandbox },
	{ workflow, looks = () => sandbox.countRequests('results'), creates = () => sandbox.countRequests('create') },
) {
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
 * The slowest create, the job and the slowest file, with all creates sent at once and all files fetched at once, by nothing but this program.
 * @param {Akool} akool whose jobs end at once @param {number} pictures
 */
async function limitWithoutJob({ sandbox }, pictures) {
	const caller = callerOf(sandbox);
	/** @template T @param {(index: number) => Promise<T>} call @returns {Promise<{ slowestSeconds: number, results: T[] }>} */
	const allAtOnce = async (call) => {
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

/** @param {number} pictures @param {number} usualSeconds @param {object} parameters @returns {Jobs} */
function differingJobs(pictures, usualSeconds, parameters) {
	const { shortest, longest } = SPREAD;
	/** @param {number} n from 0 to 1 */
	const placeOf = (n) => ((n * STRIDE) % pictures) / Math.max(1, pictures - 1);
	const items = numbered(pictures).map(({ n }) => ({
		n,
		seconds: Number((usualSeconds * (shortest + (longest - shortest) * placeOf(n))).toFixed(2)),
	}));
	return { title: `jobs of about ${usualSeconds} s`, items, parameters };
}

/** @param {number} pictures @param {number} seconds @param {object} parameters @returns {Jobs} */
const equalJobs = (pictures, seconds, parameters) => ({
	title: `jobs of ${seconds} s each`,
	items: numbered(pictures).map(({ n }) => ({ n, seconds })),
	parameters,
});

/** @param {Jobs} jobs */
function rangeOf({ items }) {
	const seconds = items.map((item) => item.seconds);
	return { shortest: Math.min(...seconds), longest: Math.max(...seconds) };
}

/** @param {Row} a @param {Row} b */
const byJobsAndTime = ({ figures: a }, { figures: b }) =>
	Number(a.longest) - Number(b.longest) ||
	Number(a.shortest) - Number(b.shortest) ||
	Number(a.seconds) - Number(b.seconds);

/** What each contender runs. @param {Bench} bench */
function contenders(bench) {
	/** @param {string} waitMode @param {object} parameters @returns {Maker} */
	const ours = (waitMode, parameters) => async (akool, items, target) => ({
		workflow: akoolVideos(akool, { ...parameters, options: { waitMode } }, items, target),
	});
	/** @type {Maker} */
	const byRequests = async (akool, items, target) => ({
		workflow: requestLoop(akool, await bench.headerFor(akool), items, target),
	});
	/** @type {Maker} */
	const miniMax = async (akool, items, target) => {
		const api = await startMiniMaxApi(akool.sandbox);
		bench.undo(api.close);
		const workflow = miniMaxVideos(akool, await bench.miniMaxCredential(api.url), items, target);
		return { workflow, looks: () => api.countRequests('query'), creates: () => api.countRequests('create') };
	};
	return { ours, byRequests, miniMax };
}

/** @param {Bench} bench @param {number} bareSeconds the limit without the job */
function openRace(bench, bareSeconds) {
	const {
		scene,
		folder,
		sizes: {
			videos: { pictures, videoMiB },
		},
	} = bench;
	const { ours, byRequests, miniMax } = contenders(bench);
	/** @type {Row[]} */
	const rows = [];

	/** @param {string} who @param {Jobs} jobs @param {boolean} isOurs @param {Maker} make */
	const compete = async (who, jobs, isOurs, make) => {
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
		/** @param {Jobs} jobs */
		first: async (jobs) => await compete(WHO.first, jobs, true, ours('polling', jobs.parameters)),
		/** @param {Jobs} jobs */
		polling: async (jobs) => await compete(WHO.polling, jobs, true, ours('polling', jobs.parameters)),
		/** @param {Jobs} jobs */
		parked: async (jobs) => await compete(WHO.parked, jobs, true, ours('callback', jobs.parameters)),
		/** @param {Jobs} jobs */
		loop: async (jobs) => await compete(WHO.loop, jobs, false, byRequests),
		/** @param {Jobs} jobs */
		miniMax: async (jobs) => await compete(WHO.miniMax, jobs, false, miniMax),
	};
}

/** Puts the loop's time for the same jobs beside each row's. @param {readonly Row[]} rows */
const besideLoop = (rows) =>
	rows.map((row) => {
		const loop = rows.find(
			({ who, figures: { shortest, longest } }) =>
				who === WHO.loop && shortest === row.figures.shortest && longest === row.figures.longest,
		);
		return loop === undefined ? row : besideRow(row, loop, ['seconds']);
	});

/** @param {readonly { jobs: Jobs, first: Row, polling?: Row, parked?: Row, loop?: Row }[]} races @param {number} longSeconds the goals about looks and limits are for jobs that are as long */
function goalsOf(races, longSeconds) {
	return races.flatMap(({ jobs, first, polling, parked, loop }) => {
		/** @param {string} who @param {Row | undefined} row */
		const beside = (who, row) =>
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
		/** @param {string} who @param {Row | undefined} row @param {'overLimit' | 'looks'} figure @param {number} atMost */
		const within = (who, row, figure, atMost) =>
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

/** @param {ReturnType<typeof openRace>} race @param {number} pictures @param {{ jobSeconds: number, longJobSeconds: number }} seconds */
async function raceAll({ first, polling, parked, loop }, pictures, { jobSeconds, longJobSeconds }) {
	/** All but the MiniMax node. @param {Jobs} jobs */
	const everybody = async (jobs) => ({
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

/** @param {Bench} bench @returns {Promise<import('./figures.mjs').Comparison>} */
export async function compareVideos(bench) {
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
