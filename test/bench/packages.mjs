// What n8n has to load at its start, and what has to be fetched before: this package beside three others from the npm registry. Rule: each is loaded in a
// process of its own that has what n8n has loaded by then, `n8n-workflow`, and nothing else.
import { mkdir, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { unpack } from '../../scripts/lib/packing.mjs';
import { ROOT, RUNTIME } from '../../scripts/lib/paths.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { step } from '../../scripts/lib/steps.mjs';
import { makeTemporaryFolder } from '../../scripts/lib/temporary.mjs';
import { median, shown } from './figures.mjs';

const FOLDER = join(RUNTIME, 'bench', 'packages');
const BYTES_PER_KB = 1_000;
const GOALS = { requireMs: 50, unpackedKb: 200 };
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

/** @typedef {import('./bench.mjs').Bench} Bench */

/** @param {string} folder @returns {Promise<number>} */
async function bytesIn(folder) {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const sizes = await Promise.all(entries.filter((entry) => entry.isFile()).map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
	return sizes.reduce((sum, size) => sum + size, 0);
}

/** @param {string} home a folder with `node_modules` @param {string} name of the package @param {number} times */
async function loadMs(home, name, times) {
	const folder = join(home, 'node_modules', name);
	const { n8n } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const files = [...n8n.nodes, ...n8n.credentials];
	const samples = [];
	for (let sample = 0; sample < times; sample++) samples.push(Number(await run(process.execPath, ['--eval', LOAD, folder, ...files], { cwd: home })));
	return median(samples);
}

/** @param {string} home @param {readonly string[]} names of packages that are taken from this repository */
async function link(home, names) {
	await mkdir(join(home, 'node_modules'), { recursive: true });
	for (const name of names) {
		await rm(join(home, 'node_modules', name), { recursive: true, force: true });
		await symlink(join(ROOT, 'node_modules', name), join(home, 'node_modules', name), 'junction');
	}
}

/** Downloads a package as npm has it. @param {string} name @param {string} version @returns {Promise<string>} path of the tarball */
async function fetchTarball(name, version) {
	await run('npm', ['pack', `${name}@${version}`, '--pack-destination', FOLDER], { cwd: FOLDER });
	return join(FOLDER, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
}

/** @param {Bench} bench @returns {Promise<import('./figures.mjs').Comparison>} */
export async function comparePackages({ tarball, packageName, sizes: { packages: { times } } }) {
	/** @param {string} who @param {boolean} isOurs @param {string} file the tarball @param {string} home where it is installed @param {string} name */
	const measure = async (who, isOurs, file, home, name) =>
		await step(`Load ${who}`, async (note) => {
			const unpacked = await makeTemporaryFolder('akool-package-');
			await unpack(file, unpacked.path);
			const figures = {
				requireMs: await loadMs(home, name, times),
				packedKb: (await stat(file)).size / BYTES_PER_KB,
				unpackedKb: (await bytesIn(unpacked.path)) / BYTES_PER_KB,
			};
			await unpacked.remove();
			note(`${shown(figures.requireMs, 0)} ms`);
			return { who, isOurs, figures };
		});

	const own = await makeTemporaryFolder('akool-package-');
	await unpack(tarball, join(own.path, 'node_modules', packageName));
	await link(own.path, GIVEN_BY_N8N);
	const ours = await measure('this package', true, tarball, own.path, packageName);
	await own.remove();

	await mkdir(FOLDER, { recursive: true });
	await step('Three other packages from the npm registry', async () => {
		const wanted = OTHERS.map(({ name, version }) => `${name}@${version}`);
		await run('npm', ['install', '--prefix', FOLDER, '--no-save', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', ...wanted], { cwd: FOLDER });
		await link(FOLDER, ['n8n-workflow']);
	});
	const rows = [ours];
	for (const { name, version } of OTHERS) rows.push(await measure(`${name} ${version}`, false, await fetchTarball(name, version), FOLDER, name));
	return {
		name: 'packages',
		title: 'Loading the package',
		about: `The median of ${times} new processes, each of which has loaded n8n-workflow before.`,
		columns: [
			{ key: 'requireMs', title: 'Time to load, ms', digits: 0 },
			{ key: 'packedKb', title: 'Packed, kB', digits: 0 },
			{ key: 'unpackedKb', title: 'Unpacked, kB', digits: 0 },
		],
		rows,
		goals: [
			{ what: 'Time to load, ms', value: ours.figures.requireMs, atMost: GOALS.requireMs, digits: 0 },
			{ what: 'Unpacked, kB', value: ours.figures.unpackedKb, atMost: GOALS.unpackedKb, digits: 0 },
		],
	};
}
