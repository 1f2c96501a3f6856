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

/** Shorter jobs first, and the fastest first among them. @param {import('./figures.mjs').Row} row */
const placeOf = ({ figures: { job = 0, seconds = 0 } }) => job * 1_000_000 + seconds;

/** @param {Bench} bench @returns {Promise<import('./figures.mjs').Comparison>} */
export async function compareVideos(bench) {
	const { scene, folder, sizes: { videos: { pictures, jobSeconds, longJobSeconds, videoMiB } } } = bench;
	const items = numbered(pictures);
	const bareSeconds = await limitWithoutJob(await scene.akool({ queueSeconds: 0, jobSeconds: 0, videoMiB }), pictures);
	/** @type {import('./figures.mjs').Row[]} */
	const rows = [];

	/** @param {string} who @param {number} seconds @param {boolean} isOurs @param {Maker} make */
	const compete = async (who, seconds, isOurs, make) => {
		const akool = await scene.akool({ queueSeconds: 0, jobSeconds: seconds, videoMiB });
		const target = join(folder, `${who} ${seconds}`.replace(/\W+/g, '-'));
		await mkdir(target);
		return await step(`${pictures} pictures, jobs of ${seconds} s: ${who}`, async (note) => {
			const outcome = await run(bench, akool, await make(akool, target));
			assert.equal((await readdir(target)).length, pictures, 'every video is saved');
			const overLimit = outcome.seconds / (seconds + bareSeconds);
			note(`${shown(overLimit, 2)} of the limit, ${outcome.looks} status requests`);
			const row = { who, isOurs, figures: { job: seconds, ...outcome, overLimit, requests: outcome.creates + outcome.looks + outcome.files } };
			rows.push(row);
			return row;
		});
	};
	/** @param {object} options @returns {Maker} */
	const ours = (options) => async (akool, target) => ({ workflow: akoolVideos(akool, options, items, target) });
	/** @type {Maker} */
	const byRequests = async (akool, target) => ({ workflow: requestLoop(akool, await bench.headerFor(akool), items, target) });

	const waitWithMiniMax = async () => await compete('n8n’s MiniMax node', jobSeconds, false, async (akool, target) => {
		const api = await startMiniMaxApi(akool.sandbox);
		bench.undo(api.close);
		const workflow = miniMaxVideos(akool, await bench.miniMaxCredential(api.url), items, target);
		return { workflow, looks: () => api.countRequests('query'), creates: () => api.countRequests('create') };
	});
	/** Longer videos take longer. @param {number} seconds @param {number} videoLength */
	const compareAll = async (seconds, videoLength) => {
		await compete('this node, polling, the first time', seconds, true, ours({ videoLength, options: { waitMode: 'polling' } }));
		const parked = await compete('this node, parked', seconds, true, ours({ videoLength, options: { waitMode: 'callback' } }));
		const polling = await compete('this node, polling', seconds, true, ours({ videoLength, options: { waitMode: 'polling' } }));
		await compete('HTTP Request, Wait and If', seconds, false, byRequests);
		return { parked, polling };
	};
	const compareOthers = async () => {
		await compareAll(jobSeconds, 5);
		return await compareAll(longJobSeconds, 10);
	};
	// It waits item by item, so it goes on beside all others; it asks once in 15 seconds.
	const [long] = await Promise.all([compareOthers(), waitWithMiniMax()]);

	return {
		name: 'videos',
		title: `${pictures} pictures to ${pictures} saved videos`,
		about: `The limit is the slowest create, the job and the slowest file: ${shown(jobSeconds + bareSeconds, 2)} s and ${shown(longJobSeconds + bareSeconds, 2)} s.`,
		columns: [
			{ key: 'job', title: 'Job, s', digits: 0 },
			{ key: 'seconds', title: 'In all, s' },
			{ key: 'overLimit', title: 'Times the limit', digits: 2 },
			{ key: 'held', title: 'Worker held, s' },
			{ key: 'creates', title: 'Creates', digits: 0 },
			{ key: 'looks', title: 'Status requests', digits: 0 },
			{ key: 'files', title: 'Files', digits: 0 },
		],
		rows: rows.sort((a, b) => placeOf(a) - placeOf(b)),
		goals: [
			{ what: `Polling, jobs of ${longJobSeconds} s, times the limit`, value: long.polling.figures.overLimit, atMost: GOALS.polling, digits: 3 },
			{ what: `Parked, jobs of ${longJobSeconds} s, times the limit`, value: long.parked.figures.overLimit, atMost: GOALS.parked, digits: 3 },
			{ what: `Polling, jobs of ${longJobSeconds} s, status requests`, value: long.polling.figures.looks, atMost: GOALS.looks, digits: 0 },
		],
	};
}
