import { NodeHelpers, type INodeTypeDescription } from 'n8n-workflow';

import { AkoolImageToVideo } from '../../nodes/AkoolImageToVideo/AkoolImageToVideo.node';
import { AkoolImageToVideoTrigger } from '../../nodes/AkoolImageToVideo/AkoolImageToVideoTrigger.node';
import { SHIPPED_IMAGE_URL } from '../e2e/driver/examples';
import n8nNodes from './n8nNodes.json';
import {
	EXAMPLES,
	EXAMPLES_INDEX,
	README,
	brokenLinksOf,
	isNote,
	linksOf,
	notesOf,
	pageOf,
	readExample,
	type ExampleNode,
} from './workflows';

interface KnownNode {
	version: number;
	parameters: string[];
}

const ACTION = new AkoolImageToVideo().description;
const OWN_NODES: Record<string, INodeTypeDescription> = {
	'n8n-nodes-akool.akoolImageToVideo': ACTION,
	'n8n-nodes-akool.akoolImageToVideoTool': ACTION,
	'n8n-nodes-akool.akoolImageToVideoTrigger': new AkoolImageToVideoTrigger().description,
};
/** What n8n adds to a node that an agent uses as its tool. */
const TOOL_PARAMETERS = ['descriptionType', 'toolDescription'];
/** What the examples use of n8n's own nodes; an end-to-end scenario holds it against n8n itself. */
const N8N_NODES: Record<string, KnownNode> = n8nNodes;

const SHIPPED_FOLDER = '/home/node/.n8n-files/';
const WRITES_FILES = 'n8n-nodes-base.readWriteFile';
/** How large n8n draws a node with its name. */
const NODE_SIZE = { width: 100, height: 140 };

interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

function outputsOf(node: ExampleNode): number {
	if (isNote(node)) return 0;
	return node.type === 'n8n-nodes-base.if' || node.onError === 'continueErrorOutput' ? 2 : 1;
}

function inputsOf({ parameters }: ExampleNode): number {
	return Number(parameters.numberInputs ?? 1);
}

function boxOf(node: ExampleNode): Box {
	const [x, y] = node.position;
	const { width, height } = isNote(node) ? node.parameters : NODE_SIZE;
	return { x, y, width: Number(width), height: Number(height) };
}

function overlaps(one: Box, other: Box): boolean {
	return (
		one.x < other.x + other.width &&
		other.x < one.x + one.width &&
		one.y < other.y + other.height &&
		other.y < one.y + one.height
	);
}

function isStart({ type }: ExampleNode): boolean {
	return type.endsWith('Trigger');
}

function ownParameters({ parameters }: ExampleNode): ExampleNode['parameters'] {
	return Object.fromEntries(Object.entries(parameters).filter(([name]) => !TOOL_PARAMETERS.includes(name)));
}

const OWN = EXAMPLES.flatMap((example) =>
	readExample(example).nodes.flatMap((node): Array<[string, ExampleNode, INodeTypeDescription]> => {
		const description = OWN_NODES[node.type];
		return description === undefined ? [] : [[`${example}: ${node.name}`, node, description]];
	}),
);

describe.each(EXAMPLES)('the example %s', (name) => {
	const example = readExample(name);
	const { nodes } = example;
	const links = linksOf(example);
	const notes = notesOf(example);

	it('has unique node names and IDs, and holds no credential', () => {
		expect(new Set(nodes.map((node) => node.name)).size).toBe(nodes.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		expect(nodes.filter((node) => node.credentials !== undefined)).toEqual([]);
		expect(example.settings.executionOrder).toBe('v1');
	});

	it('uses only nodes of n8n and of this package', () => {
		const unknown = nodes.filter(({ type, typeVersion }) =>
			type in OWN_NODES ? typeVersion !== 1 : N8N_NODES[type]?.version !== typeVersion,
		);
		expect(unknown.map(({ type, typeVersion }) => `${type} ${typeVersion}`)).toEqual([]);
		expect(nodes.some(({ type }) => type in OWN_NODES)).toBe(true);
	});

	it('sets only parameters that n8n’s own nodes have', () => {
		const unknown = nodes.flatMap(({ type, parameters }) =>
			Object.keys(parameters).filter(
				(parameter) => !(type in OWN_NODES) && N8N_NODES[type]?.parameters.includes(parameter) !== true,
			),
		);
		expect(unknown).toEqual([]);
	});

	it('connects existing nodes by existing outputs', () => {
		const byName = new Map(nodes.map((node) => [node.name, node]));
		for (const { from, output, node, index } of links) {
			const source = byName.get(from);
			expect([from, source !== undefined && output < outputsOf(source)]).toEqual([from, true]);
			const target = byName.get(node);
			expect([node, target !== undefined && index < inputsOf(target)]).toEqual([node, true]);
		}
	});

	it('leaves no node unconnected', () => {
		const reached = new Set(links.map(({ node }) => node));
		const helpers = new Set(links.filter(({ type }) => type !== 'main').map(({ from }) => from));
		const lonely = nodes.filter(
			(node) => !isNote(node) && !isStart(node) && !reached.has(node.name) && !helpers.has(node.name),
		);
		expect(lonely.map((node) => node.name)).toEqual([]);
	});

	it('refers only to existing nodes in its expressions', () => {
		const named = [...JSON.stringify(nodes).matchAll(/\$\('([^']+)'\)/g)].map(([, node]) => node);
		expect(named.filter((node) => !nodes.some(({ name: other }) => other === node))).toEqual([]);
	});

	it('says in its note what to fill in: each Akool node, each folder, each credential', () => {
		const toFillIn = nodes.filter(
			({ type }) =>
				type in OWN_NODES || type === WRITES_FILES || type === 'n8n-nodes-base.s3' || type.includes('lmChat'),
		);
		expect(toFillIn.filter((node) => !notes.includes(`**${node.name}**`)).map((node) => node.name)).toEqual([]);
	});

	it('has placeholders that are easy to recognize', () => {
		const addresses = JSON.stringify(nodes).match(/https?:\/\/[^\s"'`*\\<]+[\w/]/g) ?? [];
		expect(addresses.filter((address) => address !== SHIPPED_IMAGE_URL && address !== 'https://')).toEqual([]);
		const folders = nodes
			.filter(({ type }) => type === WRITES_FILES)
			.map(({ parameters }) => String(parameters.fileName).replace(/^=/, ''));
		expect(folders.filter((folder) => !folder.startsWith(SHIPPED_FOLDER))).toEqual([]);
	});

	it('places no node on top of another', () => {
		const covered = nodes.flatMap((node, index) =>
			nodes
				.slice(index + 1)
				.filter((other) => overlaps(boxOf(node), boxOf(other)))
				.map((other) => [node.name, other.name]),
		);
		expect(covered).toEqual([]);
	});

	it('is listed in the README', () => {
		expect(README).toMatch(new RegExp(`^- \\[[^\\]]+\\]\\(examples/${name}\\.json\\): .+`, 'm'));
	});

	it('is listed on the page of all examples', () => {
		expect(EXAMPLES_INDEX).toContain(`\n## ${example.name}\n`);
		expect(EXAMPLES_INDEX).toContain(`(${name}.md)`);
		expect(EXAMPLES_INDEX).toContain(`(${name}.json)`);
	});

	it('has a page with its image, what it does, what to fill in and what it costs', () => {
		const page = pageOf(name);
		expect(page).toMatch(new RegExp(`^# ${example.name}\n`));
		expect(page).toContain(`(images/${name}.png)`);
		expect(page).toContain(`(${name}.json)`);
		expect(page.match(/^## .+$/gm)).toEqual(
			expect.arrayContaining(['## What it does', '## What to fill in', '## What it costs']),
		);
		expect(brokenLinksOf(page)).toEqual([]);
	});

	it('refers only to existing nodes on its page', () => {
		const section = /^## What to fill in\n(.*?)^## /ms.exec(pageOf(name))?.[1] ?? '';
		const toFillIn = nodes.filter(({ type }) => type in OWN_NODES || type === WRITES_FILES);
		expect(toFillIn.filter((node) => !section.includes(`**${node.name}**`)).map((node) => node.name)).toEqual([]);
	});
});

describe.each(OWN)('%s', (_, node, description) => {
	const given = ownParameters(node);
	const stored = { ...node, parameters: given };

	it('sets only fields that the node shows with these values', () => {
		const known = NodeHelpers.getNodeParameters(description.properties, given, true, false, stored, description);
		expect(known).toMatchObject(given);
	});

	it('sets only options that the node has', () => {
		const collections = description.properties.filter(({ type, name }) => type === 'collection' && name === 'options');
		const offered = collections.flatMap(({ options }) => options ?? []).map((option) => option.name);
		expect(offered).toEqual(expect.arrayContaining(Object.keys(Object(given.options))));
	});

	it('chooses only from the lists of the node', () => {
		const fixedLists = description.properties.filter(
			({ type, typeOptions }) => type.toLowerCase().endsWith('options') && typeOptions?.loadOptionsMethod === undefined,
		);
		const wrong = Object.entries(given).filter(([name, value]) => {
			const lists = fixedLists.filter((property) => property.name === name);
			const offered = lists
				.flatMap(({ options }) => options ?? [])
				.map((option) => ('value' in option ? option.value : undefined));
			return lists.length > 0 && ![value].flat().every((choice) => offered.some((offer) => offer === choice));
		});
		expect(wrong).toEqual([]);
	});

	it('fills in every required field', () => {
		const all = NodeHelpers.getNodeParameters(description.properties, given, true, false, stored, description);
		expect(
			NodeHelpers.getNodeParametersIssues(description.properties, { ...stored, parameters: all ?? {} }, description),
		).toBeNull();
	});
});
