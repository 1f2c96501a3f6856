// Owns temporary folders. Rule: none outlives the script, however it ends.
import { rmSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from './processes';

/** A process that was just killed may still write for a moment. */
const REMOVAL = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 };

const folders: Set<string> = new Set();

// What was started in them has been killed by then: `processes.ts`, imported above, listens first.
process.on('exit', () => {
	for (const folder of folders) rmSync(folder, REMOVAL);
});

/**
 * @param prefix of its name
 * @param owner the user of this script unless given
 */
export async function makeTemporaryFolder(
	prefix: string,
	owner?: { uid: number; gid: number },
): Promise<{ path: string; remove: () => Promise<void> }> {
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
