// Owns what a process takes of this machine's memory. Rule: where the system does not tell (it is Linux that does), nothing is made up.
import { readFile } from 'node:fs/promises';

const BYTES_PER_KIB = 1024;

/** bytes that are resident */
export type Memory = { now: number; peak: number };

export async function residentBytes(pid: number): Promise<Memory | undefined> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	const [now, peak] = ['VmRSS', 'VmHWM'].map(
		(name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * BYTES_PER_KIB,
	);
	return now && peak ? { now, peak } : undefined;
}
