// The report about n8n itself after the scenarios: its version, how long it ran, and the memory of its processes. Rule: it is asked
// while they all still run.

import type { TestEnvironment } from '../driver/environment';

const BYTES_PER_MB = 1_000_000;

const asTime = (ms: number) => `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
const asMb = (bytes: number) => `${Math.round(bytes / BYTES_PER_MB)} MB`;

/** @param startedMs when the first scenario began */
export async function reportOn(
	{ version, nodeVersion, shape, processes }: TestEnvironment,
	startedMs: number,
): Promise<string> {
	const known = (
		await Promise.all(processes.map(async ({ name, memory }) => ({ name, memory: await memory() })))
	).flatMap(({ name, memory }) => (memory === undefined ? [] : [{ name, ...memory }]));
	const lines = known.map(
		({ name, now, peak }) => `  ${name.padEnd(8)}  ${asMb(now).padStart(7)}, at most ${asMb(peak)}`,
	);
	const sum =
		known.length > 1
			? [`  ${'together'.padEnd(8)}  ${asMb(known.reduce((total, { now }) => total + now, 0)).padStart(7)}`]
			: [];
	const head = `n8n ${version} on Node.js ${nodeVersion}, ${shape === 'queue' ? 'in queue mode' : 'in one process'}, ${asTime(Date.now() - startedMs)}; its memory at the end:`;
	return [head, ...lines, ...sum].join('\n');
}
