// Checks what the pages name: links, files, scripts, and on the pages for developers also the names in the sources.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const ROOT = join(__dirname, '../..');
const PAGES = [
	'README.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	'examples/README.md',
	...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.md'))
		.map((file) => `docs/${file}`),
];
const page = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const FOLDERS = ['nodes', 'credentials', 'test', 'scripts', 'bench', 'docs', 'examples', '.github', '.vscode'];
const FILES = [
	...readdirSync(ROOT),
	...FOLDERS.flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
	),
];
const { scripts }: { scripts: Record<string, string> } = JSON.parse(page('package.json'));
/** Where every name in code is one of this repository's own. */
const PAGES_WITH_OWN_NAMES = ['docs/dev/architecture.md', 'docs/dev/sandbox.md'];
const SOURCES = FILES.filter((file) => /^(nodes|credentials|test)\/.*\.ts$/.test(file))
	.map(page)
	.join('\n');

/** What the page sets in code, in a line of text. */
const codeIn = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

/** The files and folders that a piece of code names; `<name>` stands for any name. */
const pathsIn = (code: string) =>
	code
		.split(' ')
		.filter((word) =>
			/^(?:(?:nodes|test|scripts|bench|docs)\/[\w./<>-]+|[\w.<>/-]+\.(?:ts|mjs|md|json|yml))$/.test(word),
		);

function isThere(path: string) {
	const pattern = path
		.replace(/\/$/, '')
		.split(/<\w+>/)
		.map((part) => part.replaceAll('.', '\\.'))
		.join('[\\w]+');
	return FILES.some((file) => new RegExp(`(^|/)${pattern}$`).test(file));
}

const headings = (text: string) => [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading);

/** How GitHub addresses a heading. */
function anchorOf(heading: string) {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N} _-]/gu, '')
		.replaceAll(' ', '-');
}

describe.each(PAGES)('the page %s', (path) => {
	const text = page(path);

	it('links only to existing targets', () => {
		const links = [...text.matchAll(/\]\(([^)\s]+)\)|<img\s[^>]*?src="([^"]*)"/g)]
			.map(([, link, image]) => link ?? image ?? '')
			.filter((link) => !/^(https?|mailto):/.test(link));
		const broken = links.filter((link) => {
			const [file = '', anchor] = link.split('#');
			const target = file === '' ? path : normalize(join(dirname(path), file));
			if (!existsSync(join(ROOT, target))) return true;
			return anchor !== undefined && !headings(page(target)).map(anchorOf).includes(anchor);
		});
		expect(broken).toEqual([]);
	});

	it('names only existing files and scripts', () => {
		const missing = codeIn(text)
			.flatMap(pathsIn)
			.filter((name) => !isThere(name));
		const unknown = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
		expect([missing, unknown.filter((name) => !(name in scripts))]).toEqual([[], []]);
	});
});

test.each(PAGES_WITH_OWN_NAMES)('the page %s uses only names that the sources have', (path) => {
	const names = codeIn(page(path)).filter((code) => /^[a-z]+[A-Z]\w*$/.test(code));
	expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(SOURCES))).toEqual([]);
});
