// Holds what the pages say against what is there: links.
'use strict';

const { existsSync, readFileSync, readdirSync } = require('node:fs');
const { dirname, join, normalize } = require('node:path');

const ROOT = dirname(__dirname);
const PAGES = [
	'README.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	'examples/README.md',
	...readdirSync(join(ROOT, 'docs'))
		.filter((file) => file.endsWith('.md'))
		.map((file) => `docs/${file}`),
];
/** @param {string} path */
const page = (path) => readFileSync(join(ROOT, path), 'utf8');

/** @param {string} text */
const headings = (text) => [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading);

/** How GitHub addresses a heading. @param {string} heading */
function anchorOf(heading) {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N} _-]/gu, '')
		.replaceAll(' ', '-');
}

describe.each(PAGES)('the page %s', (path) => {
	const text = page(path);

	it('links only to what is there', () => {
		const links = [...text.matchAll(/\]\(([^)\s]+)\)|<img\s[^>]*?src="([^"]*)"/g)]
			.map(([, link, picture]) => link ?? picture ?? '')
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
