import { MESSAGES } from './table';
import { messagePage } from '../../scripts/lib/messagePage';

const FORBIDDEN = /\b(error|problem|failure|mistake)\b/i;

const examples = Object.entries(MESSAGES).flatMap(([subject, entries]) =>
	Object.entries(entries).map(([name, entry]) => [`${subject}: ${name}`, entry.example()] as const),
);
const titled = examples.flatMap(([name, text]) => (typeof text === 'string' ? [] : [[name, text] as const]));

describe('the table of messages', () => {
	it.each(titled)('says in %s what happened and what to do, following n8n’s guidelines', (_, message) => {
		expect(message.title).not.toMatch(FORBIDDEN);
		expect(message.title).not.toMatch(/[.!]$/);
		expect(message.description).not.toBe('');
	});

	it('is written completely to the page of all messages', () => {
		const page = messagePage(MESSAGES);
		for (const [, text] of examples) {
			const lines = typeof text === 'string' ? text.split('\n') : [text.title, ...text.description.split('\n')];
			for (const line of lines) expect(page).toContain(line.trim());
		}
	});
});
