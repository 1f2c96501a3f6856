// The cost of loading a package at n8n's start, and its size: this package beside three others from the npm registry. Rule: each is loaded in a
// process of its own, by n8n's Node.js, that has what n8n has loaded by then, `n8n-workflow`, and nothing else, in rotation.
import { mkdir, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { unpack } from '../scripts/lib/packing';
import { ROOT, RUNTIME } from '../scripts/lib/paths';
import { run } from '../scripts/lib/run';
import { step } from '../scripts/lib/steps';
import { makeTemporaryFolder } from '../scripts/lib/temporary';
import { median, ratioTable, shown } from './figures';
import type { Comparison, Row } from './figures';
import type { Bench } from './bench';

const FOLDER = join(RUNTIME, 'bench', 'packages');
const BYTES_PER_KB = 1_000;
const GOALS = { requireMs: 150, unpackedKb: 400 };
/** Of this package; what others need beside them is installed with them. */
const GIVEN_BY_N8N = ['n8n-workflow', 'lodash'];
const OTHERS = [
	{ name: 'n8n-nodes-creatomate', version: '0.2.0' },
	{ name: '@blotato/n8n-nodes-blotato', version: '1.0.10' },
	{ name: '@mendable/n8n-nodes-firecrawl', version: '2.1.2' },
];
/** Loads a package's nodes and credentials as n8n does and prints how many milliseconds that took. */
const LOAD = `
	require('n8n-workflow');
	const { basename, join } = require('node:path');
	const [folder, ...files] = process.argv.slice(1);
	const started = performance.now();
	for (const file of files) new (require(join(folder, file))[basename(file).split('.')[0]])();
	console.log(performance.now() - started);`;

/** `root`: a folder with `node_modules` */
type Installed = { who: string; isOurs: boolean; tarball: string; root: string; name: string };

async function bytesIn(folder: string): Promise<number> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const sizes = await Promise.all(
		entries
			.filter((entry) => entry.isFile())
			.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
	);
	return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Loads a package once, in a new process.
 * @param node path of the Node.js
 */
async function loadMs(node: string, { root, name }: Installed) {
	const folder = join(root, 'node_modules', name);
	const { n8n } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	return Number(await run(node, ['--eval', LOAD, folder, ...n8n.nodes, ...n8n.credentials], { cwd: root }));
}

/** @param names of packages that are taken from this repository */
async function link(root: string, names: readonly string[]) {
	await mkdir(join(root, 'node_modules'), { recursive: true });
	for (const name of names) {
		await rm(join(root, 'node_modules', name), { recursive: true, force: true });
		await symlink(join(ROOT, 'node_modules', name), join(root, 'node_modules', name), 'junction');
	}
}

/**
 * Downloads a package as npm has it.
 * @returns path of the tarball
 */
async function fetchTarball(name: string, version: string): Promise<string> {
	await run('npm', ['pack', `${name}@${version}`, '--pack-destination', FOLDER], { cwd: FOLDER });
	return join(FOLDER, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
}

async function sizesOf({ tarball }: Installed) {
	const unpacked = await makeTemporaryFolder('akool-package-');
	await unpack(tarball, unpacked.path);
	const sizes = {
		packedKb: (await stat(tarball)).size / BYTES_PER_KB,
		unpackedKb: (await bytesIn(unpacked.path)) / BYTES_PER_KB,
	};
	await unpacked.remove();
	return sizes;
}

async function installOwn({ tarball, packageName, undo }: Bench): Promise<Installed> {
	const own = await makeTemporaryFolder('akool-package-');
	undo(own.remove);
	await unpack(tarball, join(own.path, 'node_modules', packageName));
	await link(own.path, GIVEN_BY_N8N);
	return { who: 'this package', isOurs: true, tarball, root: own.path, name: packageName };
}

async function installOthers(): Promise<Installed[]> {
	await mkdir(FOLDER, { recursive: true });
	return await step('Three other packages from the npm registry', async () => {
		const wanted = OTHERS.map(({ name, version }) => `${name}@${version}`);
		await run(
			'npm',
			[
				'install',
				'--prefix',
				FOLDER,
				'--no-save',
				'--ignore-scripts',
				'--legacy-peer-deps',
				'--no-audit',
				'--no-fund',
				...wanted,
			],
			{ cwd: FOLDER },
		);
		await link(FOLDER, ['n8n-workflow']);
		const installed = [];
		for (const { name, version } of OTHERS) {
			installed.push({
				who: `${name} ${version}`,
				isOurs: false,
				tarball: await fetchTarball(name, version),
				root: FOLDER,
				name,
			});
		}
		return installed;
	});
}

export async function comparePackages(bench: Bench): Promise<Comparison> {
	const {
		node,
		sizes: {
			packages: { times },
		},
	} = bench;
	const all = [await installOwn(bench), ...(await installOthers())];
	const samples: number[][] = all.map(() => []);
	await step(`Load ${all.length} packages, ${times} times each`, async (note) => {
		for (let time = 0; time < times; time++) {
			for (const [index, installed] of all.entries()) samples[index]?.push(await loadMs(node, installed));
		}
		note(samples.map((each) => `${shown(median(each), 0)} ms`).join(', '));
	});
	const rowOf = async (installed: Installed, index: number): Promise<Row> => ({
		who: installed.who,
		isOurs: installed.isOurs,
		figures: { requireMs: median(samples[index] ?? []), ...(await sizesOf(installed)) },
	});
	const rows = await Promise.all(all.map(rowOf));
	const [ours] = rows;
	if (ours === undefined) throw new Error('Nothing was measured.');
	return {
		name: 'packages',
		title: 'Loading the package',
		about: `The median of ${times} new processes of n8n’s Node.js, each of which has loaded n8n-workflow before. They run in rotation.`,
		...ratioTable(rows, ours, 'of this package', [
			{ key: 'requireMs', title: 'Time to load, ms' },
			{ key: 'packedKb', title: 'Packed, kB', digits: 0 },
			{ key: 'unpackedKb', title: 'Unpacked, kB', digits: 0 },
		]),
		goals: [
			{ what: 'Time to load, ms', value: ours.figures.requireMs, atMost: GOALS.requireMs, digits: 0 },
			{ what: 'Unpacked, kB', value: ours.figures.unpackedKb, atMost: GOALS.unpackedKb, digits: 0 },
		],
		summary: [
			`n8n loads the package in ${shown(ours.figures.requireMs, 0)} ms; unpacked it is ${shown(ours.figures.unpackedKb, 0)} kB.`,
		],
	};
}
