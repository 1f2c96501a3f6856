// Holds what GitHub reads of this repository against what is there: workflows, forms, updates. Rule: what cannot be run here is at least understood here.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { validateWorkflow } from '@action-validator/core';
import { parseDocument } from 'yaml';
import manifest from '../../package.json';

type Step = { name?: string; uses?: string; run?: string; with?: Record<string, unknown> };
type Job = { permissions?: Record<string, string>; strategy?: { matrix: Record<string, unknown[]> }; steps: Step[] };
type Workflow = { on: Record<string, unknown>; permissions?: Record<string, string>; jobs: Record<string, Job> };
type Field = { type: string; id?: string; attributes: { label?: string; value?: string; options?: string[] } };
type Form = { name: string; description: string; body: Field[] };
type Update = { 'package-ecosystem': string; directory: string; ignore?: { 'dependency-name': string }[] };
type Updates = { version: number; updates: Update[] };

const ROOT = join(__dirname, '../..');
const GITHUB = join(ROOT, '.github');
const WORKFLOWS = readdirSync(join(GITHUB, 'workflows'));
const FORMS = readdirSync(join(GITHUB, 'ISSUE_TEMPLATE')).filter((file) => file !== 'config.yml');
const YAML_FILES = [
	'dependabot.yml',
	'ISSUE_TEMPLATE/config.yml',
	...FORMS.map((file) => `ISSUE_TEMPLATE/${file}`),
	...WORKFLOWS.map((file) => `workflows/${file}`),
];

/** @param file in `.github` */
const textOf = (file: string) => readFileSync(join(GITHUB, file), 'utf8');
/** @param file in `.github` @throws {Error} where it is no YAML */
function contentOf<Content>(file: string): Content {
	const document = parseDocument(textOf(file));
	if (document.errors.length > 0) throw new Error(`${file}: ${document.errors.join('; ')}`);
	return document.toJS();
}
/** @param file in `.github/workflows` */
const workflow = (file: string): Workflow => contentOf(`workflows/${file}`);
const jobsOf = ({ jobs }: Workflow) => Object.values(jobs);
const stepsOf = (given: Workflow) => jobsOf(given).flatMap(({ steps }) => steps);
const commandsOf = (steps: readonly Step[]) => steps.flatMap(({ run }) => (run === undefined ? [] : [run]));

describe.each(YAML_FILES)('.github/%s', (file) => {
	it('is YAML', () => {
		expect(contentOf(file)).toBeInstanceOf(Object);
	});

	it('leads to no repository by its address, which may change', () => {
		expect(textOf(file)).not.toMatch(/https:\/\/github\.com\//);
	});
});

describe.each(WORKFLOWS)('the workflow %s', (file) => {
	it('is one that GitHub takes', () => {
		expect(validateWorkflow(textOf(`workflows/${file}`)).errors).toEqual([]);
	});

	it('runs only scripts that package.json has', () => {
		const scripts = commandsOf(stepsOf(workflow(file))).flatMap((command) =>
			[...command.matchAll(/npm (?:run ([\w:-]+)|(test)\b)/g)].map(([, script, test]) => script ?? test),
		);
		expect(scripts).not.toHaveLength(0);
		expect(scripts.filter((script) => script === undefined || !(script in manifest.scripts))).toEqual([]);
	});

	it('installs in the way that takes a lockfile without the binaries of other systems', () => {
		const installs = jobsOf(workflow(file)).map(({ steps }) =>
			commandsOf(steps).filter((command) => /npm (ci|i|install)\b/.test(command)),
		);
		expect(installs).toEqual(installs.map(() => ['npm install']));
	});

	it('uses only what GitHub itself maintains, and leaves no key in the clone', () => {
		const used = stepsOf(workflow(file)).flatMap((step) =>
			step.uses === undefined ? [] : [{ ...step, uses: step.uses }],
		);
		expect(used.filter(({ uses }) => !/^actions\/[\w-]+@v\d+$/.test(uses))).toEqual([]);
		const clones = used.filter(({ uses }) => uses.startsWith('actions/checkout@'));
		expect(clones.map((step) => step.with?.['persist-credentials'])).toEqual(jobsOf(workflow(file)).map(() => false));
	});
});

describe('the checks of every change', () => {
	const { on, permissions, jobs } = workflow('ci.yml');

	it('may read, and no more', () => {
		expect(permissions).toEqual({ contents: 'read' });
		expect(Object.values(jobs).filter((job) => job.permissions !== undefined)).toEqual([]);
		expect(Object.keys(on)).toEqual(['push', 'pull_request']);
	});

	it('run on the oldest Node.js that the package takes, and on the newer long-term lines', () => {
		const oldest = Number.parseInt(manifest.engines.node.replace('>=', ''), 10);
		expect(jobs['test']?.strategy?.matrix['node']).toEqual([oldest, oldest + 2, oldest + 4]);
	});

	it('are the tests, n8n’s scan, the demo, and n8n in both shapes and in its oldest release', () => {
		const commands = Object.values(jobs).flatMap(({ steps }) => commandsOf(steps));
		expect(commands).toEqual(expect.arrayContaining(['npm test', 'npm run scan', 'npm run demo -- --once']));
		const [target, oldest] = [
			...readFileSync(join(ROOT, 'scripts/lib/n8nVersions.ts'), 'utf8').matchAll(/_N8N = '([\d.]+)'/g),
		].map(([, version]) => version);
		expect(jobs['e2e']?.strategy?.matrix['n8n']).toEqual([
			expect.objectContaining({ options: '', folder: `n8n-${target}` }),
			expect.objectContaining({ options: '--queue', folder: `n8n-${target}` }),
			expect.objectContaining({ options: `--n8n ${oldest}`, folder: `n8n-${oldest}` }),
		]);
	});
});

describe('the publishing', () => {
	const publishing = workflow('publish.yml');
	const [job] = jobsOf(publishing);
	const commands = commandsOf(job?.steps ?? []);

	it('starts with a release, and with nothing else', () => {
		expect(publishing.on).toEqual({ release: { types: ['published'] } });
	});

	it('may sign where the package comes from, in the one job that publishes', () => {
		expect(jobsOf(publishing)).toHaveLength(1);
		expect(publishing.permissions).toEqual({});
		expect(job?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
	});

	it('scans and tests before it publishes, with provenance, though install scripts are off', () => {
		expect(commands.at(-1)).toBe('npm publish --provenance --access public --ignore-scripts=false');
		expect(commands.indexOf('npm run scan')).toBeGreaterThan(commands.indexOf('npm install'));
		expect(manifest.scripts.prepublishOnly).toBe('node scripts/run.mjs publishCheck && npm test');
		expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true });
	});

	it('keeps no token', () => {
		expect(textOf('workflows/publish.yml')).not.toMatch(/secrets\.|_TOKEN/);
	});
});

describe.each(FORMS)('the form %s', (file) => {
	const { name, description, body } = contentOf<Form>(`ISSUE_TEMPLATE/${file}`);
	const fields = body.filter(({ type }) => type !== 'markdown');

	it('has a name and says what it is for', () => {
		expect(name).toMatch(/\S/);
		expect(description).toMatch(/\S/);
	});

	it('has fields of the kinds that GitHub knows, each with a label and an ID of its own', () => {
		expect(
			body.filter(({ type }) => !['markdown', 'input', 'textarea', 'dropdown', 'checkboxes'].includes(type)),
		).toEqual([]);
		expect(fields.filter(({ id, attributes }) => !/^[\w-]+$/.test(id ?? '') || !attributes.label)).toEqual([]);
		expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
		expect(new Set(fields.map(({ attributes }) => attributes.label)).size).toBe(fields.length);
	});

	it('offers choices that are texts, each once, and none that GitHub keeps for itself', () => {
		for (const { attributes } of fields.filter(({ type }) => type === 'dropdown')) {
			const options = attributes.options ?? [];
			expect(options).not.toHaveLength(0);
			expect(options.filter((option) => typeof option !== 'string' || option.toLowerCase() === 'none')).toEqual([]);
			expect(new Set(options).size).toBe(options.length);
		}
	});
});

describe('the form for what does not work', () => {
	const { body } = contentOf<Form>('ISSUE_TEMPLATE/bug.yml');
	const optionsOf = (id: string) => body.find((field) => field.id === id)?.attributes.options ?? [];

	it('names the operations and wait modes as the node does', () => {
		const source = readFileSync(join(ROOT, 'README.md'), 'utf8');
		const operations = optionsOf('part')
			.filter((option) => option.includes(': '))
			.map((option) => option.split(': ')[1] ?? '');
		const modes = optionsOf('waiting').slice(0, 3);
		expect([...operations, ...modes].filter((name) => !source.includes(`**${name}**`))).toEqual([]);
		expect(operations).toHaveLength(9);
	});
});

describe('the updates', () => {
	const { version, updates } = contentOf<Updates>('dependabot.yml');

	it('cover the development dependencies and the actions', () => {
		expect(version).toBe(2);
		expect(updates.map((update) => [update['package-ecosystem'], update.directory])).toEqual([
			['npm', '/'],
			['github-actions', '/'],
		]);
	});

	it('leave alone only what is there', () => {
		const ignored = updates.flatMap(({ ignore = [] }) => ignore.map((entry) => entry['dependency-name']));
		expect(ignored.filter((name) => !(name in manifest.devDependencies))).toEqual([]);
	});
});
