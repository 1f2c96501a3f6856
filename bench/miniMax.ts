// An API of MiniMax's for n8n's own MiniMax node, in front of the same sandbox. Rule: jobs, their times and their files are the sandbox's own, so
// that both nodes wait for the same.
import { callerOf } from '../test/sandbox/caller';
import { readText, sendJson } from '../test/sandbox/http';
import type { Sandbox } from '../test/sandbox';
import { serve } from '../test/support/localServer';

const CREATE_PATH = '/v2/video_generation';
const QUERY_PATH = /^\/v2\/query\/video_generation\/(\w+)$/;
/** MiniMax's words for Akool's four statuses. */
const STATUSES = ['queued', 'running', 'succeeded', 'failed'];
const NOT_FOUND = 404;

/** As n8n's node sends it for the model MiniMax-H3. */
type Order = { content: { type: string; text?: string; image_url?: { url: string } }[] };

/** `url` is for the credential */
type MiniMaxApi = { url: string; countRequests: (name: 'create' | 'query') => number; close: () => Promise<void> };

export async function startMiniMaxApi(sandbox: Sandbox): Promise<MiniMaxApi> {
	const caller = callerOf(sandbox);
	const counts = { create: 0, query: 0 };

	async function create({ content }: Order) {
		counts.create += 1;
		const part = (type: string) => content.find((candidate) => candidate.type === type);
		const { data } = await caller.create({ image_url: part('image_url')?.image_url?.url, prompt: part('text')?.text });
		return { task_id: data._id };
	}

	async function query(id: string) {
		counts.query += 1;
		const { data } = await caller.results(id);
		const row = data.result[0];
		return { task: { status: STATUSES[(row?.status ?? 0) - 1], content: { url: row?.video_url } } };
	}

	const server = await serve(async (request, response) => {
		const path = new URL(request.url ?? '/', sandbox.url).pathname;
		const id = QUERY_PATH.exec(path)?.[1];
		if (path === CREATE_PATH) sendJson(response, 200, await create(JSON.parse(await readText(request))));
		else if (id !== undefined) sendJson(response, 200, await query(id));
		else sendJson(response, NOT_FOUND, {});
	});
	return {
		url: `${server.url}/v1`,
		countRequests: (name) => counts[name],
		close: server.close,
	};
}
