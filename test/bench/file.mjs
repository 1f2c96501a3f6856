// One large file into n8n's storage, beside the HTTP Request node, and beside a node that holds a file in memory: n8n's MiniMax node. Rule: each has
// a fresh n8n that has fetched a small file before, and the whole file has to be there in the end.
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

/** @param {Bench} bench @returns {Promise<import('./figures.mjs').Comparison>} */
export async function compareFile(bench) {
	const { scene, stage, sizes: { file: { mib } } } = bench;
	const akool = await scene.akool({ queueSeconds: 0, jobSeconds: 0 });
	const { sandbox, credential, imageUrl } = akool;
	const api = await startMiniMaxApi(sandbox);
	bench.undo(api.close);
	const miniMax = await bench.miniMaxCredential(api.url);
	/** @param {number} size @returns {Promise<{ _id: string, video_url: string }>} */
	const videoOf = async (size) => {
		const id = await createAtAkool(sandbox, { prompt: promptFor(size) });
		const [row] = (await bench.callerOf(akool).results(id)).data.result;
		return { _id: id, video_url: row?.video_url ?? '' };
	};
	const videos = { small: await videoOf(SMALL_MIB), large: await videoOf(mib) };

	/** @param {string} who @param {boolean} isOurs @param {string} nodeName @param {(video: keyof typeof videos) => import('../e2e/run/workflows.mjs').Node} make */
	const compete = async (who, isOurs, nodeName, make) => {
		await stage.restart();
		/** @param {keyof typeof videos} video */
		const fetchOne = async (video) => await (await scene.start(chain('File', [...startWith([videos[video]]), make(video)]), 'call')).ends();
		await fetchOne('small');
		return await step(`A file of ${mib} MiB: ${who}`, async (note) => {
			const cost = await gauge(bench.pid(), async () => await fetchOne('large'));
			assert.equal(cost.result.status, 'success', errorOf(cost.result));
			assert.equal(itemsOf(cost.result, nodeName)[0]?.binary.data.bytes, mib * BYTES_PER_MIB, 'the whole file is there');
			note(`${shown(cost.grownMiB, 0)} MiB more memory`);
			return { who, isOurs, figures: { seconds: cost.wallSeconds, cpuSeconds: cost.cpuSeconds, grownMiB: cost.grownMiB } };
		});
	};
	const ours = await compete('this node', true, AKOOL, () => akoolNode(AKOOL, { operation: 'download' }, credential));
	const request = await compete('HTTP Request', false, REQUEST, () => fetchFileNode(REQUEST, '={{ $json.video_url }}'));
	const buffering = await compete('n8n’s MiniMax node, which holds the file in memory', false, MINIMAX, (video) =>
		miniMaxNode(miniMax, { imageUrl, prompt: promptFor(video === 'large' ? mib : SMALL_MIB) }),
	);
	return {
		name: 'file',
		title: `A file of ${mib.toLocaleString('en-US')} MiB`,
		about: 'Into n8n’s storage for files, which is a folder.',
		columns: [
			{ key: 'seconds', title: 'In all, s' },
			{ key: 'cpuSeconds', title: 'Processor time, s' },
			{ key: 'grownMiB', title: 'Memory growth, MiB', digits: 0 },
		],
		rows: [ours, request, buffering],
		goals: [{ what: `Memory growth for ${mib} MiB, MiB`, value: ours.figures.grownMiB, atMost: GOAL_MIB, digits: 0 }],
	};
}
