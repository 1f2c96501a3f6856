// Holds what GitHub does with this repository to three things: who may do what, that no token is kept, and which versions run. Rule: an action is
// taken by its commit, and only the one job that publishes may sign.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { validateWorkflow } from '@action-validator/core';
import { parse } from 'yaml';
import manifest from '../../package.json';
import { OLDEST_N8N, TARGET_N8N } from '../../scripts/lib/n8nVersions';

type Step = { uses?: string; run?: string; with?: Record<string, unknown> };
type Job = { permissions?: Record<string, string>; strategy?: { matrix: Record<string, unknown[]> }; steps: Step[] };
type Workflow = { on: Record<string, unknown>; permissions?: Record<string, string>; jobs: Record<string, Job> };
type Updates = { updates: { 'package-ecosystem': string; ignore?: { 'dependency-name': string }[] }[] };

const GITHUB = join(__dirname, '../../.github');
const WORKFLOWS = readdirSync(join(GITHUB, 'workflows'));
const READ_ONLY = { contents: 'read' };

const textOf = (file: string) => readFileSync(join(GITHUB, file), 'utf8');
const workflow = (file: string): Workflow => parse(textOf(`workflows/${file}`));
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);
const commandsOf = (given: Workflow) => stepsOf(given).flatMap(({ run }) => run ?? []);

describe.each(WORKFLOWS)('the workflow %s', (file) => {
	it('is valid for GitHub', () => {
		expect(validateWorkflow(textOf(`workflows/${file}`)).errors).toEqual([]);
	});

	it('pins each action to a commit, and uses only GitHub’s own', () => {
		const used = [...textOf(`workflows/${file}`).matchAll(/uses: (.*)/g)].map(([, action]) => action);
		expect(used).not.toHaveLength(0);
		expect(used.filter((action) => !/^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action ?? ''))).toEqual([]);
	});

	it('keeps no token, not even in the clone', () => {
		expect(textOf(`workflows/${file}`)).not.toMatch(/secrets\.|_TOKEN/);
		const clones = stepsOf(workflow(file)).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
		expect(clones.map((step) => step.with?.['persist-credentials'])).toEqual(clones.map(() => false));
	});

	it('installs what the lockfile says, and runs only existing scripts', () => {
		const commands = commandsOf(workflow(file));
		expect(commands.filter((command) => /\bnpm (i|install)\b/.test(command))).toEqual([]);
		expect(commands).toContain('npm ci');
		const scripts = commands.flatMap((command) =>
			[...command.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name]) => name),
		);
		expect(scripts.filter((name) => name === undefined || !(name in manifest.scripts))).toEqual([]);
	});
});

describe('the CI checks', () => {
	const { jobs } = workflow('ci.yml');

	it.each(WORKFLOWS.filter((file) => file !== 'publish.yml'))('have read permission only in %s', (file) => {
		expect(workflow(file).permissions).toEqual(READ_ONLY);
		expect(Object.values(workflow(file).jobs).filter(({ permissions }) => permissions !== undefined)).toEqual([]);
	});

	it('run for a pull request without secrets', () => {
		expect(Object.keys(workflow('ci.yml').on)).toEqual(['push', 'pull_request']);
	});

	it('run on the oldest supported Node.js and the newer long-term lines', () => {
		const oldest = Number.parseInt(manifest.engines.node.replace('>=', ''), 10);
		expect(jobs['test']?.strategy?.matrix['node']).toEqual([oldest, oldest + 2, oldest + 4]);
	});

	it('run in n8n in one process and in queue mode, in its oldest release, and weekly in the newest', () => {
		expect(jobs['e2e']?.strategy?.matrix['n8n']).toEqual([
			expect.objectContaining({ options: '', folder: `n8n-${TARGET_N8N}` }),
			expect.objectContaining({ options: '--queue', folder: `n8n-${TARGET_N8N}` }),
			expect.objectContaining({ options: `--n8n ${OLDEST_N8N}`, folder: `n8n-${OLDEST_N8N}` }),
		]);
		const newest = workflow('newest-n8n.yml');
		expect(commandsOf(newest)).toContain('npm run e2e -- --n8n latest');
		expect(newest.on).toHaveProperty('schedule');
	});

	it('check the signatures of the installed packages, and the package that users get', () => {
		const commands = commandsOf(workflow('ci.yml'));
		expect(commands).toEqual(expect.arrayContaining(['npm audit signatures', 'npm audit --omit=dev']));
	});
});

describe('the publishing workflow', () => {
	const publishing = workflow('publish.yml');
	const commands = commandsOf(publishing);

	it('starts with a release, and only the job that publishes may sign', () => {
		expect(publishing.on).toEqual({ release: { types: ['published'] } });
		expect(publishing.permissions).toEqual({});
		expect(Object.values(publishing.jobs).map(({ permissions }) => permissions)).toEqual([
			{ ...READ_ONLY, 'id-token': 'write' },
		]);
	});

	it('scans and tests before it publishes with provenance, with install scripts off', () => {
		expect(commands.at(-1)).toBe('npm publish --provenance --access public --ignore-scripts=false');
		expect(commands).toEqual(expect.arrayContaining(['npm ci', 'npm audit signatures', 'npm run scan']));
		expect(manifest.scripts.prepublishOnly).toBe('node scripts/run.mjs publishCheck && npm test');
		expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true });
	});
});

describe('the dependency updates', () => {
	const { updates }: Updates = parse(textOf('dependabot.yml'));

	it('cover development dependencies and actions, and ignore only existing ones', () => {
		expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions']);
		const ignored = updates.flatMap(({ ignore = [] }) => ignore.map((entry) => entry['dependency-name']));
		expect(ignored.filter((name) => !(name in manifest.devDependencies))).toEqual([]);
	});
});
