// Owns what a process takes of this machine's memory. Rule: where the system does not tell (it is Linux that does), nothing is made up.
import { readFile } from 'node:fs/promises';

const BYTES_PER_KIB = 1024;

/** @typedef {{ now: number, peak: number }} Memory bytes that are resident */

/** @param {number} pid @returns {Promise<Memory | undefined>} */
export async function residentBytes(pid) {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	const [now, peak] = ['VmRSS', 'VmHWM'].map(
		(name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * BYTES_PER_KIB,
	);
	return now && peak ? { now, peak } : undefined;
}
