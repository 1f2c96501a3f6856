// How the beginning of a page or a drawing is read. Rule: each sign is read once. The host of a file is not trusted, and an expression that can read a
// row of comments in several ways tries all of them, which takes longer than n8n lives.

const BEFORE_TAGS = [
	['<!--', '-->'],
	['<?', '?>'],
] as const;

/** A text from its first tag or word on: without byte order mark, blanks, comments and an XML declaration. Of one that is cut within those, nothing is left. */
export function withoutPreamble(text: string): string {
	const rest = text.trimStart();
	const found = BEFORE_TAGS.find(([begin]) => rest.startsWith(begin));
	if (found === undefined) return rest;
	const [begin, end] = found;
	const closedAt = rest.indexOf(end, begin.length);
	return closedAt < 0 ? '' : withoutPreamble(rest.slice(closedAt + end.length));
}
