// Receives callbacks, for tests. Rule: it answers with the given status and keeps what came, byte by byte; whether it is genuine is for the test to say.
import { serve } from '../support/localServer';
import { waitFor } from '../support/waitFor';
import { readText } from './http';

const CHECK_EVERY_MS = 5;
const LONGEST_WAIT_MS = 3000;

/** @param statuses what the first callbacks are answered with; all later ones get 200 */
export async function startReceiver(statuses: number[] = []) {
	const bodies: string[] = [];
	const server = await serve(async (request, response) => {
		const body = await readText(request);
		response.writeHead(statuses[bodies.length] ?? 200).end('{}');
		bodies.push(body);
	});
	return {
		url: `${server.url}/callback`,
		bodies,
		/** Resolves when that many came in. */
		async received(count: number) {
			await until(() => bodies.length >= count, `${count} callbacks, have ${bodies.length}`);
		},
		close: server.close,
	};
}

export const until = async (isTrue: () => boolean, what: string) =>
	await waitFor(what, () => (isTrue() ? true : undefined), { timeoutMs: LONGEST_WAIT_MS, everyMs: CHECK_EVERY_MS });
