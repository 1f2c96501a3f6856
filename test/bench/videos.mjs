// Pictures to saved videos, four ways, against the physical limit: the slowest create, the longest job and the slowest file, if nothing at all lay
// between them. Rule: all wait for jobs of the same sandbox settings, and every video has to be on disk in the end.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorOf } from '../e2e/driver/n8nWorkflows.mjs';
import { numbered, AKOOL } from '../e2e/run/workflows.mjs';
import { step } from '../../scripts/lib/steps.mjs';
import { shown } from './figures.mjs';
import { startMiniMaxApi } from './miniMax.mjs';
import { akoolVideos, miniMaxVideos, requestLoop } from './workflows.mjs';

const require = createRequire(import.meta.url);
/** @type {{ callerOf: typeof import('../sandbox/caller.js').callerOf }} */
const { callerOf } = require('../sandbox/caller.js');

const ENDED = ['success', 'error', 'crashed', 'canceled'];
const MINUTE_MS = 60_000;
const GOALS = { polling: 1.05, parked: 1.02, looks: 15 };
/** Longer videos take longer, so the node tells the two kinds apart. */
const VIDEO_LENGTHS = { short: 5, long: 10 };
const COLUMNS = [
	{ key: 'job', title: 'Job, s', digits: 0 },
	{ key: 'seconds', title: 'In all, s' },
	{ key: 'overLimit', title: 'Times the limit', digits: 2 },
	{ key: 'held', title: 'Worker held, s' },
	{ key: 'creates', title: 'Creates', digits: 0 },
	{ key: 'looks', title: 'Status requests', digits: 0 },
	{ key: 'files', title: 'Files', digits: 0 },
];

/** @typedef {import('./bench.mjs').Bench} Bench */
/** @typedef {import('../e2e/run/scene.mjs').Akool} Akool */
/** @typedef {import('../e2e/run/scene.mjs').Execution} Execution */
/** @typedef {{ workflow: object, looks?: () => number, creates?: () => number }} Contender */
/** @typedef {(akool: Akool, target: string) => Promise<Contender>} Maker `target`: the folder for its videos */
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
async function run({ scene }, { sandbox }, { workflow, looks = () => sandbox.countRequests('results'), creates = () => sandbox.countRequests('create') }) {
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
		return { slowestSeconds: Math.max(...timed.map(({ seconds }) => seconds)), results: timed.map(({ result }) => result) };
	};
	const created = await allAtOnce(async () => (await caller.create()).data._id);
	const rows = (await caller.results(...created.results)).data.result;
	const fetched = await allAtOnce(async (index) => (await (await fetch(rows[index]?.video_url ?? '')).arrayBuffer()).byteLength);
	return created.slowestSeconds + fetched.slowestSeconds;
}

/** @param {import('./figures.mjs').Row} a @param {import('./figures.mjs').Row} b */
const byJobAndTime = ({ figures: a }, { figures: b }) => Number(a.job) - Number(b.job) || Number(a.seconds) - Number(b.seconds);

/** What each contender runs. @param {Bench} bench */
function contenders(bench) {
	const items = numbered(bench.sizes.videos.pictures);
	/** @param {string} waitMode @param {number} videoLength @returns {Maker} */
	const ours = (waitMode, videoLength) => async (akool, target) => ({ workflow: akoolVideos(akool, { videoLength, options: { waitMode } }, items, target) });
	/** @type {Maker} */
	const byRequests = async (akool, target) => ({ workflow: requestLoop(akool, await bench.headerFor(akool), items, target) });
	/** @type {Maker} */
	const miniMax = async (akool, target) => {
		const api = await startMiniMaxApi(akool.sandbox);
		bench.undo(api.close);
		const workflow = miniMaxVideos(akool, await bench.miniMaxCredential(api.url), items, target);
		return { workflow, looks: () => api.countRequests('query'), creates: () => api.countRequests('create') };
	};
	return { ours, byRequests, miniMax };
}

/** @param {Bench} bench @param {number} bareSeconds the limit without the job */
function openRace(bench, bareSeconds) {
	const { scene, folder, sizes: { videos: { pictures, videoMiB } } } = bench;
	/** @type {import('./figures.mjs').Row[]} */
	const rows = [];
	return {
		rows,
		/** @param {string} who @param {number} jobSeconds @param {boolean} isOurs @param {Maker} make */
		async compete(who, jobSeconds, isOurs, make) {
			const akool = await scene.akool({ queueSeconds: 0, jobSeconds, videoMiB });
			const target = join(folder, `${who} ${jobSeconds}`.replace(/\W+/g, '-'));
			await mkdir(target);
			return await step(`${pictures} pictures, jobs of ${jobSeconds} s: ${who}`, async (note) => {
				const outcome = await run(bench, akool, await make(akool, target));
				assert.equal((await readdir(target)).length, pictures, 'every video is saved');
				const figures = { job: jobSeconds, overLimit: outcome.seconds / (jobSeconds + bareSeconds), ...outcome };
				note(`${shown(figures.overLimit, 2)} of the limit, ${outcome.looks} status requests`);
				rows.push({ who, isOurs, figures });
				return figures;
			});
		},
	};
}

/** All but the MiniMax node, for jobs of one length. @param {ReturnType<typeof openRace>} race @param {ReturnType<typeof contenders>} makers @param {number} jobSeconds @param {number} videoLength */
async function raceFor({ compete }, { ours, byRequests }, jobSeconds, videoLength) {
	await compete('this node, polling, the first time', jobSeconds, true, ours('polling', videoLength));
	const parked = await compete('this node, parked', jobSeconds, true, ours('callback', videoLength));
	const polling = await compete('this node, polling', jobSeconds, true, ours('polling', videoLength));
	await compete('HTTP Request, Wait and If', jobSeconds, false, byRequests);
	return { parked, polling };
}

/** @param {Bench} bench @returns {Promise<import('./figures.mjs').Comparison>} */
export async function compareVideos(bench) {
	const { scene, sizes: { videos: { pictures, jobSeconds, longJobSeconds, videoMiB } } } = bench;
	const bareSeconds = await limitWithoutJob(await scene.akool({ queueSeconds: 0, jobSeconds: 0, videoMiB }), pictures);
	const race = openRace(bench, bareSeconds);
	const makers = contenders(bench);
	const raceOthers = async () => {
		await raceFor(race, makers, jobSeconds, VIDEO_LENGTHS.short);
		return await raceFor(race, makers, longJobSeconds, VIDEO_LENGTHS.long);
	};
	// It waits item by item, so it goes on beside all others; it asks once in 15 seconds.
	const [long] = await Promise.all([raceOthers(), race.compete('n8n’s MiniMax node', jobSeconds, false, makers.miniMax)]);
	return {
		name: 'videos',
		title: `${pictures} pictures to ${pictures} saved videos`,
		about: `The limit is the slowest create, the job and the slowest file: ${shown(jobSeconds + bareSeconds, 2)} s and ${shown(longJobSeconds + bareSeconds, 2)} s.`,
		columns: COLUMNS,
		rows: race.rows.sort(byJobAndTime),
		goals: [
			{ what: `Polling, jobs of ${longJobSeconds} s, times the limit`, value: long.polling.overLimit, atMost: GOALS.polling, digits: 3 },
			{ what: `Parked, jobs of ${longJobSeconds} s, times the limit`, value: long.parked.overLimit, atMost: GOALS.parked, digits: 3 },
			{ what: `Polling, jobs of ${longJobSeconds} s, status requests`, value: long.polling.looks, atMost: GOALS.looks, digits: 0 },
		],
	};
}
