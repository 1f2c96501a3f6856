// Who fetches a large file into n8n's storage: this node, the HTTP Request node, and a node that holds a file in memory: n8n's MiniMax node. Rule: the
// whole file has to be there in the end.
import assert from 'node:assert/strict';
import { errorOf, fileOf, itemsOf } from '../test/e2e/driver/n8nWorkflows';
import { createAtAkool } from '../test/e2e/run/calls';
import { akoolNode, chain, startWith, AKOOL } from '../test/e2e/run/workflows';
import { startMiniMaxApi } from './miniMax';
import { fetchFileNode, miniMaxNode, MINIMAX, REQUEST } from './workflows';
import type { Bench } from './bench';
import type { WorkflowNode } from '../test/e2e/driver/n8nWorkflows';

const BYTES_PER_MIB = 1024 * 1024;
export const SMALL_MIB = 1;

export type Size = 'small' | 'large';
export type Fetcher = {
	who: string;
	isOurs: boolean;
	streams: boolean;
	nodeName: string;
	make: (size: Size) => WorkflowNode;
};

/** @returns a prompt that makes the sandbox's video as large */
const promptFor = (mib: number): string => `[sandbox: seconds=0, queue=0, size=${mib}]`;

/** @returns `fetchOne` runs a workflow to its end */
export async function openFetchers(bench: Bench): Promise<{
	ours: Fetcher;
	theirs: Fetcher;
	holding: Fetcher;
	fetchOne: (fetcher: Fetcher, size: Size) => Promise<void>;
}> {
	const {
		context,
		sizes: {
			file: { mib },
		},
	} = bench;
	const sizes = { small: SMALL_MIB, large: mib };
	const akool = await context.akool({ queueSeconds: 0, jobSeconds: 0 });
	const api = await startMiniMaxApi(akool.sandbox);
	bench.undo(api.close);
	const miniMax = await bench.miniMaxCredential(api.url);

	const makeVideo = async (size: Size): Promise<{ _id: string; video_url: string }> => {
		const id = await createAtAkool(akool.sandbox, { prompt: promptFor(sizes[size]) });
		const [row] = (await bench.callerOf(akool).results(id)).data.result;
		return { _id: id, video_url: row?.video_url ?? '' };
	};
	const videos = { small: await makeVideo('small'), large: await makeVideo('large') };
	return {
		ours: {
			who: 'this node',
			isOurs: true,
			streams: true,
			nodeName: AKOOL,
			make: () => akoolNode(AKOOL, { operation: 'download' }, akool.credential),
		},
		theirs: {
			who: 'HTTP Request',
			isOurs: false,
			streams: true,
			nodeName: REQUEST,
			make: () => fetchFileNode(REQUEST, '={{ $json.video_url }}'),
		},
		holding: {
			who: 'a node that holds the file in memory',
			isOurs: false,
			streams: false,
			nodeName: MINIMAX,
			make: (size) => miniMaxNode(miniMax, { imageUrl: akool.imageUrl, prompt: promptFor(sizes[size]) }),
		},
		async fetchOne({ nodeName, make }, size) {
			const execution = await (
				await context.start(chain('File', [...startWith([videos[size]]), make(size)]), 'call')
			).ends();
			assert.equal(execution.status, 'success', errorOf(execution));
			assert.equal(
				fileOf(itemsOf(execution, nodeName)[0]).bytes,
				sizes[size] * BYTES_PER_MIB,
				'the whole file is there',
			);
		},
	};
}
