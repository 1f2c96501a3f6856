// Calls that a scenario makes itself, as Akool or as somebody who pretends to be Akool. Rule: it calls this machine only.
import pLimit from 'p-limit';
import { callerOf } from '../../sandbox/caller';
import type { Sandbox } from '../../sandbox';

const AT_ONCE = 20;

/**
 * @param body what it differs in
 * @returns the ID of a video made without n8n
 */
export async function createAtAkool(sandbox: Sandbox, body?: object): Promise<string> {
	const { code, msg, data } = await callerOf(sandbox).create({ ...body });
	if (code !== 1000) throw new Error(`The sandbox made no video: ${msg}`);
	return data._id;
}

/** @param id of a video that Akool no longer has after this */
export const deleteAtAkool = async (sandbox: Sandbox, id: string) => void (await callerOf(sandbox).remove(id));

/**
 * @param body sent as it is where it is a text
 * @returns the HTTP status, null where nobody answered
 */
export async function postTo(url: string, body: unknown, headers?: Record<string, string>): Promise<[number | null]> {
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

/** How often each of them occurs. */
export function countByStatus(statuses: readonly (number | null)[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const status of statuses) counts[String(status)] = (counts[String(status)] ?? 0) + 1;
	return counts;
}

/** Sends callbacks as fast as they are answered, some at a time. */
export async function callsPerSecond(url: string, bodies: readonly string[], headers?: Record<string, string>) {
	const limit = pLimit(AT_ONCE);
	const startedMs = performance.now();
	const statuses = await Promise.all(
		bodies.map(async (body) => await limit(async () => (await postTo(url, body, headers))[0])),
	);
	return { perSecond: (bodies.length * 1_000) / (performance.now() - startedMs), statuses: countByStatus(statuses) };
}

/**
 * Lets Akool call once more about each video. To be called when n8n listens: while it starts, n8n answers calls by itself or ends executions that they have just
 * resumed (docs/self-hosting.md), so a call that happens to come then would prove nothing about the package.
 */
export async function repeatCallbacks(sandbox: Sandbox) {
	for (const { _id } of sandbox.jobs) await sandbox.sendCallback({ id: _id, status: 3 });
}
