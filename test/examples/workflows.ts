// Reads the example workflows and their pages as they are shipped.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';

export type ExampleNode = Pick<
	INode,
	'id' | 'name' | 'type' | 'typeVersion' | 'position' | 'parameters' | 'onError' | 'credentials'
>;
export type Target = { node: string; type: string; index: number };
export interface Example {
	name: string;
	nodes: ExampleNode[];
	connections: Record<string, Record<string, Target[][]>>;
	settings: { executionOrder: string };
}
export type Link = Target & { from: string; output: number };

const ROOT = join(__dirname, '../..');
const FOLDER = join(ROOT, 'examples');
const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/** The names of all examples, without `.json`. */
export const EXAMPLES = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.replace(/\.json$/, ''));

/** The page that leads to the examples. */
export const EXAMPLES_INDEX = readFileSync(join(FOLDER, 'README.md'), 'utf8');

/** The table of examples that a reader meets first. */
export const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** @throws where the file is not JSON */
export function readExample(name: string): Example {
	return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
}

/** An example's own page. @throws where it has none */
export const pageOf = (name: string): string => readFileSync(join(FOLDER, `${name}.md`), 'utf8');

/** What the page links to, or shows, that is not there. @param page its text */
export function brokenLinksOf(page: string) {
	const files = [...page.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
		.map(([, file = '']) => file)
		.filter((file) => !/^(https?|mailto):/.test(file));
	return files.filter((file) => !existsSync(join(FOLDER, file)));
}

/** All connections of a workflow. */
export function linksOf({ connections }: Example): Link[] {
	return Object.entries(connections).flatMap(([from, kinds]) =>
		Object.values(kinds).flatMap((outputs) =>
			outputs.flatMap((targets, output) => targets.map((target) => ({ from, output, ...target }))),
		),
	);
}

export const isNote = ({ type }: ExampleNode) => type === STICKY_NOTE;

/** The text of an example's notes. */
export function notesOf({ nodes }: Example) {
	return nodes
		.filter(isNote)
		.map(({ parameters }) => String(parameters['content']))
		.join('\n');
}
