// Holds what the pages say against what is there: links.
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

	it('links only to what is there', () => {
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
});
