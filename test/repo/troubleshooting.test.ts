import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import escapeRegExp from 'lodash/escapeRegExp';

import { MESSAGES } from '../../nodes/AkoolImageToVideo/messages';

const PAGE = readFileSync(join(__dirname, '../../docs/troubleshooting.md'), 'utf8');

/** Every title that the nodes can show, with sample values. */
const TITLES = Object.values(MESSAGES)
	.flatMap((entries) => Object.values(entries).map((entry) => entry.example()))
	.flatMap((example) => (typeof example === 'string' ? [] : [example.title]));

/** The titles on the page, as patterns: … stands for a value. */
const TOLD = PAGE.split('\n')
	.filter((line) => line.startsWith('| *'))
	.flatMap((line) => [...(line.split(' | ')[0] ?? '').matchAll(/\*([^*]+)\*/g)].map(([, title = '']) => title));

const patternOf = (told: string): RegExp => new RegExp(`^${told.split('…').map(escapeRegExp).join('.+')}`);

describe('the page about messages', () => {
	it.each(TOLD)('tells of a message that there is: %s', (told) => {
		expect(TITLES.filter((title) => patternOf(told).test(title))).not.toEqual([]);
	});

	it('explains every refusal of the account', () => {
		const codes = Object.values(MESSAGES['codes'] ?? {}).flatMap((entry) => {
			const example = entry.example();
			return typeof example === 'string' ? [] : [example.title];
		});
		const unexplained = codes.filter((title) => !TOLD.some((told) => patternOf(told).test(title)));
		expect(unexplained).toEqual([]);
	});
});
