// An API of MiniMax's for n8n's own MiniMax node, in front of the same sandbox. Rule: jobs, their times and their files are the sandbox's own, so
// that both nodes wait for the same.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { HOST } from '../e2e/driver/ports.mjs';

const require = createRequire(import.meta.url);
/** @type {{ callerOf: typeof import('../sandbox/caller.js').callerOf }} */
const { callerOf } = require('../sandbox/caller.js');
/** @type {Pick<typeof import('../sandbox/http.js'), 'parseJson' | 'readText' | 'sendJson'>} */
const { parseJson, readText, sendJson } = require('../sandbox/http.js');

const CREATE_PATH = '/v2/video_generation';
const QUERY_PATH = /^\/v2\/query\/video_generation\/(\w+)$/;
/** MiniMax's words for Akool's four statuses. */
const STATUSES = ['queued', 'running', 'succeeded', 'failed'];
const NOT_FOUND = 404;

/** @typedef {{ url: string, countRequests: (name: 'create' | 'query') => number, close: () => Promise<void> }} MiniMaxApi `url` is for the credential */

/** @param {import('../sandbox/index.js').Sandbox} sandbox @returns {Promise<MiniMaxApi>} */
export async function startMiniMaxApi(sandbox) {
	const caller = callerOf(sandbox);
	const counts = { create: 0, query: 0 };

	/** @param {any} body as n8n's node sends it for the model MiniMax-H3 */
	async function create({ content }) {
		counts.create += 1;
		/** @param {string} type */
		const part = (type) => content.find((/** @type {any} */ candidate) => candidate.type === type);
		const { data } = await caller.create({ image_url: part('image_url').image_url.url, prompt: part('text').text });
		return { task_id: data._id };
	}

	/** @param {string} id */
	async function query(id) {
		counts.query += 1;
		const { data } = await caller.results(id);
		const row = data.result[0];
		return { task: { status: STATUSES[(row?.status ?? 0) - 1], content: { url: row?.video_url } } };
	}

	const server = createServer(async (request, response) => {
		const path = new URL(request.url ?? '/', sandbox.url).pathname;
		const { value } = parseJson(await readText(request));
		const id = QUERY_PATH.exec(path)?.[1];
		if (path === CREATE_PATH) sendJson(response, 200, await create(value));
		else if (id !== undefined) sendJson(response, 200, await query(id));
		else sendJson(response, NOT_FOUND, {});
	});
	await new Promise((resolve) => server.listen(0, HOST, () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		url: `http://${HOST}:${port}/v1`,
		countRequests: (name) => counts[name],
		close: async () => {
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeAllConnections();
			await closed;
		},
	};
}
