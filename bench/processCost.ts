// Owns what a piece of work costs one process: time, processor time, memory. Rule: where the system does not report these (only Linux does), nothing is
// invented; incomplete reports are marked as such.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { residentBytes } from '../test/e2e/driver/memory';

/** In /proc, Linux counts processor time in hundredths of a second, whatever the machine. */
const TICKS_PER_SECOND = 100;
/** The places of user and system time among the fields that follow the process's name. */
const USER_TIME = 11;
const SYSTEM_TIME = 12;
/** Makes the highest memory so far the present one. */
const FORGET_PEAK = '5';
const SAMPLE_EVERY_MS = 40;
const BYTES_PER_MIB = 1024 * 1024;

export interface Threads {
	/** the one that runs n8n's JavaScript */
	main: number;
	/** libuv's, which work for SQLite, files and ciphers */
	pool: number;
	/** V8's own, which compile and clear up */
	v8: number;
	/** that of a profile, where one is made */
	profiler: number;
	/** among them those that isolates run on */
	others: number;
}
export interface Cost {
	wallSeconds: number;
	/** of all the process's threads */
	cpuSeconds: number | undefined;
	/** of processor time, by kind of thread */
	threadSeconds: Threads | undefined;
	/** the highest memory meanwhile */
	peakMiB: number | undefined;
	/** that, less the memory right before */
	grownMiB: number | undefined;
	/** what these figures are short of */
	remarks: readonly string[];
}

/**
 * @param path of a `stat` in /proc
 * @returns since it was started
 */
async function cpuSecondsIn(path: string): Promise<number | undefined> {
	const stat = await readFile(path, 'utf8').catch(() => undefined);
	// The name is in brackets and may hold anything.
	const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
	return fields && (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) / TICKS_PER_SECOND;
}

/** What Linux calls the threads of these kinds. */
const THREAD_NAMES = {
	'libuv-worker': 'pool',
	V8Worker: 'v8',
	'v8:ProfEvntProc': 'profiler',
} as Record<string, keyof Threads>;

type Thread = { kind: keyof Threads; seconds: number };

/** @returns the threads that there are, by their numbers */
async function threadsOf(pid: number): Promise<Map<string, Thread>> {
	const numbers = await readdir(`/proc/${pid}/task`).catch(() => []);
	/** @returns nothing for one that has just ended */
	const readOnce = async (number: string): Promise<[string, Thread][]> => {
		const folder = `/proc/${pid}/task/${number}`;
		const name = (await readFile(`${folder}/comm`, 'utf8').catch(() => '')).trim();
		const seconds = await cpuSecondsIn(`${folder}/stat`);
		// The first thread of a process has its number.
		return seconds === undefined
			? []
			: [[number, { kind: number === String(pid) ? 'main' : (THREAD_NAMES[name] ?? 'others'), seconds }]];
	};
	return new Map((await Promise.all(numbers.map(readOnce))).flat());
}

/** @param allSeconds what the process took, also in threads that are gone by now */
function threadsBetween(after: Map<string, Thread>, before: Map<string, Thread>, allSeconds: number): Threads {
	const sums = { main: 0, pool: 0, v8: 0, profiler: 0, others: 0 };
	for (const [number, { kind, seconds }] of after) sums[kind] += seconds - (before.get(number)?.seconds ?? 0);
	const { main, pool, v8, profiler } = sums;
	return { ...sums, others: Math.max(0, allSeconds - main - pool - v8 - profiler) };
}

async function stateOf(pid: number) {
	const [cpu, threads, memory] = await Promise.all([
		cpuSecondsIn(`/proc/${pid}/stat`),
		threadsOf(pid),
		residentBytes(pid),
	]);
	return { cpu, threads, memory };
}

/** @returns whether the system has forgotten the highest memory so far */
const forgetPeak = async (pid: number): Promise<boolean> =>
	await writeFile(`/proc/${pid}/clear_refs`, FORGET_PEAK).then(
		() => true,
		() => false,
	);

/**
 * Samples the memory of a process until the result is requested.
 * @returns bytes; asking ends it
 */
function watchMemory(pid: number): { highest: () => Promise<number | undefined> } {
	let goesOn = true;
	let highest: number | undefined;
	const readOnce = async () => {
		const { now } = (await residentBytes(pid)) ?? {};
		if (now !== undefined) highest = Math.max(now, highest ?? 0);
	};
	const watching = (async () => {
		while (goesOn) {
			await readOnce();
			await sleep(SAMPLE_EVERY_MS);
		}
		await readOnce();
	})();
	return {
		highest: async () => {
			goesOn = false;
			await watching;
			return highest;
		},
	};
}

const difference = (after: number | undefined, before: number | undefined) =>
	after === undefined || before === undefined ? undefined : after - before;

const asMiB = (bytes: number | undefined) => (bytes === undefined ? undefined : bytes / BYTES_PER_MIB);

/** Does a piece of work and says what it cost the process. */
export async function measureCost<T>(pid: number | undefined, work: () => Promise<T>): Promise<Cost & { result: T }> {
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
