// Reads the example workflows and their pages as they are shipped.
'use strict';

const { existsSync, readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

/**
 * @typedef {Pick<import('n8n-workflow').INode, 'id' | 'name' | 'type' | 'typeVersion' | 'position' | 'parameters' | 'onError' | 'credentials'>} ExampleNode
 * @typedef {{ node: string, type: string, index: number }} Target
 * @typedef {object} Example
 * @property {string} name
 * @property {ExampleNode[]} nodes
 * @property {Record<string, Record<string, Target[][]>>} connections by the name of the node, then by the kind of the connection: the targets of each output
 * @property {{ executionOrder: string }} settings
 * @typedef {Target & { from: string, output: number }} Link
 */

const ROOT = join(__dirname, '../..');
const FOLDER = join(ROOT, 'examples');
const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/** The names of all examples, without `.json`. */
const EXAMPLES = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.replace(/\.json$/, ''));

/** The page that leads to the examples. */
const EXAMPLES_INDEX = readFileSync(join(FOLDER, 'README.md'), 'utf8');

/** The table of examples that a reader meets first. */
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** @param {string} name @returns {Example} @throws where the file is not JSON */
function readExample(name) {
	return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
}

/** An example's own page. @param {string} name @returns {string} @throws where it has none */
const pageOf = (name) => readFileSync(join(FOLDER, `${name}.md`), 'utf8');

/** What the page links to, or shows, that is not there. @param {string} page its text */
function brokenLinksOf(page) {
	const files = [...page.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
		.map(([, file = '']) => file)
		.filter((file) => !/^(https?|mailto):/.test(file));
	return files.filter((file) => !existsSync(join(FOLDER, file)));
}

/** All connections of a workflow. @param {Example} example @returns {Link[]} */
function linksOf({ connections }) {
	return Object.entries(connections).flatMap(([from, kinds]) =>
		Object.values(kinds).flatMap((outputs) =>
			outputs.flatMap((targets, output) => targets.map((target) => ({ from, output, ...target }))),
		),
	);
}

/** @param {ExampleNode} node */
const isNote = ({ type }) => type === STICKY_NOTE;

/** The text of an example's notes. @param {Example} example */
function notesOf({ nodes }) {
	return nodes
		.filter(isNote)
		.map(({ parameters }) => String(parameters['content']))
		.join('\n');
}

module.exports = { EXAMPLES, EXAMPLES_INDEX, README, brokenLinksOf, isNote, linksOf, notesOf, pageOf, readExample };
