// One large file into n8n's storage, beside the HTTP Request node, and beside a node that holds a file in memory: n8n's MiniMax node. Rule: each has
// a fresh n8n that has fetched a small file before; those that stream fetch the large one twice, and the whole file has to be there in the end.
import assert from 'node:assert/strict';
import { errorOf, itemsOf } from '../e2e/driver/n8nWorkflows.mjs';
import { createAtAkool } from '../e2e/run/calls.mjs';
import { akoolNode, chain, startWith, AKOOL } from '../e2e/run/workflows.mjs';
import { step } from '../../scripts/lib/steps.mjs';
import { shown } from './figures.mjs';
import { gauge } from './gauge.mjs';
import { startMiniMaxApi } from './miniMax.mjs';
import { fetchFileNode, miniMaxNode, MINIMAX, REQUEST } from './workflows.mjs';

const BYTES_PER_MIB = 1024 * 1024;
const GOAL_MIB = 64;
const SMALL_MIB = 1;

/** @typedef {import('./bench.mjs').Bench} Bench */

/** @param {number} mib @returns {string} a prompt that makes the sandbox's video as large */
const promptFor = (mib) => `[sandbox: seconds=0, queue=0, size=${mib}]`;

/** A small and a large video at Akool. @param {Bench} bench @param {import('../e2e/run/scene.mjs').Akool} akool @param {number} mib */
async function makeVideos(bench, akool, mib) {
	/** @param {number} size @returns {Promise<{ _id: string, video_url: string }>} */
	const videoOf = async (size) => {
		const id = await createAtAkool(akool.sandbox, { prompt: promptFor(size) });
		const [row] = (await bench.callerOf(akool).results(id)).data.result;
		return { _id: id, video_url: row?.video_url ?? '' };
	};
	return { small: await videoOf(SMALL_MIB), large: await videoOf(mib) };
}

/** @typedef {Awaited<ReturnType<typeof makeVideos>>} Videos */
/** @typedef {{ who: string, isOurs: boolean, streams: boolean, nodeName: string, make: (video: keyof Videos) => import('../e2e/run/workflows.mjs').Node }} Contender */

/** @param {Bench} bench @param {Videos} videos @param {number} mib @param {Contender} contender @returns {Promise<import('./figures.mjs').Row>} */
async function compete({ scene, stage, pid }, videos, mib, { who, isOurs, streams, nodeName, make }) {
	await stage.restart();
	/** @param {keyof Videos} video */
	const fetchOne = async (video) => await (await scene.start(chain('File', [...startWith([videos[video]]), make(video)]), 'call')).ends();
	await fetchOne('small');
	return await step(`A file of ${mib} MiB: ${who}`, async (note) => {
		const fetchLarge = async () => {
			const cost = await gauge(pid(), async () => await fetchOne('large'));
			assert.equal(cost.result.status, 'success', errorOf(cost.result));
			assert.equal(itemsOf(cost.result, nodeName)[0]?.binary.data.bytes, mib * BYTES_PER_MIB, 'the whole file is there');
			return cost;
		};
		const { wallSeconds, cpuSeconds, grownMiB } = await fetchLarge();
		// Until V8 has cleaned up after n8n's start, whatever runs adds to that; what comes after tells what the file itself takes.
		const grownAgainMiB = streams ? (await fetchLarge()).grownMiB : undefined;
		note(`${shown(grownMiB, 0)} MiB more memory${streams ? `, and ${shown(grownAgainMiB, 0)} MiB the second time` : ''}`);
		return { who, isOurs, figures: { seconds: wallSeconds, cpuSeconds, grownMiB, grownAgainMiB } };
	});
}

/** @param {Bench} bench @returns {Promise<import('./figures.mjs').Comparison>} */
export async function compareFile(bench) {
	const { scene, sizes: { file: { mib } } } = bench;
	const akool = await scene.akool({ queueSeconds: 0, jobSeconds: 0 });
	const api = await startMiniMaxApi(akool.sandbox);
	bench.undo(api.close);
	const miniMax = await bench.miniMaxCredential(api.url);
	/** @type {Contender[]} */
	const contenders = [
		{ who: 'this node', isOurs: true, streams: true, nodeName: AKOOL, make: () => akoolNode(AKOOL, { operation: 'download' }, akool.credential) },
		{ who: 'HTTP Request', isOurs: false, streams: true, nodeName: REQUEST, make: () => fetchFileNode(REQUEST, '={{ $json.video_url }}') },
		{
			who: 'a node that holds the file in memory',
			isOurs: false,
			streams: false,
			nodeName: MINIMAX,
			make: (video) => miniMaxNode(miniMax, { imageUrl: akool.imageUrl, prompt: promptFor(video === 'large' ? mib : SMALL_MIB) }),
		},
	];
	const videos = await makeVideos(bench, akool, mib);
	const rows = [];
	for (const contender of contenders) rows.push(await compete(bench, videos, mib, contender));
	return {
		name: 'file',
		title: `A file of ${mib.toLocaleString('en-US')} MiB`,
		about: 'Into n8n’s storage for files, which is a folder. The node that holds it in memory is n8n’s MiniMax node.',
		columns: [
			{ key: 'seconds', title: 'In all, s' },
			{ key: 'cpuSeconds', title: 'Processor time, s' },
			{ key: 'grownMiB', title: 'Memory growth, MiB', digits: 0 },
			{ key: 'grownAgainMiB', title: 'The second time, MiB', digits: 0 },
		],
		rows,
		goals: [
			{ what: `Memory growth for ${mib} MiB in an n8n that has just started, MiB`, value: rows[0]?.figures.grownMiB, atMost: GOAL_MIB, digits: 0 },
			{ what: `Memory growth for ${mib} MiB, the second time, MiB`, value: rows[0]?.figures.grownAgainMiB, atMost: GOAL_MIB, digits: 0 },
		],
	};
}
