// Owns the explanation of a failed npm or pnpm command. Rule: being offline and a full disk are named as such, with what to do.
import { statfs } from 'node:fs/promises';
import { ScriptError } from './steps';

const OFFLINE = /ERR_PNPM_META_FETCH_FAIL|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/;
const DISK_FULL = /ENOSPC|no space left on device/i;
const LAST_LINES = 40;
const BYTES_PER_GB = 1_000_000_000;

export const lastLines = (output: string) => output.trimEnd().split('\n').slice(-LAST_LINES).join('\n');

/**
 * @param what what it was to do
 * @param output what it printed
 */
export function explainNpmFailure(what: string, output: string): ScriptError {
	if (DISK_FULL.test(output)) {
		return new ScriptError(
			`${what}: the disk is full.`,
			'Free some space (n8n takes 2.2 GB under .runtime/) and run this again: it goes on where it stopped.',
		);
	}
	if (OFFLINE.test(output)) {
		return new ScriptError(
			`${what}: the registry could not be reached.`,
			`Check the connection (and npm's proxy settings, "npm config list"), then run this again: it goes on where it stopped.\n\n${lastLines(output)}`,
		);
	}
	return new ScriptError(`${what} did not succeed.`, `It said at the end:\n\n${lastLines(output)}`);
}

/**
 * @param folder where it is to go
 * @throws {ScriptError} when the disk has less than that
 */
export async function requireFreeDisk(folder: string, neededGb: number, what: string) {
	const { bavail, bsize } = await statfs(folder);
	const freeGb = (bavail * bsize) / BYTES_PER_GB;
	if (freeGb >= neededGb) return;
	throw new ScriptError(
		`${what} needs ${neededGb} GB, but the disk of ${folder} has ${freeGb.toFixed(1)} GB left.`,
		'Free some space and run this again.',
	);
}
