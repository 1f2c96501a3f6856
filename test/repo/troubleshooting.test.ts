import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import escapeRegExp from 'lodash/escapeRegExp';

import { MESSAGES } from '../messages/table';

const PAGE = readFileSync(join(__dirname, '../../docs/troubleshooting.md'), 'utf8');

/** Every title that the nodes can show, with sample values. */
const TITLES = Object.values(MESSAGES)
	.flatMap((entries) => Object.values(entries).map((entry) => entry.example()))
	.flatMap((example) => (typeof example === 'string' ? [] : [example.title]));

/** The titles on the page, as patterns: … stands for a value. */
const EXPLAINED = PAGE.split('\n')
	.filter((line) => line.startsWith('| *'))
	.flatMap((line) => [...(line.split(' | ')[0] ?? '').matchAll(/\*([^*]+)\*/g)].map(([, title = '']) => title));

const patternOf = (pattern: string): RegExp => new RegExp(`^${pattern.split('…').map(escapeRegExp).join('.+')}`);

describe('docs/troubleshooting.md', () => {
	it.each(EXPLAINED)('explains an existing message: %s', (pattern) => {
		expect(TITLES.filter((title) => patternOf(pattern).test(title))).not.toEqual([]);
	});

	it('explains every refusal of the account', () => {
		const codes = Object.values(MESSAGES['codes'] ?? {}).flatMap((entry) => {
			const example = entry.example();
			return typeof example === 'string' ? [] : [example.title];
		});
		const unexplained = codes.filter((title) => !EXPLAINED.some((pattern) => patternOf(pattern).test(title)));
		expect(unexplained).toEqual([]);
	});
});
