// Owns what a piece of work costs one process: time, processor time, memory. Rule: where the system does not tell (it is Linux that does), nothing is
// made up.
import { readFile, writeFile } from 'node:fs/promises';
import { residentBytes } from '../e2e/driver/memory.mjs';

/** In /proc, Linux counts processor time in hundredths of a second, whatever the machine. */
const TICKS_PER_SECOND = 100;
/** The places of user and system time among the fields that follow the process's name. */
const USER_TIME = 11;
const SYSTEM_TIME = 12;
/** Makes the highest memory so far the present one. */
const FORGET_PEAK = '5';
const BYTES_PER_MIB = 1024 * 1024;

/** @typedef {{ wallSeconds: number, cpuSeconds: number | undefined, grownMiB: number | undefined }} Cost `grownMiB`: the highest memory meanwhile, less that before */

/** @param {number} pid @returns {Promise<number | undefined>} of all its threads, since it was started */
async function cpuSeconds(pid) {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
	// The name is in brackets and may hold anything.
	const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
	return fields && (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) / TICKS_PER_SECOND;
}

/**
 * Does a piece of work and says what it cost the process.
 * @template T
 * @param {number | undefined} pid @param {() => Promise<T>} work
 * @returns {Promise<Cost & { result: T }>}
 */
export async function gauge(pid, work) {
	if (pid === undefined) throw new Error('The process does not run.');
	await writeFile(`/proc/${pid}/clear_refs`, FORGET_PEAK).catch(() => undefined);
	const before = { cpu: await cpuSeconds(pid), memory: await residentBytes(pid) };
	const startedMs = performance.now();
	const result = await work();
	const wallSeconds = (performance.now() - startedMs) / 1_000;
	const after = { cpu: await cpuSeconds(pid), memory: await residentBytes(pid) };
	return {
		result,
		wallSeconds,
		cpuSeconds: before.cpu === undefined || after.cpu === undefined ? undefined : after.cpu - before.cpu,
		grownMiB: before.memory && after.memory ? (after.memory.peak - before.memory.now) / BYTES_PER_MIB : undefined,
	};
}
