// What is kept of a scenario that failed: the error, what n8n printed meanwhile, the executions, what the Akool of the scenario saw, and the screen. Rules:
// it is gathered before anything is tidied up; what cannot be gathered is named there, and never hides the failure itself.
import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ROOT, RUNTIME } from '../../../scripts/lib/paths';
import { explain } from './explain';

const EVIDENCE = join(RUNTIME, 'evidence');
const LOGS = join(RUNTIME, 'logs');
const MOST_LETTERS = 80;

export type EvidenceWriter = (path: string) => Promise<void>;
/** Files that are written once a scenario has failed, by their names. */
export type Evidence = Record<string, EvidenceWriter>;

const slugOf = (title: string) => title.toLowerCase().replace(/\W+/g, '-').slice(0, MOST_LETTERS).replace(/^-|-$/g, '');

/** The folder of a run, as a person would type it. */
export const evidenceOf = (run: string) => relative(ROOT, join(EVIDENCE, run));

/** Forgets what was kept of the run before. */
export const clearEvidence = async (run: string) => await rm(join(EVIDENCE, run), { recursive: true, force: true });

export async function hasEvidence(run: string): Promise<boolean> {
	return (await readdir(join(EVIDENCE, run)).catch(() => [])).length > 0;
}

/** @returns the folder, from the root of the repository */
export async function keepEvidence(run: string, title: string, error: unknown, evidence: Evidence): Promise<string> {
	const folder = join(EVIDENCE, run, slugOf(title));
	await mkdir(folder, { recursive: true });
	const missing: string[] = [];
	await Promise.all(
		Object.entries(evidence).map(async ([name, write]) => {
			await write(join(folder, name)).catch((reason) => missing.push(`${name} is missing: ${explain(reason)}`));
		}),
	);
	await writeFile(join(folder, 'error.txt'), [title, explain(error), ...missing, ''].join('\n\n'));
	return relative(ROOT, folder);
}

/** Keeps all logs of an n8n that did not start. */
export async function keepLogs(run: string): Promise<string> {
	const folder = join(EVIDENCE, run, 'start');
	await mkdir(folder, { recursive: true });
	const logs = (await readdir(LOGS).catch(() => [])).filter((name) => name.startsWith(run));
	for (const name of logs) await copyFile(join(LOGS, name), join(folder, name));
	return relative(ROOT, folder);
}

/** @returns writes what has been added to a file since now */
export function addedTo(file: string): EvidenceWriter {
	const start = existsSync(file) ? statSync(file).size : 0;
	return async (path) => await pipeline(createReadStream(file, { start }), createWriteStream(path));
}

/** Writes something as JSON. */
export const asJson =
	(read: () => unknown): EvidenceWriter =>
	async (path) =>
		await writeFile(path, JSON.stringify(await read(), undefined, '\t'));
