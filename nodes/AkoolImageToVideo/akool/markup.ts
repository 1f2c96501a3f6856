// Reads the beginning of an HTML page or an SVG. Rule: each character is read once. The host is not trusted, and a regular expression that can match a
// row of comments in several ways would try them all and block n8n.

const BEFORE_TAGS = [
	['<!--', '-->'],
	['<?', '?>'],
] as const;

/** The text without byte order mark, blanks, comments and XML declaration at its beginning; empty where it is cut off within those. */
export function withoutPreamble(text: string): string {
	const rest = text.trimStart();
	const found = BEFORE_TAGS.find(([begin]) => rest.startsWith(begin));
	if (found === undefined) return rest;
	const [begin, end] = found;
	const closedAt = rest.indexOf(end, begin.length);
	return closedAt < 0 ? '' : withoutPreamble(rest.slice(closedAt + end.length));
}
