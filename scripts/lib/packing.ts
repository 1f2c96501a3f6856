// Owns the package as users get it: the tarball that would be published, and its contents laid out. Rule: demo and tests load what came out of the
// tarball, never the working tree.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, RUNTIME } from './paths';
import { run } from './run';

const FOLDER = join(RUNTIME, 'pack');

export const readManifest = async (): Promise<{
	name: string;
	version: string;
	n8n: { nodes: string[]; credentials: string[] };
}> => JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));

export interface Packed {
	/** path of the tarball */
	tarball: string;
	unpackedBytes: number;
	/** paths in the package */
	files: string[];
}

/**
 * Packs what is built; npm says what went in.
 * @param cwd where the package is
 * @param folder for the tarball; it is emptied first
 */
export async function packIn(cwd: string, folder: string): Promise<Packed> {
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	const said = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd });
	const [{ filename, unpackedSize, files }]: [{ filename: string; unpackedSize: number; files: { path: string }[] }] =
		JSON.parse(said);
	return { tarball: join(folder, filename), unpackedBytes: unpackedSize, files: files.map(({ path }) => path) };
}

/** Packs this repository. */
export const pack = async () => await packIn(ROOT, FOLDER);

/** @param folder made if missing */
export async function unpack(tarball: string, folder: string) {
	await mkdir(folder, { recursive: true });
	await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', folder]);
}

/** Where an n8n with that user folder finds this package among the community packages when it starts. */
export async function packageFolderIn(userFolder: string): Promise<string> {
	const { name } = await readManifest();
	return join(userFolder, '.n8n', 'nodes', 'node_modules', name);
}

/**
 * Lays the package there.
 * @returns the folder of the package
 */
export async function installIntoUserFolder(tarball: string, userFolder: string): Promise<string> {
	const folder = await packageFolderIn(userFolder);
	await unpack(tarball, folder);
	return folder;
}
