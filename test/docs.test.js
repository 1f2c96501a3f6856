// Holds what the pages say against what is there: links, the picture of the house, and the titles of messages.
'use strict';

const { existsSync, readFileSync, readdirSync } = require('node:fs');
const { dirname, join, normalize } = require('node:path');
const { importsOf } = require('./house');
const { logSentences, titles } = require('./titles');

/** @typedef {readonly [from: string, to: string]} Arrow */

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
/** @param {string} text */
const headingsOfMessages = (text) => [...text.matchAll(/^### (.+)$/gm)].map(([, heading = '']) => heading);

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

/** @param {string} from @param {string} to @returns {Arrow} */
const arrow = (from, to) => [from, to];

describe('the picture of the house', () => {
	const text = page('docs/house.md');
	const drawing = /```mermaid\n(.*?)```/s.exec(text)?.[1] ?? '';
	/** The room of each box: the first line of its label. */
	const rooms = new Map([...drawing.matchAll(/(\w+)\["([^"<]+)/g)].map(([, box = '', room = '']) => [box, room]));
	/** @param {string} box */
	const roomOfBox = (box) => rooms.get(box) ?? `no box ${box}`;
	const arrows = [...drawing.matchAll(/(\w+) --> (\w+)/g)].map(([, from = '', to = '']) =>
		arrow(roomOfBox(from), roomOfBox(to)),
	);

	/** @param {string} file */
	const roomOfFile = (file) => (file.includes('/') ? (file.split('/')[0] ?? '') : `${file}.ts`);
	const nodeImports = [...importsOf('nodes/AkoolImageToVideo')].flatMap(([file, { files }]) =>
		files.map((target) => arrow(roomOfFile(file), roomOfFile(target))),
	);
	const credentialImports = [...importsOf('credentials')].flatMap(([, { files }]) =>
		files.map((target) => arrow('credentials', roomOfFile(target.replace(/^.*AkoolImageToVideo\//, '')))),
	);
	const imports = [...nodeImports, ...credentialImports].filter(([from, to]) => from !== to);

	/** Whether the arrows lead from one room to another, over others or not. @param {readonly Arrow[]} ways @param {string} from @param {string} to @returns {boolean} */
	function leads(ways, from, to) {
		return ways.some(([start, end]) => start === from && (end === to || leads(ways, end, to)));
	}

	it('has a box for each room, and no other', () => {
		expect(new Set(rooms.values())).toEqual(new Set(imports.flat()));
	});

	it('has an arrow only where something is imported', () => {
		expect(arrows.filter(([from, to]) => !imports.some(([start, end]) => start === from && end === to))).toEqual([]);
	});

	it('shows a way for everything that is imported', () => {
		expect(imports.filter(([from, to]) => !leads(arrows, from, to))).toEqual([]);
	});

	it('has no arrow that the others say already', () => {
		const idle = arrows.filter((one) =>
			leads(
				arrows.filter((other) => other !== one),
				one[0],
				one[1],
			),
		);
		expect(idle).toEqual([]);
	});

	it('has a row for each room that is a folder', () => {
		const folders = [...rooms.values()].filter((room) => !room.endsWith('.ts'));
		expect(folders.filter((room) => !text.includes(`| [${room}](`))).toEqual([]);
	});
});

describe('the page about messages', () => {
	const text = page('docs/troubleshooting.md');
	const inTable = [...text.matchAll(/^\| \*(.+?)\* \|/gm)].map(([, sentence = '']) => sentence);

	it('has every title that the code can show, and no other', () => {
		expect(headingsOfMessages(text).sort()).toEqual(titles().sort());
	});

	it('has every sentence that the log says about calls, and no other', () => {
		expect(inTable.sort()).toEqual(logSentences().sort());
	});
});

describe('the README about messages', () => {
	const section = /^## Troubleshooting\n(.*?)^## /ms.exec(page('README.md'))?.[1] ?? '';
	const told = [...section.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell = '']) =>
		[...cell.matchAll(/\*([^*]+)\*/g)].map(([, title = '']) => title),
	);

	it('tells only of messages that there are', () => {
		expect(told).not.toHaveLength(0);
		expect(told.filter((title) => !titles().includes(title))).toEqual([]);
	});
});
