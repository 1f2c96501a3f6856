// What it costs to check images before anything is spent: creates of so many items, each with an image of its own, with the check and without it. Rule: the
// images come from a server of this machine that takes its time and is asked for no more of a file than a check needs; each round has a fresh n8n.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../scripts/lib/paths';
import { step } from '../scripts/lib/steps';
import { errorOf } from '../test/e2e/driver/n8nWorkflows';
import { akoolNode, chain, numbered, startWith, AKOOL, PROMPT } from '../test/e2e/run/workflows';
import { serve, type LocalServer } from '../test/support/localServer';
import { median, ratioTable, shown } from './figures';
import { measureCost, type Cost } from './processCost';
import type { ServerResponse } from 'node:http';
import type { Bench } from './bench';
import type { Comparison, Row } from './figures';

const BYTES_PER_MIB = 1024 * 1024;
const GOALS = { seconds: 10, grownMiB: 20 };
/** A photo as large as a phone's, so that reading all of it differs from reading its beginning. */
const IMAGE_MIB = 2;
const PIECE_BYTES = 64 * 1024;

interface ImageServer {
	urlOf: (n: number) => string;
	/** the requests since the last time this was asked, and what was sent to them */
	takeCounts: () => { requests: number; sentMiB: number };
	close: LocalServer['close'];
}

/** Sends a file until the client has enough. */
async function send(response: ServerResponse, file: Buffer, onSent: (bytes: number) => void) {
	const isOpen = () => !response.destroyed && !response.writableEnded;
	for (let at = 0; at < file.length && isOpen(); at += PIECE_BYTES) {
		const piece = file.subarray(at, at + PIECE_BYTES);
		onSent(piece.length);
		if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
	}
	response.end();
}

async function startImageServer(answerMs: number): Promise<ImageServer> {
	const image = await readFile(join(ROOT, 'test', 'sandbox', 'media', 'product.png'));
	// What stands behind the end of a PNG belongs to nothing.
	const file = Buffer.concat([image, Buffer.alloc(IMAGE_MIB * BYTES_PER_MIB - image.length)]);
	let requests = 0;
	let sentBytes = 0;
	const server = await serve(async ({ headers }, response) => {
		requests += 1;
		await sleep(answerMs);
		const [, from = '0', to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
		const part = file.subarray(Number(from), to ? Number(to) + 1 : file.length);
		response.writeHead(headers.range === undefined ? 200 : 206, {
			'content-type': 'image/png',
			'content-length': part.length,
			...(headers.range !== undefined && {
				'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${file.length}`,
			}),
		});
		await send(response, part, (bytes) => (sentBytes += bytes));
	});
	return {
		urlOf: (n) => `${server.url}/image-${n}.png`,
		takeCounts: () => {
			const counts = { requests, sentMiB: sentBytes / BYTES_PER_MIB };
			requests = 0;
			sentBytes = 0;
			return counts;
		},
		close: server.close,
	};
}

type Run = Cost & ReturnType<ImageServer['takeCounts']>;
type Contender = { who: string; checkImages: boolean; runs: Run[] };

async function compete(bench: Bench, images: ImageServer, { who, checkImages, runs }: Contender, round: number) {
	const { context, environment, sizes } = bench;
	const { count } = sizes.images;
	// Videos that stay in the queue cause no callbacks: callbacks that n8n has to refuse would be measured with the check.
	const akool = await context.akool({ queueSeconds: Infinity });
	const items = numbered(count).map(({ n }) => ({ n, image: images.urlOf(n) }));
	const parameters = { imageUrl: '={{ $json.image }}', prompt: PROMPT, waitForCompletion: false };
	const workflow = chain('Creates', [
		...startWith(items),
		akoolNode(AKOOL, { ...parameters, options: { checkImages } }, akool.credential),
	]);
	await environment.restart();
	const started = await context.start(workflow, 'call');
	await started.ends();
	images.takeCounts();
	await step(`${count} images, round ${round}: ${who}`, async (note) => {
		const { result, ...cost } = await measureCost(
			bench.pid(),
			async () => await (await context.startAgain(started.workflowId)).ends(),
		);
		assert.equal(result.status, 'success', errorOf(result));
		const counts = images.takeCounts();
		assert.equal(counts.requests, checkImages ? count : 0, 'each image is asked for once');
		runs.push({ ...cost, ...counts });
		note(`${shown(cost.wallSeconds, 2)} s`);
	});
}

function rowOf({ who, runs }: Contender): Row {
	const middle = (figure: 'wallSeconds' | 'cpuSeconds' | 'grownMiB' | 'requests' | 'sentMiB') =>
		median(runs.map((run) => run[figure]));
	return {
		who,
		isOurs: true,
		figures: {
			seconds: middle('wallSeconds'),
			cpuSeconds: middle('cpuSeconds'),
			grownMiB: middle('grownMiB'),
			requests: middle('requests'),
			sentMiB: middle('sentMiB'),
		},
	};
}

/** What a figure is more with the check than without it. */
const more = (checked: Row, unchecked: Row, figure: string) => {
	const [value, base] = [checked.figures[figure], unchecked.figures[figure]];
	return value === undefined || base === undefined ? undefined : value - base;
};

export async function compareImages(bench: Bench): Promise<Comparison> {
	const { count, answerMs, rounds } = bench.sizes.images;
	const images = await startImageServer(answerMs);
	bench.undo(images.close);
	const checking: Contender = { who: 'this node', checkImages: true, runs: [] };
	const trusting: Contender = { who: 'this node without the check', checkImages: false, runs: [] };
	for (let round = 1; round <= rounds; round++)
		for (const contender of [checking, trusting]) await compete(bench, images, contender, round);
	const checked = rowOf(checking);
	const unchecked = rowOf(trusting);
	const seconds = more(checked, unchecked, 'seconds');
	const grownMiB = more(checked, unchecked, 'grownMiB');
	return {
		name: 'images',
		title: `${count} images checked before anything is spent`,
		about: `Creates without waiting, each with an image of its own of ${IMAGE_MIB} MiB; their server takes ${answerMs} ms to answer. Each workflow has run once before. The middle of ${rounds === 1 ? 'one round' : `${rounds} rounds`}.`,
		...ratioTable([checked, unchecked], unchecked, 'of no check', [
			{ key: 'seconds', title: 'In all, s', digits: 2 },
			{ key: 'cpuSeconds', title: 'Processor time, s', digits: 2 },
			{ key: 'grownMiB', title: 'Memory growth, MiB', digits: 0 },
			{ key: 'requests', title: 'Requests for images', digits: 0 },
			{ key: 'sentMiB', title: 'Read of them, MiB', digits: 0 },
		]),
		goals: [
			{ what: `Checking ${count} images, s`, value: seconds, atMost: GOALS.seconds },
			{ what: `Checking ${count} images, memory growth, MiB`, value: grownMiB, atMost: GOALS.grownMiB, digits: 0 },
		],
		summary: [
			`Checking ${count} different images before anything is spent takes ${shown(seconds, 2)} s and ${shown(grownMiB, 0)} MiB of memory.`,
		],
		remarks: [...new Set([...checking.runs, ...trusting.runs].flatMap(({ remarks }) => remarks))],
	};
}
