// Owns what a piece of work costs one process: time, processor time, memory. Rule: where the system does not tell (it is Linux that does), nothing is
// made up; where it tells less than it should, that is said.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { residentBytes } from '../e2e/driver/memory.mjs';

/** In /proc, Linux counts processor time in hundredths of a second, whatever the machine. */
const TICKS_PER_SECOND = 100;
/** The places of user and system time among the fields that follow the process's name. */
const USER_TIME = 11;
const SYSTEM_TIME = 12;
/** Makes the highest memory so far the present one. */
const FORGET_PEAK = '5';
const SAMPLE_EVERY_MS = 40;
const BYTES_PER_MIB = 1024 * 1024;

/**
 * @typedef {object} Threads
 * @property {number} main the one that runs n8n's JavaScript
 * @property {number} pool libuv's, which work for SQLite, files and ciphers
 * @property {number} v8 V8's own, which compile and clear up
 * @property {number} profiler that of a profile, where one is made
 * @property {number} others among them those that isolates run on
 *
 * @typedef {object} Cost
 * @property {number} wallSeconds
 * @property {number | undefined} cpuSeconds of all the process's threads
 * @property {Threads | undefined} threadSeconds of processor time, by kind of thread
 * @property {number | undefined} peakMiB the highest memory meanwhile
 * @property {number | undefined} grownMiB that, less the memory right before
 * @property {readonly string[]} remarks what these figures are short of
 */

/** @param {string} path of a `stat` in /proc @returns {Promise<number | undefined>} since it was started */
async function cpuSecondsIn(path) {
	const stat = await readFile(path, 'utf8').catch(() => undefined);
	// The name is in brackets and may hold anything.
	const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
	return fields && (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) / TICKS_PER_SECOND;
}

/** What Linux calls the threads of these kinds. */
const THREAD_NAMES = /** @type {Record<string, keyof Threads>} */ ({
	'libuv-worker': 'pool',
	V8Worker: 'v8',
	'v8:ProfEvntProc': 'profiler',
});

/** @typedef {{ kind: keyof Threads, seconds: number }} Thread */

/** @param {number} pid @returns {Promise<Map<string, Thread>>} the threads that there are, by their numbers */
async function threadsOf(pid) {
	const numbers = await readdir(`/proc/${pid}/task`).catch(() => []);
	/** @param {string} number @returns {Promise<[string, Thread][]>} nothing for one that has just ended */
	const look = async (number) => {
		const folder = `/proc/${pid}/task/${number}`;
		const name = (await readFile(`${folder}/comm`, 'utf8').catch(() => '')).trim();
		const seconds = await cpuSecondsIn(`${folder}/stat`);
		// The first thread of a process has its number.
		return seconds === undefined
			? []
			: [[number, { kind: number === String(pid) ? 'main' : (THREAD_NAMES[name] ?? 'others'), seconds }]];
	};
	return new Map((await Promise.all(numbers.map(look))).flat());
}

/** @param {Map<string, Thread>} after @param {Map<string, Thread>} before @param {number} allSeconds what the process took, also in threads that are gone by now @returns {Threads} */
function threadsBetween(after, before, allSeconds) {
	const sums = { main: 0, pool: 0, v8: 0, profiler: 0, others: 0 };
	for (const [number, { kind, seconds }] of after) sums[kind] += seconds - (before.get(number)?.seconds ?? 0);
	const { main, pool, v8, profiler } = sums;
	return { ...sums, others: Math.max(0, allSeconds - main - pool - v8 - profiler) };
}

/** @param {number} pid */
async function stateOf(pid) {
	const [cpu, threads, memory] = await Promise.all([
		cpuSecondsIn(`/proc/${pid}/stat`),
		threadsOf(pid),
		residentBytes(pid),
	]);
	return { cpu, threads, memory };
}

/** @param {number} pid @returns {Promise<boolean>} whether the system has forgotten the highest memory so far */
const forgetPeak = async (pid) =>
	await writeFile(`/proc/${pid}/clear_refs`, FORGET_PEAK).then(
		() => true,
		() => false,
	);

/** Looks at the memory of a process until told to stop. @param {number} pid @returns {{ highest: () => Promise<number | undefined> }} bytes; asking ends it */
function watchMemory(pid) {
	let goesOn = true;
	/** @type {number | undefined} */
	let highest;
	const look = async () => {
		const { now } = (await residentBytes(pid)) ?? {};
		if (now !== undefined) highest = Math.max(now, highest ?? 0);
	};
	const watching = (async () => {
		while (goesOn) {
			await look();
			await sleep(SAMPLE_EVERY_MS);
		}
		await look();
	})();
	return {
		highest: async () => {
			goesOn = false;
			await watching;
			return highest;
		},
	};
}

/** @param {number | undefined} after @param {number | undefined} before */
const difference = (after, before) => (after === undefined || before === undefined ? undefined : after - before);

/** @param {number | undefined} bytes */
const asMiB = (bytes) => (bytes === undefined ? undefined : bytes / BYTES_PER_MIB);

/**
 * Does a piece of work and says what it cost the process.
 * @template T
 * @param {number | undefined} pid @param {() => Promise<T>} work
 * @returns {Promise<Cost & { result: T }>}
 */
export async function gauge(pid, work) {
	if (pid === undefined) throw new Error('The process does not run.');
	const before = await stateOf(pid);
	const knowsPeak = await forgetPeak(pid);
	// Without that, the highest memory would be that of n8n's whole life: what is seen meanwhile is nearer.
	const watch = knowsPeak || before.memory === undefined ? undefined : watchMemory(pid);
	const startedMs = performance.now();
	const result = await work();
	const wallSeconds = (performance.now() - startedMs) / 1_000;
	const after = await stateOf(pid);
	const peak = watch === undefined ? after.memory?.peak : await watch.highest();
	const cpuSeconds = difference(after.cpu, before.cpu);
	return {
		result,
		wallSeconds,
		cpuSeconds,
		threadSeconds: cpuSeconds === undefined ? undefined : threadsBetween(after.threads, before.threads, cpuSeconds),
		peakMiB: asMiB(peak),
		grownMiB: asMiB(difference(peak, before.memory?.now)),
		remarks:
			watch === undefined
				? []
				: [
						`The system does not let go of the highest memory so far, so memory was looked at every ${SAMPLE_EVERY_MS} ms instead: its highest may be higher.`,
					],
	};
}
