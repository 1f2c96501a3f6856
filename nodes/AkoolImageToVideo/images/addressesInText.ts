// Finds the addresses in a text: alone, in quotes, brackets, Markdown or HTML, or several beside each other. Pure.

import { trimEnd } from '../akool/text';

/** Images before links, since a linked image also has the address of its link. */
const HTML_FILE = /<(?:img|source|audio|video|embed)\b[^<>]*?\bsrc\s*=\s*(?:"([^"]+)"|'([^']+)'|([^"'\s<>]+))/gi;
const HTML_LINK = /<a\b[^<>]*?\bhref\s*=\s*(?:"([^"]+)"|'([^']+)'|([^"'\s<>]+))/gi;
/** Slack's form, with the text that it shows. */
const SLACK_LINK = /<(https?:\/\/[^\s|<>]+)\|[^<>]*>/gi;
const MARKDOWN_IMAGE = /!\[(?:[^\]!]|!(?!\[))*\]\(\s*<?(https?:\/\/\S+)/gi;
/** An address after one of these characters; others would be part of another address. */
const START = /(?<=^|^\[url=|[\s,;|"'“”„‟‘’‚‹›«»<>()[\]{}`*（「『【《：，、；])https?:\/\/(?:https?:\/\/)*/gi;
const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const ENDS_AT = /[\s"“”„‟‘’‚‹›«»<>`。，、；！？）」』】》]|\[\//;

/** No host accepts a longer address, and reading has to stay fast. */
export const LONGEST_ADDRESS = 8_192;

/** Two addresses that were written without anything between them. */
export const INNER_START = /\.(?:png|jpe?g|webp|gif)https?:\/\//i;

/** The text up to a bracket that was opened before it. */
function withinBrackets(text: string): string {
	const open: string[] = [];
	for (const [index, character] of [...text].entries()) {
		if (Object.values(CLOSING).includes(character)) open.push(character);
		const opening = CLOSING[character];
		if (opening === undefined) continue;
		if (open.at(-1) !== opening) return [...text].slice(0, index).join('');
		open.pop();
	}
	return text;
}

/** The address up to its end, if text surrounds it. */
function cut(text: string): string {
	const end = text.search(ENDS_AT);
	return withinBrackets(end < 0 ? text : text.slice(0, end));
}

/** Characters that a sentence, a list or emphasis adds after an address, besides a period. */
const BEHIND = /[\s,;:!*'|"“”„‟‘’‹›«»<>`\\。，、；：！？）」』】》]/;

/** The address without the text after it. */
function trimmedEnd(text: string): string {
	if (text.length > LONGEST_ADDRESS) return text;
	let bare = withinBrackets(text);
	for (let before = ''; bare !== before;) {
		before = bare;
		bare = trimEnd(before, (character) => BEHIND.test(character)).replace(/(?<!\.)\.$/, '');
	}
	return bare;
}

/** The different addresses of a text that begin with their protocol, in order. One that stands alone keeps its blanks. */
export function addressesIn(text: string): string[] {
	for (const kind of [HTML_FILE, HTML_LINK, SLACK_LINK]) {
		const inHtml = [...text.matchAll(kind)].flatMap((match) => addressesIn(match.slice(1).join('')));
		if (inHtml.length > 0) return [...new Set(inHtml)];
	}
	const inMarkdown = [...text.matchAll(MARKDOWN_IMAGE)].map(([, address = '']) => trimmedEnd(cut(address)));
	if (inMarkdown.length > 0) return [...new Set(inMarkdown)];
	const starts = [...text.matchAll(START)].map((match) => ({ begin: match.index, protocols: match[0] }));
	const alone = starts.length === 1 && starts[0]?.begin === 0;
	const found = starts.map(({ begin, protocols }, index) => {
		// Of a protocol that was pasted twice, the last one counts.
		const from = begin + protocols.search(/https?:\/\/$/i);
		const whole = text.slice(from, starts[index + 1]?.begin);
		return trimmedEnd(alone ? whole : cut(whole));
	});
	return [...new Set(found)];
}
