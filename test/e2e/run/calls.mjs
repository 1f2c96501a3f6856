// Calls that a scenario makes itself, as Akool or as somebody who pretends to be Akool. Rule: it calls this machine only.
import { createRequire } from 'node:module';
import pLimit from 'p-limit';

const require = createRequire(import.meta.url);
/** @type {{ callerOf: typeof import('../../sandbox/caller.js').callerOf }} */
const { callerOf } = require('../../sandbox/caller.js');

const AT_ONCE = 20;

/** @param {import('./scene.mjs').Sandbox} sandbox @param {object} [body] what it differs in @returns {Promise<string>} the ID of a video made without n8n */
export async function createAtAkool(sandbox, body) {
	const { code, msg, data } = await callerOf(sandbox).create({ ...body });
	if (code !== 1000) throw new Error(`The sandbox made no video: ${msg}`);
	return data._id;
}

/** @param {import('./scene.mjs').Sandbox} sandbox @param {string} id of a video that Akool no longer has after this */
export const deleteAtAkool = async (sandbox, id) => void (await callerOf(sandbox).remove(id));

/**
 * @param {string} url @param {unknown} body sent as it is where it is a text @param {Record<string, string>} [headers]
 * @returns {Promise<[number | null]>} the HTTP status, null where nobody answered
 */
export async function postTo(url, body, headers) {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const options = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text };
	return await fetch(url, options).then(
		async (response) => {
			await response.arrayBuffer();
			return [response.status];
		},
		() => [null],
	);
}

/** How often each of them occurs. @param {readonly (number | null)[]} statuses @returns {Record<string, number>} */
export function tally(statuses) {
	/** @type {Record<string, number>} */
	const counts = {};
	for (const status of statuses) counts[String(status)] = (counts[String(status)] ?? 0) + 1;
	return counts;
}

/** Sends callbacks as fast as they are answered, some at a time. @param {string} url @param {readonly string[]} bodies @param {Record<string, string>} [headers] */
export async function callsPerSecond(url, bodies, headers) {
	const limit = pLimit(AT_ONCE);
	const startedMs = performance.now();
	const statuses = await Promise.all(
		bodies.map(async (body) => await limit(async () => (await postTo(url, body, headers))[0])),
	);
	return { perSecond: (bodies.length * 1_000) / (performance.now() - startedMs), statuses: tally(statuses) };
}

/**
 * Lets Akool call once more about each video. To be called when n8n listens: while it starts, n8n answers calls by itself or ends what they have just
 * woken (docs/webhooks.md), so a call that happens to come then would tell nothing of the package.
 * @param {import('./scene.mjs').Sandbox} sandbox
 */
export async function callAgain(sandbox) {
	for (const { _id } of sandbox.jobs) await sandbox.sendCallback({ id: _id, status: 3 });
}
