// Owns temporary folders. Rule: none outlives the script, however it ends.
import { rmSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from './processes.mjs';

/** A process that was just killed may still write for a moment. */
const REMOVAL = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 };

/** @type {Set<string>} */
const folders = new Set();

// What was started in them has been killed by then: `processes.mjs`, imported above, listens first.
process.on('exit', () => {
	for (const folder of folders) rmSync(folder, REMOVAL);
});

/**
 * @param {string} prefix of its name
 * @param {{ uid: number, gid: number }} [owner] the user of this script unless given
 * @returns {Promise<{ path: string, remove: () => Promise<void> }>}
 */
export async function makeTemporaryFolder(prefix, owner) {
	const path = await mkdtemp(join(tmpdir(), prefix));
	folders.add(path);
	if (owner !== undefined) await chown(path, owner.uid, owner.gid);
	const remove = async () => {
		await rm(path, REMOVAL);
		folders.delete(path);
		forget();
	};
	const forget = atEnd(remove);
	return { path, remove };
}
