// Writes the page that shows every message of the package with sample values. Pure: table in, text out.
import type { MESSAGES } from '../../test/messages/table';

/** What a user reads, as quoted text: each line stays a line. */
const quoted = (text: string): string =>
	text
		.split('\n')
		.map((line) => `> ${line}`.trimEnd())
		.join('\n');

/** @param table of all messages, by subject */
export function messagePage(table: typeof MESSAGES): string {
	const subjects = Object.entries(table).map(([subject, entries]) => {
		const shown = Object.entries(entries).map(([name, entry]) => {
			const text = entry.example();
			if (typeof text === 'string') return `### ${name}\n\n${quoted(text)}`;
			return `### ${name}\n\n> **${text.title}**\n>\n${quoted(text.description)}`;
		});
		return `## ${subject}\n\n${shown.join('\n\n')}`;
	});
	return `# What the nodes say\n\nEvery message, hint and log line, with sample values.\n\n${subjects.join('\n\n')}\n`;
}
